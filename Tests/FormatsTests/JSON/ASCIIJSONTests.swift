import Formats
import Testing

@Suite("Canonical JSON in ASCII")
struct ASCIIJSONTests {
  private func form(_ text: String, _ spacing: ASCIIJSON.Spacing = .compact) throws -> String {
    String(decoding: ASCIIJSON.bytes(try JSON.read(Array(text.utf8)), spacing), as: UTF8.self)
  }

  @Test("sorts keys by code point, and keeps the last of equal ones")
  func keys() throws {
    #expect(
      try form(#"{"b": 1, "B": 2, "é": 3, "a": {"z": [], "y": {}}, "b": 4}"#)
        == #"{"B":2,"a":{"y":{},"z":[]},"b":4,"\u00e9":3}"#)
    #expect(try form(#"{"b": [1, 2], "a": null}"#, .spaced) == #"{"a": null, "b": [1, 2]}"#)
  }

  @Test("escapes everything but printable ASCII")
  func escapes() throws {
    #expect(
      try form(#""\u0000\b\t\n\f\r\"\\/\u007f\u0080\ud83d\ude00""#)
        == #""\u0000\b\t\n\f\r\"\\/\u007f\u0080\ud83d\ude00""#)
  }

  @Test(
    "writes numbers plainly or in their shortest form",
    arguments: [
      ("7", "7"), ("-0", "0"), ("18446744073709551615", "18446744073709551615"), ("1.0", "1.0"), ("2.50", "2.5"),
      ("1e5", "100000.0"), ("1e16", "1e+16"), ("12e15", "1.2e+16"), ("9999999999999998.0", "9999999999999998.0"),
      ("0.0001", "0.0001"), ("0.00001", "1e-05"), ("-1.5e-7", "-1.5e-07"), ("1.25e300", "1.25e+300"),
      ("5e-324", "5e-324"), ("-0.0", "-0.0"), ("123456.789", "123456.789"), ("0.1", "0.1"),
      ("1e15", "1000000000000000.0"),
    ])
  func numbers(text: String, expected: String) throws {
    #expect(try form(text) == expected)
  }

  @Test("leaves members of the outermost object out")
  func leavingOut() throws {
    let value = try JSON.read(Array(#"{"a": {"a": 1}, "b": 2}"#.utf8))
    #expect(String(decoding: ASCIIJSON.bytes(value, .compact, leavingOut: ["a"]), as: UTF8.self) == #"{"b":2}"#)
  }
}
