import Formats
import Scanning

/// A file as judges read it: what it is, its functions, its documentation. Worked out when first asked for and then kept
/// for every rule that asks again.
final class FileReading {
  let file: SourceFile
  private(set) lazy var role = FileRole(of: file)
  private lazy var docstrings = PythonDocstrings.ranges(in: file)
  private var functions: [Int: FunctionScope?] = [:]

  init(_ file: SourceFile) {
    self.file = file
  }

  /// How far a walk over lines goes; longer functions are judged by the part that is near.
  static let walkLimit = 400

  /// Comment, string or code; the documentation strings of Python are comments.
  func byteClass(at offset: Int) -> ByteClass {
    if docstrings.contains(where: { $0.contains(offset) }) { return .comment }
    return file.classes.at(offset)
  }

  /// The words of a line that may be long; only its beginning counts.
  func words(ofLine number: Int) -> [String] { Words.split(file.line(number).prefix(1_000)) }

  /// Leading blanks of a line that holds text; nil for a blank one.
  func indentation(ofLine number: Int) -> Int? {
    let line = file.line(number)
    guard let first = line.firstIndex(where: { $0 != 0x20 && $0 != 0x09 }) else { return nil }
    return first - line.startIndex
  }

  /// The nearest lines above that stand further left, the nearest first: `steps:` above `- run:`, the call above its
  /// arguments, the list's name above its elements.
  func owners(ofLine number: Int, atMost count: Int = 3) -> [Int] {
    var owners: [Int] = []
    var limit = indentation(ofLine: number) ?? 0
    var line = number - 1
    while line >= 1, limit > 0, owners.count < count, number - line <= FileReading.walkLimit {
      if let indent = indentation(ofLine: line), indent < limit {
        owners.append(line)
        limit = indent
      }
      line -= 1
    }
    return owners
  }

  /// The function that a line is in, or nil outside of functions.
  func function(around number: Int) -> FunctionScope? {
    if let known = functions[number] { return known }
    let found = FunctionScope.enclosing(number, in: self)
    functions[number] = found
    return found
  }
}

/// A function, told by words and indentation.
struct FunctionScope {
  /// The words of its name.
  let name: [String]
  /// From the line that names it to its last one.
  let lines: ClosedRange<Int>

  private static let keywords: Set<String> = ["def", "func", "function", "fn", "fun", "sub", "proc", "init", "defp"]
  /// First words of lines that open a block and name nothing.
  private static let statements: Set<String> = [
    "if", "else", "elif", "for", "while", "switch", "catch", "try", "do", "with", "match", "return", "case", "when",
    "unless", "guard", "defer", "finally", "except", "loop", "select", "go", "using", "lock", "class",
    "struct", "enum", "interface", "protocol", "extension", "namespace", "module", "impl", "trait", "object",
    "describe",
  ]

  static func enclosing(_ number: Int, in reading: FileReading) -> FunctionScope? {
    if let own = name(on: number, in: reading) {
      return FunctionScope(name: own, lines: number...end(from: number, in: reading))
    }
    for owner in reading.owners(ofLine: number, atMost: 40) {
      if let name = name(on: owner, in: reading) {
        return FunctionScope(name: name, lines: owner...end(from: owner, in: reading))
      }
    }
    return nil
  }

  private static func end(from start: Int, in reading: FileReading) -> Int {
    let own = reading.indentation(ofLine: start) ?? 0
    var end = start
    while end < reading.file.lines.count, end - start < FileReading.walkLimit {
      if let next = reading.indentation(ofLine: end + 1), next <= own, !isClosing(end + 1, in: reading) { break }
      end += 1
    }
    return end
  }

  private static func isClosing(_ number: Int, in reading: FileReading) -> Bool {
    let first = reading.file.line(number).first { $0 != 0x20 && $0 != 0x09 }
    return first.map { Array("})]".utf8).contains($0) } ?? false
  }

