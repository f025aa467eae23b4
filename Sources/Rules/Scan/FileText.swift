import Glibc

/// How the bytes of a file hold its text.
enum FileText {
  /// As they stand, from an offset on: behind a mark of UTF-8, if there is one.
  case asItStands(from: Int)
  /// In UTF-16 with a mark; this is the same in UTF-8.
  case transcoded([UInt8])

  /// Looks at a file's bytes.
  ///
  /// - Throws: `Refusal` for files that hold no text.
  init(_ content: Span<UInt8>) throws(SourceFile.Refusal) {
    if FileText.begins(content, with: [0xEF, 0xBB, 0xBF]) {
      self = .asItStands(from: 3)
    } else if FileText.begins(content, with: [0xFF, 0xFE]) {
      self = .transcoded(try FileText.transcoded(content, highByte: 1))
    } else if FileText.begins(content, with: [0xFE, 0xFF]) {
      self = .transcoded(try FileText.transcoded(content, highByte: 0))
    } else {
      // Git's own test for a binary file: a zero byte near the beginning.
      let hasZero = unsafe content.extracting(first: 8_000).withUnsafeBytes { head in
        guard let first = head.baseAddress else { return false }
        return unsafe memchr(first, 0, head.count) != nil
      }
      if hasZero { throw .binary }
      self = .asItStands(from: 0)
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

  private static func transcoded(_ content: Span<UInt8>, highByte: Int) throws(SourceFile.Refusal) -> [UInt8] {
    guard content.count % 2 == 0 else { throw .malformedUTF16 }
    var units: [UInt16] = []
    units.reserveCapacity(content.count / 2)
    for index in stride(from: 2, to: content.count, by: 2) {
      units.append(UInt16(content[index + highByte]) << 8 | UInt16(content[index + 1 - highByte]))
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }
}
