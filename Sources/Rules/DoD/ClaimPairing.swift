/// Reads `path: X`, `file: X` and `sha256: HEX` from lines of prose and pairs them (DoD rules, section 4): on one line in
/// order, otherwise the paths and the digests that stand on lines of their own, in order.
struct ClaimPairing {
  private struct Word {
    let bytes: ArraySlice<UInt8>
    let source: Location

    var text: String { ASCII.text(bytes) }
  }

  private static let pathMarks = ["path:", "file:"].map { Array($0.utf8) }
  private static let digestMarks = [Array("sha256:".utf8)]

  private var pathsAlone: [Word] = []
  private var digestsAlone: [Word] = []

  mutating func take(_ line: ArraySlice<UInt8>, _ source: Location, into claims: inout EvidenceClaims) {
    guard line.contains(UInt8(ascii: ":")) else { return }
    let paths = Self.words(after: Self.pathMarks, in: line, source)
    let digests = Self.words(after: Self.digestMarks, in: line, source).compactMap { Self.digest($0, &claims) }
    claims.paths += paths.map { EvidencePath(raw: $0.text, source: source) }
    if paths.isEmpty || digests.isEmpty {
      pathsAlone += paths
      digestsAlone += digests
    } else {
      Self.pair(paths, digests, into: &claims)
    }
  }

  func finish(into claims: inout EvidenceClaims) {
    Self.pair(pathsAlone, digestsAlone, into: &claims)
  }

  private static func pair(_ paths: [Word], _ digests: [Word], into claims: inout EvidenceClaims) {
    for (path, digest) in zip(paths, digests) {
      claims.hashes.append(HashClaim(rawPath: path.text, writtenDigest: digest.bytes, source: digest.source))
    }
    for digest in digests.dropFirst(paths.count) {
      claims.refuse("the digest \(digest.text.prefix(16))… belongs to no path", digest.source)
    }
  }

  /// The words behind any of the marks, in the order in which they stand. A word ends at a blank, a comma, a quote or a
  /// back-tick; a mark inside a longer word (`profile:`) is none.
  private static func words(after marks: [[UInt8]], in line: ArraySlice<UInt8>, _ source: Location) -> [Word] {
    var words: [Word] = []
    var index = line.startIndex
    while index < line.endIndex {
      guard index == line.startIndex || !ASCII.isWord(line[index - 1]),
        let mark = marks.first(where: { line[index...].starts(with: $0) })
      else {
        index += 1
        continue
      }
      index += mark.count
      let start = line[index...].firstIndex { !ASCII.isBlank($0) && !isQuote($0) } ?? line.endIndex
      let end =
        line[start...].firstIndex { ASCII.isBlank($0) || isQuote($0) || $0 == UInt8(ascii: ",") } ?? line.endIndex
      if start < end { words.append(Word(bytes: line[start..<end], source: source)) }
      index = max(index, end)
    }
    return words
  }

  /// 40 to 64 hexadecimal digits; what is neither that nor prose is said.
  private static func digest(_ word: Word, _ claims: inout EvidenceClaims) -> Word? {
    let digits = word.bytes.prefix(while: ASCII.isHexadecimal)
    if digits.count >= 40 {
      if digits.count > 64 { claims.refuse("a digest of \(digits.count) digits; SHA-256 has 64", word.source) }
      return Word(bytes: digits.prefix(64), source: word.source)
    }
    if digits.count >= 8 { claims.refuse("a digest of \(digits.count) digits; SHA-256 has 64", word.source) }
    return nil
  }

  private static func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "`") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }
}
