import Formats

/// The parts of a workflow in YAML that name and run commands, by lines and indentation: enough for steps and jobs of
/// GitHub, GitLab, Azure and their kin, whatever else stands in the file.
struct WorkflowReader {
  /// A mapping entry and the lines that belong to it.
  struct Entry: Sendable {
    let line: Int
    /// Blanks before the key, those of a list's dash among them.
    let indent: Int
    let key: String
    /// The value on the key's own line.
    let value: String
    /// Whether a dash stands before the key: a new list item begins.
    let beginsItem: Bool
  }

  let file: SourceFile
  let entries: [Entry]

  init(file: SourceFile) {
    self.file = file
    entries = file.lines.count == 0 ? [] : (1...file.lines.count).compactMap { WorkflowReader.entry($0, file) }
  }

  private static let runningKeys: Set<String> = [
    "run", "script", "before_script", "after_script", "command", "bash", "cmd", "inlineScript",
  ]

  /// The commands of all steps.
  func fragments() -> [Fragment] {
    entries.filter { WorkflowReader.runningKeys.contains($0.key) }.flatMap { commands(of: $0) }
  }

  private func commands(of entry: Entry) -> [Fragment] {
    let line = file.range(ofLine: entry.line)
    if !entry.value.isEmpty, !["|", ">"].contains(entry.value.prefix(1)) {
      return [
        Fragment(language: "shell", range: line.upperBound - entry.value.utf8.count..<line.upperBound, host: .step)
      ]
    }
    let end = lastLine(of: entry)
    guard end > entry.line else { return [] }
    if !entry.value.isEmpty {
      let range = file.range(ofLine: entry.line + 1).lowerBound..<file.range(ofLine: end).upperBound
      return [Fragment(language: "shell", range: range, host: .step)]
    }
    return (entry.line + 1...end).compactMap { number in
      let text = file.line(number)
      guard let dash = text.firstIndex(where: { $0 != 0x20 }), text[dash...].starts(with: "- ".utf8) else { return nil }
      return Fragment(language: "shell", range: dash + 2..<file.range(ofLine: number).upperBound, host: .step)
    }
  }

  /// The last line that is indented deeper than an entry's key.
  func lastLine(of entry: Entry) -> Int {
    var last = entry.line
    var number = entry.line + 1
    while number <= file.lines.count {
      let line = file.line(number)
      let indent = line.prefix { $0 == 0x20 }.count
      if indent < line.count {
        let isItem = line.dropFirst(indent).first == UInt8(ascii: "-") && indent == entry.indent && !entry.beginsItem
        if indent <= entry.indent, !(isItem && entry.value.isEmpty) { break }
        last = number
      }
      number += 1
    }
    return last
  }

  /// The entries of the mapping that an entry belongs to, itself among them.
  func siblings(of entry: Entry) -> [Entry] {
    guard let place = entries.firstIndex(where: { $0.line == entry.line }) else { return [] }
    var first = place
    while first > 0, !(entries[first].beginsItem && entries[first].indent == entry.indent),
      entries[first - 1].indent >= entry.indent
    {
      first -= 1
    }
    var last = place
    while last + 1 < entries.count, entries[last + 1].indent >= entry.indent,
      !(entries[last + 1].beginsItem && entries[last + 1].indent == entry.indent)
    {
      last += 1
    }
    return entries[first...last].filter { $0.indent == entry.indent }
  }

  /// The entry under whose key an entry stands.
  func parent(of entry: Entry) -> Entry? {
    entries.last { $0.line < entry.line && $0.indent < entry.indent }
  }

  private static func entry(_ number: Int, _ file: SourceFile) -> Entry? {
    let line = file.line(number)
    var index = line.startIndex
    var beginsItem = false
    while index < line.endIndex, line[index] == 0x20 || line[index] == UInt8(ascii: "-") {
      if line[index] == UInt8(ascii: "-") {
        guard index + 1 < line.endIndex, line[index + 1] == 0x20, !beginsItem else { return nil }
        beginsItem = true
      }
      index += 1
    }
    guard index < line.endIndex, line[index] != UInt8(ascii: "#"),
      let colon = line[index...].firstIndex(of: UInt8(ascii: ":")),
      colon + 1 == line.endIndex || line[colon + 1] == 0x20,
      line[index..<colon].allSatisfy({ Tokenizer.isWordByte($0) || "-./\"'".utf8.contains($0) })
    else { return nil }
    let key = String(
      decoding: line[index..<colon].filter { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") }, as: UTF8.self)
    let value = line[(colon + 1)...].drop { $0 == 0x20 }
    return Entry(
      line: number, indent: index - line.startIndex, key: key, value: String(decoding: value, as: UTF8.self),
      beginsItem: beginsItem)
  }
}
