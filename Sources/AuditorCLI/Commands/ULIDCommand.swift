import Formats
import Rules

extension Command {
  /// Whether a text is a ULID, and what is in it.
  static let ulidCheck = Command(
    ["ulid", "check"], summary: "Check a ULID and print its time and randomness",
    description: """
      Prints the milliseconds since 1970, the same instant in UTC and the randomness in hexadecimal digits. The exit \
      status is 1 for what is no ULID.
      """,
    operands: .one("VALUE"), flags: [.format(["text", "json"]), .json],
    examples: [
      Example(
        "auditor ulid check 01ARZ3NDEKTSV4RRFFQ69G5FAV",
        "1469922850259  2016-07-30T23:54:10.259Z  d6764c61efb99302bd5b")
    ]
  ) { arguments, console in
    let value = arguments.operands[0]
    let id: ULID
    do throws(FormatError) {
      id = try ULID(parsing: value)
    } catch {
      console.complain("auditor: '\(value)': \(error)")
      return .findings
    }
    let time = Timestamp(milliseconds: Int64(id.milliseconds))
    let randomness = Hex.text(of: id.randomness.span)
    guard arguments.wantsJSON else {
      console.print("\(id.milliseconds)  \(time)  \(randomness)")
      return .clean
    }
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("value", value)
    writer.key("ms")
    writer.integer(id.milliseconds)
    writer.member("utc", time.description)
    writer.member("randomness_hex", randomness)
    writer.endObject()
    writer.newline()
    console.write(writer.takeBytes())
    return .clean
  }
}
