package import Formats
package import Scanning

/// The text of one file as rules see it: UTF-8 bytes and language; lines and the class of each byte once they are asked for.
///
/// It belongs to one thread: what is found out once is known to all that look at the file.
package struct SourceFile {
  /// Relative to the audited root.
  package let path: String
  /// UTF-8; files in UTF-16 with a mark were transcoded, a byte order mark is cut.
  package let bytes: [UInt8]
  /// How it writes comments and strings; nil when unknown.
  package let language: Language?
  /// Where lines begin.
  package var lines: LineTable { derived.lines(of: self) }
  /// Comment, string or code, byte by byte.
  package var classes: ByteClasses { derived.classes(of: self) }
  /// Whether some line may end in `\r\n` or `\r`.
  package var hasCarriageReturns: Bool { derived.hasCarriageReturns(self) }
  private let derived = Derived()

  /// Why a file is not scanned.
  package enum Refusal: String, Error, Sendable, CaseIterable {
    /// It holds zero bytes, and neither its name nor its first line says that it is source: no text.
    case binary
    /// It begins with a UTF-16 mark but is no UTF-16.
    case malformedUTF16 = "malformed_utf16"
  }

  /// Looks at a file's bytes.
  ///
  /// - Throws: `Refusal` for files that hold no text.
  package init(path: String, content: [UInt8]) throws(Refusal) {
    let isSource = { SourceFile.languageName(path: Array(path.utf8), content: content.span) != nil }
    switch try FileText(content.span, isSource: isSource) {
    case .transcoded(let text): self.init(path: path, text: text)
    case .asItStands(0): self.init(path: path, text: content)
    case .asItStands(let start): self.init(path: path, text: Array(content[start...]))
    }
  }

  /// A file whose text is known to be one.
  init(path: String, text: [UInt8]) {
    self.path = path
    self.bytes = text
    self.language = Language.of(path: path, firstLine: FileText.firstLine(of: text.span)[...])
  }

  /// The name of the language that a file's path or first line tells; nil when neither does.
  package static func languageName(path: [UInt8], content: Span<UInt8>) -> String? {
    Language.of(path: String(decoding: path, as: UTF8.self), firstLine: FileText.firstLine(of: content)[...])?.name
  }

  /// The bytes of a line (from 1) without its line end.
  package func line(_ number: Int) -> ArraySlice<UInt8> { bytes[range(ofLine: number)] }

  /// Where a line (from 1) stands in the file, without its line end; empty when there is no such line.
  package func range(ofLine number: Int) -> Range<Int> {
    guard let start = lines.start(ofLine: number) else { return bytes.count..<bytes.count }
    var end = lines.start(ofLine: number + 1) ?? bytes.count
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }
}

extension SourceFile {
  /// What is found out about a file when somebody first asks: most files are never asked.
  private final class Derived {
    private var lines: LineTable?
    private var classes: ByteClasses?
    private var hasCarriageReturns: Bool?

    func hasCarriageReturns(_ file: SourceFile) -> Bool {
      if let hasCarriageReturns { return hasCarriageReturns }
      let made = file.bytes.contains(0x0D)
      hasCarriageReturns = made
      return made
    }

    func lines(of file: SourceFile) -> LineTable {
      if let lines { return lines }
      let made = LineTable(file.bytes.span)
      lines = made
      return made
    }

    func classes(of file: SourceFile) -> ByteClasses {
      if let classes { return classes }
      let made = Classifier.classify(file.bytes, as: file.language)
      classes = made
      return made
    }
  }
}
