import Formats
import Testing

@Suite("SHA-256")
struct SHA256Tests {
  @Test(
    "gives the digests of FIPS 180-4's examples, on every kernel",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func examples(text: String, hex: String) {
    for kernel in SHA256.Kernel.allCases {
      var hasher = SHA256(kernel: kernel)
      hasher.update(Array(text.utf8))
      #expect(hasher.finalize().hex == hex)
    }
  }

  @Test("a million a's, fed in uneven pieces")
  func millionA() {
    var hasher = SHA256()
    let piece = [UInt8](repeating: UInt8(ascii: "a"), count: 999)
    for _ in 0..<1001 { hasher.update(piece) }
    hasher.update([UInt8(ascii: "a")])
    #expect(hasher.finalize().hex == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test("every kernel agrees at every length from 0 to 300 and any split")
  func kernelsAgree() {
    var noise = Noise(seed: 11)
    for length in 0...300 {
      let bytes = noise.bytes(length)
      let split = length == 0 ? 0 : Int(noise.next() % UInt64(length + 1))
      var digests: Set<Digest> = []
      for kernel in SHA256.Kernel.allCases {
        var whole = SHA256(kernel: kernel)
        whole.update(bytes)
        var pieces = SHA256(kernel: kernel)
        pieces.update(bytes.span.extracting(..<split))
        pieces.update(bytes.span.extracting(split...))
        digests.formUnion([whole.finalize(), pieces.finalize()])
      }
      #expect(digests.count == 1, "length \(length), split \(split)")
    }
  }

  @Test("two hashers fed at once give what each gives alone", arguments: SHA256.Kernel.allCases)
  func pairsAgree(kernel: SHA256.Kernel) {
    var noise = Noise(seed: 12)
    for _ in 0..<400 {
      var (first, second) = (SHA256(kernel: kernel), SHA256(kernel: kernel))
      var (firstAll, secondAll): ([UInt8], [UInt8]) = ([], [])
      for _ in 0..<3 {
        let (a, b) = (noise.bytes(Int(noise.next() % 300)), noise.bytes(Int(noise.next() % 300)))
        SHA256.updatePair(&first, a.span, &second, b.span)
        firstAll += a
        secondAll += b
      }
      let pair = SHA256.finalizePair(first, second)
      #expect(pair == (portable(firstAll), portable(secondAll)))
      #expect(SHA256.digestPair(firstAll.span, secondAll.span) == pair)
    }
  }

  @Test("one pass over the same bytes feeds two digests")
  func sameBytesTwice() {
    var (file, chain) = (SHA256(), SHA256())
    chain.update([1, 2, 3])
    let bytes = [UInt8](repeating: 7, count: 1000)
    SHA256.updatePair(&file, bytes.span, &chain, bytes.span)
    #expect(SHA256.finalizePair(file, chain) == (portable(bytes), portable([1, 2, 3] + bytes)))
  }

  @Test("finalizing does not end a hasher: the digest of a prefix, then of more")
  func forks() {
    var hasher = SHA256()
    hasher.update([1])
    #expect(hasher.finalize() == portable([1]))
    hasher.update([2])
    #expect(hasher.finalize() == portable([1, 2]))
  }

  private func portable(_ bytes: [UInt8]) -> Digest {
    var hasher = SHA256(kernel: .portable)
    hasher.update(bytes)
    return hasher.finalize()
  }
}

@Suite("Digest")
struct DigestTests {
  private let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

  @Test("is read from and written as 64 lower-case digits")
  func roundTrip() throws {
    let digest = try #require(Digest(hex: abc))
    #expect(digest.hex == abc)
    #expect(Digest(bytes: digest.bytes.span) == digest)
    #expect(digest == SHA256.digest(Array("abc".utf8)))
  }

  @Test("upper case is read only when asked for")
  func upperCase() {
    #expect(Digest(hex: abc.uppercased()) == nil)
    #expect(Digest(hex: abc.uppercased(), ignoringCase: true)?.hex == abc)
  }

  @Test("anything else is refused", arguments: ["", "ba78", String(repeating: "g", count: 64)])
  func refused(text: String) {
    #expect(Digest(hex: text) == nil)
    #expect(Digest(hex: " " + abc.dropLast()) == nil)
    #expect(Digest(hex: abc + "0") == nil)
    #expect(Digest(bytes: [1, 2].span) == nil)
  }

  @Test("orders as its text does")
  func order() {
    let digests = (0..<200).map { SHA256.digest([UInt8($0)]) }
    #expect(digests.sorted().map(\.hex) == digests.map(\.hex).sorted())
  }
}
