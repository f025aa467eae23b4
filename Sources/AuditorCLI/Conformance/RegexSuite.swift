import Formats
import Scanning

extension ConformanceSuite {
  /// RE2 syntax, leftmost-first: all matches of a pattern with their groups.
  static let regex = ConformanceSuite(name: "regex") { row, _, result in
    let options: Pattern.Options = row["flags"]?.text.contains("i") == true ? .caseInsensitive : []
    let pattern = try Pattern(try row.requiredText("pattern"), options: options)
    let text = Array(try row.requiredText("haystack").utf8)
    let limit = row["limit"]?.integer.map { Int($0) } ?? .max
    result.key("matches")
    result.beginArray()
    for match in pattern.matches(in: text.span, limit: limit) { result.groups(of: match) }
    result.endArray()
  }
}

extension JSONWriter {
  /// A match as the list of its groups: `[start, end]` in bytes, or null.
  mutating func groups(of match: Match) {
    beginArray()
    for group in match.groups {
      if let group {
        beginArray()
        integer(group.lowerBound)
        integer(group.upperBound)
        endArray()
      } else {
        null()
      }
    }
    endArray()
  }
}
