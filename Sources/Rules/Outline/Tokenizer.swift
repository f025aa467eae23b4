import Formats
import Scanning

/// Cuts a part of a file into tokens and comments, by the classes of its bytes.
struct Tokenizer {
  private let language: OutlineLanguage
  /// The part itself; offsets in here count from its beginning.
  private let text: [UInt8]
  private let classes: ByteClasses
  private let base: Int
  private let lines: LineTable
  /// The line of the last token: tokens come in order, but for code within strings.
  private var current = SourceLine(number: 1, start: 0, end: 0)
  private(set) var tokens: [Token] = []
  private(set) var comments: [Comment] = []

  /// The tokens of `part`, whose first byte stands at `base` in the file that `lines` belongs to.
  init(_ part: [UInt8], classes: ByteClasses, at base: Int, lines: LineTable, language: OutlineLanguage) {
    text = part
    self.classes = classes
    self.base = base
    self.lines = lines
    self.language = language
    var offset = 0
    while offset < text.count {
      let run = classes.run(at: offset)
      let end = min(run.end, text.count)
      switch run.class {
      case .code: takeCode(offset..<end, isInner: false)
      case .comment: takeComment(offset..<end)
      case .string: takeString(offset..<end)
      }
      offset = end
    }
  }

  private func line(at offset: Int) -> Int { lines.position(at: base + offset).line }

  private mutating func add(_ kind: Token.Kind, _ range: Range<Int>, isInner: Bool) {
    let written = kind == .string ? "" : String(decoding: text[range], as: UTF8.self)
    let place = base + range.lowerBound..<base + range.upperBound
    if !(current.start..<current.end).contains(place.lowerBound) {
      let line = lines.position(at: place.lowerBound).line
      current = SourceLine(
        number: line, start: lines.start(ofLine: line) ?? 0, end: lines.start(ofLine: line + 1) ?? .max)
    }
    tokens.append(
      Token(
        kind: kind, range: place, line: current.number, column: place.lowerBound - current.start, text: written,
        isInterpolated: isInner))
  }

  /// A line and where it begins and ends in the file.
  private struct SourceLine {
    var number: Int
    var start: Int
    var end: Int
  }

  private mutating func takeComment(_ range: Range<Int>) {
    var start = range.lowerBound
    let isBlock = text[range].starts(with: "/*".utf8)
    while start < range.upperBound {
      let end = isBlock ? range.upperBound : text[start..<range.upperBound].firstIndex(of: 0x0A) ?? range.upperBound
      if end > start { comments.append(Comment(range: base + start..<base + end, line: line(at: start))) }
      start = end + 1
    }
  }

  private mutating func takeCode(_ range: Range<Int>, isInner: Bool) {
    var offset = range.lowerBound
    while offset < range.upperBound {
      let byte = text[offset]
      if byte <= 0x20 {
        // A line end ends commands of a shell, wherever it stands.
        if byte == 0x0A, language.layout == .shell, !isInner { add(.sign, offset..<offset + 1, isInner: false) }
        if byte == UInt8(ascii: "\\") { offset += 1 }
        offset += 1
        continue
      }
      if byte == UInt8(ascii: "\\"), offset + 1 < range.upperBound, text[offset + 1] == 0x0A {
        offset += 2
        continue
      }
      let end = language.layout == .shell ? shellEnd(offset, range.upperBound) : end(offset, range.upperBound)
      let kind = kind(of: offset..<end)
      add(kind, offset..<end, isInner: isInner)
      offset = end
    }
  }

  private func kind(of range: Range<Int>) -> Token.Kind {
    let first = text[range.lowerBound]
    if (0x30...0x39).contains(first) { return .number }
    if language.layout == .shell { return Tokenizer.isShellSign(first) ? .sign : .word }
    // An attribute is one word with its sign.
    return Tokenizer.isWordByte(first) || (first == UInt8(ascii: "@") && range.count > 1) ? .word : .sign
  }

  private func end(_ start: Int, _ limit: Int) -> Int {
    if Tokenizer.isWordByte(text[start]) || text[start] == UInt8(ascii: "@") {
      var end = start + 1
      while end < limit, Tokenizer.isWordByte(text[end]) { end += 1 }
      return end
    }
    for sign in Tokenizer.longSigns where stands(sign, at: start, limit) { return start + sign.count }
    return start + 1
  }

  private func stands(_ sign: [UInt8], at start: Int, _ limit: Int) -> Bool {
    guard text[start] == sign[0], start + sign.count <= limit else { return false }
    for index in 1..<sign.count where text[start + index] != sign[index] { return false }
    return true
  }