  /// The words of the name that a line gives to a function, or nil.
  private static func name(on number: Int, in reading: FileReading) -> [String]? {
    let line = reading.file.line(number).prefix(400)
    guard let start = line.firstIndex(where: { $0 != 0x20 && $0 != 0x09 }), reading.file.classes.at(start) == .code
    else { return nil }
    var identifiers = FunctionScope.identifiers(of: line)
    if let keyword = identifiers.firstIndex(where: { keywords.contains($0.text) }) {
      // `func (s *Store) Append(`: the receiver stands between.
      identifiers.removeFirst(keyword)
      let named = identifiers.dropFirst().first { $0.isCalled } ?? identifiers.dropFirst().first ?? identifiers[0]
      return Words.split(named.text)
    }
    guard let first = identifiers.first, !statements.contains(first.text) else { return nil }
    let isOpened = line.last { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D } == UInt8(ascii: "{")
    guard isOpened, let named = identifiers.first(where: \.isCalled) else { return nil }
    return Words.split(named.text)
  }

  private struct Identifier {
    let text: String
    /// Whether a parenthesis follows at once.
    let isCalled: Bool
  }

  private static func identifiers(of line: ArraySlice<UInt8>) -> [Identifier] {
    var found: [Identifier] = []
    var start: Int?
    for index in line.startIndex...line.endIndex {
      let byte = index < line.endIndex ? line[index] : 0
      if isWordByte(byte) {
        start = start ?? index
      } else if let from = start {
        found.append(
          Identifier(text: String(decoding: line[from..<index], as: UTF8.self), isCalled: byte == UInt8(ascii: "(")))
        start = nil
      }
    }
    return found
  }
}

/// Letters, digits and `_`.
func isWordByte(_ byte: UInt8) -> Bool {
  (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
}

/// Where the documentation strings of a Python file stand: literals that are statements of their own.
enum PythonDocstrings {
  static func ranges(in file: SourceFile) -> [Range<Int>] {
    guard file.language?.name == "python" else { return [] }
    var ranges: [Range<Int>] = []
    var number = 1
    while number <= file.lines.count {
      let line = file.range(ofLine: number)
      if let open = opening(in: line, of: file) {
        let end = close(after: open, of: file)
        ranges.append(open..<end)
        number = max(number, file.lines.position(at: max(open, end - 1)).line)
      }
      number += 1
    }
    return ranges
  }

  /// Where a line begins with a literal of three quotes that nothing before it uses.
  private static func opening(in line: Range<Int>, of file: SourceFile) -> Int? {
    let bytes = file.bytes
    guard let first = bytes[line].firstIndex(where: { $0 != 0x20 && $0 != 0x09 }) else { return nil }
    let quote = bytes[first..<min(first + 2, line.upperBound)].firstIndex { $0 == 0x22 || $0 == 0x27 }
    guard let quote, bytes[first..<quote].allSatisfy({ "rRuUbB".utf8.contains($0) }), quote + 2 < line.upperBound,
      bytes[quote + 1] == bytes[quote], bytes[quote + 2] == bytes[quote]
    else { return nil }
    // The literal begins here, rather than ends.
    guard line.lowerBound == 0 || file.classes.at(line.lowerBound - 1) != .string else { return nil }
    var index = line.lowerBound - 1
    while index >= 0 {
      let byte = bytes[index]
      if byte != 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D, file.classes.at(index) != .comment {
        return "([{,=+\\".utf8.contains(byte) ? nil : quote
      }
      index -= 1
    }
    return quote
  }

  private static func close(after open: Int, of file: SourceFile) -> Int {
    let bytes = file.bytes
    let mark = bytes[open]
    var index = open + 3
    while index + 2 < bytes.count {
      if bytes[index] == UInt8(ascii: "\\") {
        index += 2
        continue
      }
      if bytes[index] == mark, bytes[index + 1] == mark, bytes[index + 2] == mark { return index + 3 }
      index += 1
    }
    return bytes.count
  }
}
