package import Formats
package import Scanning

/// The text of one file as rules see it: UTF-8 bytes, lines, language, and the class of each byte on demand.
package struct SourceFile: Sendable {
  /// Relative to the audited root.
  package let path: String
  /// UTF-8; files in UTF-16 with a mark were transcoded, a byte order mark is cut.
  package let bytes: [UInt8]
  /// How it writes comments and strings; nil when unknown.
  package let language: Language?
  /// Where lines begin.
  package let lines: LineTable
  /// Comment, string or code, byte by byte.
  package let classes: ByteClasses

  /// Why a file is not scanned.
  package enum Refusal: String, Error, Sendable, CaseIterable {
    /// It holds zero bytes: no text.
    case binary
    /// It begins with a UTF-16 mark but is no UTF-16.
    case malformedUTF16 = "malformed_utf16"
  }

  /// Looks at a file's bytes.
  ///
  /// - Throws: `Refusal` for files that hold no text.
  package init(path: String, content: [UInt8]) throws(Refusal) {
    let bytes = try SourceFile.text(of: content)
    let firstLine = bytes[..<(bytes.firstIndex(of: 0x0A) ?? bytes.count)]
    self.path = path
    self.bytes = bytes
    self.language = Language.of(path: path, firstLine: firstLine)
    self.lines = LineTable(bytes.span)
    self.classes = Classifier.classify(bytes, as: language)
    self.hasCarriageReturns = bytes.contains(0x0D)
  }

  /// Whether some line may end in `\r\n` or `\r`.
  package let hasCarriageReturns: Bool

  /// The bytes of a line (from 1) without its line end.
  package func line(_ number: Int) -> ArraySlice<UInt8> { bytes[range(ofLine: number)] }

  /// Where a line (from 1) stands in the file, without its line end; empty when there is no such line.
  package func range(ofLine number: Int) -> Range<Int> {
    guard let start = lines.start(ofLine: number) else { return bytes.count..<bytes.count }
    var end = lines.start(ofLine: number + 1) ?? bytes.count
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }

  private static func text(of content: [UInt8]) throws(Refusal) -> [UInt8] {
    if content.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(content.dropFirst(3)) }
    if content.starts(with: [0xFF, 0xFE]) { return try transcoded(content, highByte: 1) }
    if content.starts(with: [0xFE, 0xFF]) { return try transcoded(content, highByte: 0) }
    // Git's own test for a binary file: a zero byte near the beginning.
    if content.prefix(8000).contains(0) { throw .binary }
    return content
  }

  private static func transcoded(_ content: [UInt8], highByte: Int) throws(Refusal) -> [UInt8] {
    guard content.count % 2 == 0 else { throw .malformedUTF16 }
    var units: [UInt16] = []
    units.reserveCapacity(content.count / 2)
    for index in stride(from: 2, to: content.count, by: 2) {
      units.append(UInt16(content[index + highByte]) << 8 | UInt16(content[index + 1 - highByte]))
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }
}