  /// Words of a shell run up to a blank or an operator.
  private func shellEnd(_ start: Int, _ limit: Int) -> Int {
    let rest = text[start..<limit]
    if rest.starts(with: "$(".utf8) { return start + 2 }
    for sign in Tokenizer.shellSigns where stands(sign, at: start, limit) { return start + sign.count }
    var end = start
    while end < limit, text[end] > 0x20, !Tokenizer.isShellSign(text[end]) {
      if end > start, text[end] == UInt8(ascii: "$"), end + 1 < limit, text[end + 1] == UInt8(ascii: "(") { break }
      end += 1
    }
    return max(end, start + 1)
  }

  private mutating func takeString(_ range: Range<Int>) {
    let code = interpolated(range)
    if language.interpolation == .pythonFormat, let last = tokens.last, isPrefix(last, of: range) {
      tokens.removeLast()
    }
    add(.string, range, isInner: !code.isEmpty)
    for part in code { takeCode(part, isInner: true) }
  }

  private func isPrefix(_ token: Token, of string: Range<Int>) -> Bool {
    token.kind == .word && token.range.upperBound == base + string.lowerBound && token.text.utf8.count <= 2
  }

  /// The code that a string literal holds.
  private func interpolated(_ range: Range<Int>) -> [Range<Int>] {
    switch language.interpolation {
    case .none: return []
    case .pythonFormat:
      guard let last = tokens.last, isPrefix(last, of: range), last.text.lowercased().contains("f") else { return [] }
      return holes(range, after: "{", until: "}")
    case .template: return text[range.lowerBound] == UInt8(ascii: "`") ? holes(range, after: "${", until: "}") : []
    case .swift: return holes(range, after: "\\(", until: ")")
    case .braces: return holes(range, after: "${", until: "}") + holes(range, after: "#{", until: "}")
    case .shell:
      return text[range.lowerBound] == UInt8(ascii: "'") ? [] : shellHoles(range)
    }
  }

  private func holes(_ range: Range<Int>, after open: StaticString, until close: Unicode.Scalar) -> [Range<Int>] {
    let mark = open.withUTF8Buffer { unsafe Array($0) }
    var found: [Range<Int>] = []
    var offset = range.lowerBound
    while offset < range.upperBound {
      guard text[offset..<range.upperBound].starts(with: mark) else {
        offset += 1
        continue
      }
      let start = offset + mark.count
      if start < range.upperBound, text[start] == mark[0], mark.count == 1 {
        offset = start + 1
        continue
      }
      let end = closing(from: start, limit: range.upperBound, open: mark[mark.count - 1], close: UInt8(ascii: close))
      found.append(start..<end)
      offset = max(end, offset + 1)
    }
    return found
  }

  private func closing(from start: Int, limit: Int, open: UInt8, close: UInt8) -> Int {
    var depth = 1
    var offset = start
    while offset < limit {
      if text[offset] == open { depth += 1 }
      if text[offset] == close { depth -= 1 }
      if depth == 0 { return offset }
      offset += 1
    }
    return limit
  }

  /// Commands and variables: `$(…)`, `$NAME`, `${NAME…}`, with their signs.
  private func shellHoles(_ range: Range<Int>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var offset = range.lowerBound
    while offset + 1 < range.upperBound {
      if text[offset] == UInt8(ascii: "\\") {
        offset += 2
        continue
      }
      guard text[offset] == UInt8(ascii: "$") else {
        offset += 1
        continue
      }
      var end = offset + 2
      switch text[offset + 1] {
      case UInt8(ascii: "("):
        end = min(
          range.upperBound,
          closing(from: end, limit: range.upperBound, open: UInt8(ascii: "("), close: UInt8(ascii: ")")) + 1)
      case UInt8(ascii: "{"):
        end = min(
          range.upperBound,
          closing(from: end, limit: range.upperBound, open: UInt8(ascii: "{"), close: UInt8(ascii: "}")) + 1)
      case let byte where Tokenizer.isWordByte(byte):
        while end < range.upperBound, Tokenizer.isWordByte(text[end]) { end += 1 }
      default: break
      }
      found.append(offset..<end)
      offset = end
    }
    return found
  }

  static func isWordByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || byte == UInt8(ascii: "_") || byte >= 0x80
  }

  private static func isShellSign(_ byte: UInt8) -> Bool {
    byte == 0x0A || ";&|()<>`".utf8.contains(byte)
  }

  private static let longSigns = [
    "===", "!==", "...", "==", "!=", "<=", ">=", "&&", "||", "->", "=>", ":=", "+=", "-=", "::", "??", "?.", "..",
  ].map { Array($0.utf8) }
  private static let shellSigns = [";;", "&&", "||", ">>", "<<", "&>"].map { Array($0.utf8) }
}
