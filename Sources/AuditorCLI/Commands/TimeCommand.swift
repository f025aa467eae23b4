import Formats
import Rules

extension Command {
  /// One time, as milliseconds since 1970.
  static let timeParse = Command(
    ["time", "parse"], summary: "Read a date or time and print it in milliseconds since 1970",
    description: """
      Reads an ISO 8601 or RFC 3339 date or time, ten or thirteen digits of epoch time, or @SECONDS, and prints \
      milliseconds since 1970 and the same instant in UTC. What is none of these gets no verdict (4).
      """,
    operands: .one("VALUE"), flags: [.format(["text", "json"]), .json],
    examples: [
      Example("auditor time parse 2026-03-01T12:34:56+02:00", "1772361296000  2026-03-01T10:34:56.000Z"),
      Example("auditor time parse --json 2026-W09-7", "a week date as JSON"),
    ]
  ) { arguments, console in
    let value = arguments.operands[0]
    let timestamp: Timestamp
    do throws(FormatError) {
      timestamp = try Timestamp(parsing: value)
    } catch {
      console.complain("auditor: '\(value)': \(error)")
      return .noVerdict
    }
    guard arguments.wantsJSON else {
      console.print("\(timestamp.milliseconds)  \(timestamp)")
      return .clean
    }
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("value", value)
    writer.key("ms")
    writer.integer(timestamp.milliseconds)
    writer.member("utc", timestamp.description)
    writer.endObject()
    writer.newline()
    console.write(writer.takeBytes())
    return .clean
  }
}
