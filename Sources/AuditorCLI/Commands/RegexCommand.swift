import Auditor
import Formats
import Rules
import Scanning

extension Command {
  /// What a pattern finds in a file: for those who write rules.
  static let regex = Command(
    ["regex"], summary: "Show what a pattern finds in a file",
    description: """
      Finds all matches of a pattern in a file, with the engine and the syntax of rule packs (RE2's). The exit status is \
      0, also without matches, and 4 when the file could not be read or the pattern is wrong.
      """,
    operands: .one("FILE"), flags: [pattern, ignoreCase, .format(["text", "json"]), .json],
    examples: [
      Example("auditor regex --pattern '\\bTODO\\b' notes.md", "line, column and text of every match"),
      Example("auditor regex --json -i --pattern '(api)_?key' app.ini", "byte offsets of matches and groups"),
    ]
  ) { arguments, console in
    guard let source = arguments.value(pattern) else {
      throw UsageError.missingValue(flag: "--pattern REGEX")
    }
    let path = arguments.operands[0]
    let bytes = try FileReader.read(path)
    let matcher: Matcher
    do throws(FormatError) {
      matcher = Matcher(try Pattern(source, options: arguments.has(ignoreCase) ? .caseInsensitive : []))
    } catch {
      console.complain("pattern:\(error)")
      return .noVerdict
    }
    let matches = matcher.matches(in: bytes.span)
    let isJSON = arguments.wantsJSON
    if isJSON {
      console.write(json(path, matcher.pattern, matches))
    } else {
      console.write(text(path, bytes, matches))
    }
    return .clean
  }

  private static let pattern = Flag("pattern", .value("REGEX"), help: "What to look for, in RE2's syntax")
  private static let ignoreCase = Flag("ignore-case", short: "i", help: "Match letters of either case")

  private static func json(_ path: String, _ pattern: Pattern, _ matches: [Match]) -> [UInt8] {
    var result = JSONWriter()
    result.beginObject()
    result.key("path")
    result.string(path)
    result.key("groups")
    result.beginArray()
    for name in pattern.groupNames {
      if let name { result.string(name) } else { result.null() }
    }
    result.endArray()
    result.key("matches")
    result.beginArray()
    for match in matches { result.groups(of: match) }
    result.endArray()
    result.endObject()
    result.newline()
    return result.takeBytes()
  }

  private static func text(_ path: String, _ bytes: [UInt8], _ matches: [Match]) -> [UInt8] {
    let lines = LineTable(bytes.span)
    var result: [UInt8] = []
    for match in matches {
      result += Array("\(path):\(lines.position(at: match.range.lowerBound)): ".utf8)
      result += bytes[match.range]
      result.append(UInt8(ascii: "\n"))
    }
    return result
  }
}
