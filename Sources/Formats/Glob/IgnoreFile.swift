/// An ignore file of git (gitignore(5)), its patterns compiled once.
///
/// Malformed patterns match nothing, as with git: an ignore file has no errors.
public struct IgnoreFile: Sendable {
  /// How the file is named in explanations: `src/.gitignore`, `.git/info/exclude`.
  public let source: String
  /// The folder that the patterns are relative to, from the root and without slashes at its ends; empty for the root.
  public let base: [UInt8]

  let patterns: PathPatterns
  private let lines: [Line]
  private let texts: [UInt8]

  /// Where a pattern came from; parallel to `patterns`.
  private struct Line: Sendable {
    let number: Int
    let isNegated: Bool
    let textStart: Int
    let textCount: Int
  }

  /// Reads the bytes of an ignore file. Lines end in `\n` or `\r\n`; a byte order mark at the start, blanks at the end of a
  /// line that no backslash escapes, blank lines and lines that begin with `#` are passed over.
  public init(_ bytes: Span<UInt8>, base: [UInt8], source: String) {
    var patterns = PathPatterns()
    var lines: [Line] = []
    var texts: [UInt8] = []
    var start = Self.byteOrderMarkCount(bytes)
    var number = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
      number += 1
      let line = bytes.extracting(start..<(start + Self.patternCount(ofLine: bytes.extracting(start..<end))))
      start = end + 1
      guard line.count > 0, line[0] != UInt8(ascii: "#") else { continue }
      let isNegated = line[0] == UInt8(ascii: "!")
      patterns.append(isNegated ? line.extracting(1...) : line, detachesPrefix: true)
      lines.append(Line(number: number, isNegated: isNegated, textStart: texts.count, textCount: line.count))
      for index in line.indices { texts.append(line[index]) }
    }
    patterns.sortByLastByte()
    self.source = source
    self.base = base
    self.patterns = patterns
    self.lines = lines
    self.texts = texts
  }

  /// Reads an array as the span initializer does.
  public init(_ bytes: [UInt8], base: [UInt8], source: String) {
    self.init(bytes.span, base: base, source: source)
  }

  /// Whether the file has no patterns and need not be kept.
  public var isEmpty: Bool { lines.isEmpty }

  /// The number of the last pattern that matches a path from the root, or nil. `nameStart` is where its name begins.
  func lastMatch(_ path: Span<UInt8>, nameStart: Int, isDirectory: Bool) -> Int? {
    var prefix = 0
    if !base.isEmpty {
      guard path.count > base.count, path[base.count] == UInt8(ascii: "/") else { return nil }
      for index in base.indices where base[index] != path[index] { return nil }
      prefix = base.count + 1
    }
    return patterns.lastMatch(
      path.extracting(prefix...), nameStart: nameStart - prefix, isDirectory: isDirectory)
  }

  func isNegated(_ index: Int) -> Bool { lines[index].isNegated }

  func lineNumber(_ index: Int) -> Int { lines[index].number }

  func text(_ index: Int) -> [UInt8] {
    Array(texts[lines[index].textStart..<(lines[index].textStart + lines[index].textCount)])
  }

  private static func byteOrderMarkCount(_ bytes: Span<UInt8>) -> Int {
    bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0
  }

  /// The bytes of a line that are its pattern: without the carriage return, cut at a NUL (git reads C strings), without the
  /// blanks at the end.
  private static func patternCount(ofLine line: Span<UInt8>) -> Int {
    var count = line.count
    if count > 0, line[count - 1] == UInt8(ascii: "\r") { count -= 1 }
    var firstBlank: Int?
    var index = 0
    while index < count, line[index] != 0 {
      switch line[index] {
      case UInt8(ascii: " "):
        firstBlank = firstBlank ?? index
      case UInt8(ascii: "\\"):
        index += 1
        firstBlank = nil
        if index < count, line[index] == 0 { return index }
      default:
        firstBlank = nil
      }
      index += 1
    }
    return firstBlank ?? min(index, count)
  }
}
