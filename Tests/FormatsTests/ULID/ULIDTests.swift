import Formats
import Testing

@Suite("ULID")
struct ULIDTests {
  @Test("is read into time and randomness, in either case, and written in upper case")
  func roundTrip() throws {
    let id = try ULID(parsing: "01arz3ndektsv4rrffq69g5fav")
    #expect(id.milliseconds == 1_469_922_850_259)
    #expect(id.randomness == [0xd6, 0x76, 0x4c, 0x61, 0xef, 0xb9, 0x93, 0x02, 0xbd, 0x5b])
    #expect(id.description == "01ARZ3NDEKTSV4RRFFQ69G5FAV")
    #expect(try ULID(milliseconds: 1_469_922_850_259, randomness: id.randomness.span) == id)
  }

  @Test("any time and randomness survives writing and reading")
  func property() throws {
    var noise = Noise(seed: 5)
    for _ in 0..<300 {
      let id = try ULID(milliseconds: Int64(noise.next() >> 16), randomness: noise.bytes(10).span)
      #expect(try ULID(parsing: id.description) == id)
    }
  }

  @Test(
    "anything else is refused",
    arguments: [
      "", "01ARZ3NDEKTSV4RRFFQ69G5FA", "01ARZ3NDEKTSV4RRFFQ69G5FAVV", " 1ARZ3NDEKTSV4RRFFQ69G5FAV",
      "01ARZ3NDEKTSV4RRFFQ69G5FAI", "01ARZ3NDEKTSV4RRFFQ69G5FAl", "01ARZ3NDEKTSV4RRFFQ69G5FAO",
      "01ARZ3NDEKTSV4RRFFQ69G5FAu", "80000000000000000000000000", "01ARZ3ND-KTSV4RRFFQ69G5FAV",
      "01ARZ3NDEKTSV4RRFFQ69G5F\u{e9}",
    ])
  func refused(text: String) {
    #expect(throws: FormatError.self) { try ULID(parsing: text) }
  }

  @Test("times beyond 48 bits are refused", arguments: [-1, 1 << 48])
  func times(milliseconds: Int64) {
    #expect(throws: FormatError.self) {
      try ULID(milliseconds: milliseconds, randomness: [UInt8](repeating: 0, count: 10).span)
    }
  }

  @Test("the successor keeps the time, carries, and ends at all ones")
  func successor() throws {
    let carrying = try ULID(parsing: "00000000070ZZZZZZZZZZZZZZZ").successor()
    #expect(carrying.description == "00000000071000000000000000")
    #expect(throws: FormatError.self) { try ULID(parsing: "0000000007ZZZZZZZZZZZZZZZZ").successor() }
  }

  @Test("monotonic means strictly ascending as numbers")
  func monotonic() throws {
    let first = try ULID(parsing: "01ARZ3NDEKTSV4RRFFQ69G5FAV")
    let second = try first.successor()
    #expect(ULID.isMonotonic([first, second]))
    #expect(!ULID.isMonotonic([first, first]))
    #expect(!ULID.isMonotonic([second, first]))
    #expect(ULID.isMonotonic([]))
  }
}
