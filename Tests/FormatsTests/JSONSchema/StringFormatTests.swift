import Formats
import Testing

@Suite("JSON Schema: formats")
struct StringFormatTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let format: String
    let good: [String]
    let bad: [String]
    var testDescription: String { format }
  }

  static let cases = [
    Case(
      format: "date-time",
      good: ["2024-02-29T23:59:59Z", "1998-12-31t23:59:60z", "1998-12-31T15:59:60.5-08:00"],
      bad: ["2023-02-29T00:00:00Z", "1998-12-31T22:59:60Z", "2024-01-01 00:00:00Z", "2024-01-01T00:00:00"]),
    Case(
      format: "date", good: ["2000-02-29"], bad: ["1900-02-29", "2024-1-1", "2024-04-31", "20240101", "２024-01-01"]),
    Case(format: "time", good: ["00:00:00Z", "01:29:60+01:30"], bad: ["24:00:00Z", "00:00:00.Z", "00:00:00+24:00"]),
    Case(
      format: "duration", good: ["P1Y2M3DT4H5M6S", "P2W", "PT0S"], bad: ["P", "PT", "P1YT", "P1Y1W", "P1H", "PT1H1S"]),
    Case(
      format: "email", good: ["a.b@c.d", #""a b"@c"#, "a@[127.0.0.1]", "a@[IPv6:::1]"],
      bad: ["a", "@c", "a@", ".a@c", "a..b@c", "a@-c", "a@[1.2.3]", "ä@c"]),
    Case(format: "idn-email", good: ["ä@ö.example"], bad: ["ä"]),
    Case(
      format: "hostname", good: ["a", "a-1.B", "xn--mnchen-3ya"],
      bad: ["", "-a", "a-", "a.", ".a", "a_b", "ä", "xn--X", "xn--example-"]),
    Case(
      format: "idn-hostname", good: ["münchen.example", "a。b", "l·l", "א׳ב", "क्‍ष"],
      bad: ["。", "a·l", "-ä", "ä-", "͵", "aא", "0ا", "Ä", "xn--7a", "ab--cd"]),
    Case(format: "ipv4", good: ["0.0.0.0", "255.255.255.255"], bad: ["1.2.3", "01.2.3.4", "256.0.0.0", "1.2.3.4.5"]),
    Case(
      format: "ipv6", good: ["::", "::1", "1:2:3:4:5:6:7:8", "1::8", "::1.2.3.4", "1:2:3:4:5:6:7::"],
      bad: ["1:2:3:4:5:6:7", "1::2::3", ":1", "1:", "12345::", "::1%eth0", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3.04"]),
    Case(
      format: "uri", good: ["a:", "http://u:p@h:80/p?q#f", "urn:a:b", "http://[::1]/", "mailto:a@b"],
      bad: ["/a", "//h", "1:a", "http://a b", "http://h/%4", "http://h/ä", "http://a@b@c", "http://h:p/", "a:<>"]),
    Case(format: "uri-reference", good: ["", "a", "?q", "#f", "//h"], bad: ["a:b:c\\", "1:b", "%", "#a#b"]),
    Case(format: "iri", good: ["http://ä/ö?ü#é"], bad: ["ä", "http://ä/\u{FFFE}"]),
    Case(format: "iri-reference", good: ["ä"], bad: ["\\ä"]),
    Case(
      format: "uri-template", good: ["", "a{b}", "{+x,y*}{?z:10}", "{%41.b}"],
      bad: ["{", "}", "{}", "{a:0}", "{a b}", "{a,}", "<"]),
    Case(
      format: "uuid", good: ["2eb8aa08-AA98-11ea-b4aa-73b441d16380"],
      bad: ["2eb8aa08aa9811eab4aa73b441d16380", "2eb8aa08-aa98-11ea-b4aa-73b441d1638"]),
    Case(format: "json-pointer", good: ["", "/", "/a~0~1"], bad: ["a", "/~", "/~2", "#/a"]),
    Case(format: "relative-json-pointer", good: ["0", "1/a", "2#", "0+1/a"], bad: ["", "01", "-1", "/a", "0##"]),
    Case(format: "regex", good: ["^a$", "(?=a)"], bad: ["("]),
  ]

  @Test("an asserted format accepts what its standard describes, and nothing else", arguments: cases)
  func asserted(_ test: Case) throws {
    let schema = try compiled(#"{"format":"\#(test.format)"}"#, assertsFormat: true)
    for text in test.good { #expect(schema.isValid(try quoted(text)), "\(text) is a \(test.format)") }
    for text in test.bad { #expect(!schema.isValid(try quoted(text)), "\(text) is no \(test.format)") }
    #expect(try isValid(schema, "7"), "formats are about strings")
  }

  @Test("a format is an annotation unless it is asserted, and an unknown one always")
  func annotation() throws {
    #expect(try isValid(try compiled(#"{"format":"ipv4"}"#), #""x""#))
    #expect(try isValid(try compiled(#"{"format":"unheard-of"}"#, assertsFormat: true), #""x""#))
  }

  private func quoted(_ text: String) throws -> Value {
    var writer = JSONWriter()
    writer.string(text)
    return try JSON.read(writer.takeBytes())
  }
}
