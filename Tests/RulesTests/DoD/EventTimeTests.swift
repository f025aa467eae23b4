import Formats
import Rules
import Testing

@Suite("Times in a feed")
struct EventTimeTests {
  @Test(
    "are ISO 8601 or numbers; without a zone they are UTC",
    arguments: [
      (#""2026-02-24T17:16:21Z""#, 1_771_953_381, 0), (#""2026-02-24T17:16:21""#, 1_771_953_381, 0),
      (#""2026-02-24 18:16:21+01:00""#, 1_771_953_381, 0), (#""2026-02-24T17:16:21.5""#, 1_771_953_381, 500_000_000),
      (#""2026-02-24T17:16:21.000001+00:00""#, 1_771_953_381, 1_000), (#"" 2026-02-24T17Z ""#, 1_771_952_400, 0),
      (#""20260224T171621Z""#, 1_771_953_381, 0), (#""2026-02-24""#, 1_771_891_200, 0),
      ("1771953381", 1_771_953_381, 0), ("1771953381.25", 1_771_953_381, 250_000_000),
      ("1771953381000", 1_771_953_381, 0), ("1771953381001", 1_771_953_381, 1_000_000),
      ("-1", -1, 0), ("1000000000000", nil, 0), ("0", 0, 0),
      (#""1969-12-31T23:59:59.25Z""#, -1, 250_000_000),
    ] as [(String, Int64?, Int32)])
  func reads(json: String, seconds: Int64?, nanoseconds: Int32) throws {
    let reading = EventTime.read(try JSON.read(Array(json.utf8)))
    #expect(reading == seconds.map { .instant(EventTime(seconds: $0, nanoseconds: nanoseconds)) } ?? .outOfRange)
  }

  @Test(
    "that are no times count as none",
    arguments: [
      #""Thu, 12 Feb 2026 00:00:00 GMT""#, #""""#, #""soon""#, #""1771953381""#, #""1771953381000""#, #""@5""#, "true",
      "null", "[1]", #""2026-13-01T00:00:00Z""#, #""2026-02-24T17:16:21.Z""#,
    ])
  func none(json: String) throws {
    #expect(EventTime.read(try JSON.read(Array(json.utf8))) == .none)
  }

  @Test(
    "beyond the years 1 to 9999 are told apart", arguments: ["1e300", "-1e20", "9000000000000000000", "253402300800"])
  func outOfRange(json: String) throws {
    #expect(EventTime.read(try JSON.read(Array(json.utf8))) == .outOfRange)
  }
}
