import Formats
import Scanning

/// Finds suppression comments: in real comments only, so that prose which mentions the word suppresses nothing.
struct SuppressionReader {
  static let mark = Array("auditor:ignore".utf8)
  let file: SourceFile

  func entries() -> [Suppressions.Entry] {
    var entries: [Suppressions.Entry] = []
    var offset = 0
    while let found = SuppressionReader.mark(in: file.bytes[offset...]) {
      offset = found + SuppressionReader.mark.count
      if isComment(found) { entries.append(entry(at: found)) }
    }
    return entries
  }

  /// Where the mark of a suppression first stands in some bytes, whatever it stands in.
  static func mark(in bytes: ArraySlice<UInt8>) -> Int? {
    var rest = bytes
    while let next = rest.firstIndex(of: mark[0]) {
      if rest[next...].starts(with: mark) { return next }
      rest = rest[(next + 1)...]
    }
    return nil
  }

  /// In a document only an HTML comment counts; in a language that is not known, any line does.
  private func isComment(_ offset: Int) -> Bool {
    guard let language = file.language else { return true }
    if language.name == "markdown" {
      let position = file.lines.position(at: offset)
      let before = file.line(position.line).prefix(position.column - 1)
      return before.suffix(5).elementsEqual("<!-- ".utf8)
    }
    return file.classes.at(offset) == .comment && opensComment(offset)
  }

  /// Whether nothing but comment signs and blanks stands before it: a comment that talks about suppressions is none.
  private func opensComment(_ offset: Int) -> Bool {
    var index = offset
    while index > 0, file.classes.at(index - 1) == .comment, file.bytes[index - 1] != 0x0A {
      guard SuppressionReader.commentSigns.contains(file.bytes[index - 1]) else { return false }
      index -= 1
    }
    return true
  }

  private static let commentSigns = Set(" \t#/*-;!<%(".utf8)

  private func entry(at offset: Int) -> Suppressions.Entry {
    let position = file.lines.position(at: offset)
    let line = file.line(position.line)
    let before = line.prefix(position.column - 1)
    let text = line.dropFirst(position.column - 1 + SuppressionReader.mark.count)
    // What follows the next mark is another suppression's.
    let end = SuppressionReader.mark(in: text) ?? text.endIndex
    var rest = String(decoding: text[..<end], as: UTF8.self)
    for ending in ["-->", "*/", "]]"] {
      if let last = rest.ranges(of: ending).last { rest = String(rest[..<last.lowerBound]) }
    }
    let dashes = rest.firstRange(of: "--")
    let named = dashes.map { rest[..<$0.lowerBound] } ?? rest[...]
    let (reason, until) = takeDate(dashes.map { String(rest[$0.upperBound...]) } ?? "")
    let names = named.split { $0 == "," || $0 == " " || $0 == "\t" }.map(String.init)
    let standsAlone = !before.contains(where: isWordByte)
    let lines = standsAlone ? linesBelow(position.line) : [position.line]
    return Suppressions.Entry(
      line: position.line, column: position.column, names: names,
      reason: reason, until: until, untilDate: until.flatMap(CivilDate.init(parsing:)), lines: lines)
  }

  /// What a comment that stands alone covers: its own line, the next one, and the first that is no comment: the reason may
  /// take more than one line, and two suppressions may stand above each other.
  private func linesBelow(_ line: Int) -> [Int] {
    var next = line + 1
    while next <= file.lines.count, next - line <= SuppressionReader.commentLines, isWhollyComment(next) { next += 1 }
    return Array(Set([line, line + 1, next])).sorted()
  }

  /// How many lines of comment may stand between a suppression and what it covers.
  private static let commentLines = 10

  private func isWhollyComment(_ number: Int) -> Bool {
    let range = file.range(ofLine: number)
    guard file.language != nil, let first = range.first(where: { !isBlank(file.bytes[$0]) }) else { return false }
    return file.classes.at(first) == .comment && file.classes.at(range.upperBound - 1) == .comment
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private func takeDate(_ text: String) -> (reason: String, until: String?) {
    let trimmed = trim(text)
    guard trimmed.hasSuffix(")"), let open = trimmed.lastIndex(of: "("),
      trimmed[open...].hasPrefix("(until ")
    else { return (trimmed, nil) }
    let until = trimmed[open...].dropFirst("(until ".count).dropLast()
    return (trim(String(trimmed[..<open])), trim(String(until)))
  }

  private func trim(_ text: String) -> String {
    var text = Substring(text)
    while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return String(text)
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte >= 0x80
  }
}
