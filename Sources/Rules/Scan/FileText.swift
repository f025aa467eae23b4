import Glibc

/// How the bytes of a file hold its text.
enum FileText {
  /// As they stand, from an offset on: behind a mark of UTF-8, if there is one.
  case asItStands(from: Int)
  /// In UTF-16 with a mark; this is the same in UTF-8.
  case transcoded([UInt8])

  /// How far a file is looked into for zero bytes: as far as git looks.
  private static let head = 8_000

  /// Looks at a file's bytes. Whatever is a source file by its name is read by somebody as such, so zero bytes do not keep
  /// it from being scanned: they would be a way to hide.
  ///
  /// - Throws: `Refusal` for files that hold no text.
  init(_ content: Span<UInt8>, isSource: () -> Bool) throws(SourceFile.Refusal) {
    if FileText.begins(content, with: [0xEF, 0xBB, 0xBF]) {
      self = .asItStands(from: 3)
    } else if FileText.begins(content, with: [0xFF, 0xFE]) || FileText.begins(content, with: [0xFE, 0xFF]) {
      self = try FileText(marked: content, highByte: content[0] == 0xFF ? 1 : 0, isSource)
    } else if !FileText.hasZero(content) {
      self = .asItStands(from: 0)
    } else if isSource() {
      self =
        FileText.highByte(content).map { .transcoded(FileText.transcoded(content, from: 0, highByte: $0)) }
        ?? .asItStands(from: 0)
    } else {
      throw .binary
    }
  }

  /// Behind a mark of UTF-16. Text without any blank, line end or other sign of ASCII is none: the mark is there to mislead.
  private init(marked content: Span<UInt8>, highByte: Int, _ isSource: () -> Bool) throws(SourceFile.Refusal) {
    if content.count % 2 == 0, content.count == 2 || FileText.hasZero(content) || !isSource() {
      self = .transcoded(FileText.transcoded(content, from: 2, highByte: highByte))
    } else if isSource() {
      self = .asItStands(from: 2)
    } else {
      throw .malformedUTF16
    }
  }

  /// The first line where it names an interpreter, else nothing.
  static func firstLine(of text: Span<UInt8>) -> [UInt8] {
    guard begins(text, with: [0x23, 0x21]) else { return [] }
    var line: [UInt8] = []
    while line.count < text.count, text[line.count] != 0x0A { line.append(text[line.count]) }
    return line
  }

  private static func begins(_ content: Span<UInt8>, with mark: [UInt8]) -> Bool {
    content.count >= mark.count && mark.indices.allSatisfy { content[$0] == mark[$0] }
  }

  private static func hasZero(_ content: Span<UInt8>) -> Bool {
    unsafe content.extracting(first: head).withUnsafeBytes { head in
      guard let first = head.baseAddress else { return false }
      return unsafe memchr(first, 0, head.count) != nil
    }
  }

  /// Which byte of each pair is the high one, where that is told by zeros in more than half of the pairs and on one side
  /// only: UTF-16 without a mark.
  private static func highByte(_ content: Span<UInt8>) -> Int? {
    guard content.count % 2 == 0 else { return nil }
    var zeros = [0, 0]
    for index in 0..<min(content.count, head) where content[index] == 0 { zeros[index % 2] += 1 }
    guard zeros.contains(0), 4 * zeros.reduce(0, +) > min(content.count, head) else { return nil }
    return zeros[0] == 0 ? 1 : 0
  }

  private static func transcoded(_ content: Span<UInt8>, from start: Int, highByte: Int) -> [UInt8] {
    var units: [UInt16] = []
    units.reserveCapacity(content.count / 2)
    for index in stride(from: start, to: content.count, by: 2) {
      units.append(UInt16(content[index + highByte]) << 8 | UInt16(content[index + 1 - highByte]))
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }
}
