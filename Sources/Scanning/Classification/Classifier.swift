/// Tells comment from string from code, by a language's table: one pass, no backtracking.
public enum Classifier {
  /// The classes of a file's bytes. A file of an unknown language is code throughout, a document is all string.
  public static func classify(_ bytes: [UInt8], as language: Language?) -> ByteClasses {
    guard let language else { return ByteClasses(all: .code) }
    if language.isProse { return ByteClasses(all: .string) }
    var pass = ClassifierPass(bytes: bytes, language: language)
    return pass.run()
  }
}

private struct ClassifierPass {
  let bytes: [UInt8]
  let language: Language
  /// The bytes with which something may begin that is not code.
  private let beginnings: [Bool]
  private var offset = 0
  private var starts = [0]
  private var classes: [ByteClass] = [.code]
  /// Words that end the here-documents announced on this line, in order.
  private var pendingHereDocuments: [[UInt8]] = []

  init(bytes: [UInt8], language: Language) {
    self.bytes = bytes
    self.language = language
    var beginnings = [Bool](repeating: false, count: 256)
    let markers = language.blockComments.map(\.open) + language.lineComments + language.strings.map(\.open)
    for marker in markers { beginnings[Int(marker.first ?? 0)] = true }
    if language.hasHereDocuments {
      beginnings[Int(UInt8(ascii: "<"))] = true
      beginnings[Int(UInt8(ascii: "\n"))] = true
    }
    self.beginnings = beginnings
  }

  mutating func run() -> ByteClasses {
    while offset < bytes.count {
      if !beginnings[Int(bytes[offset])] {
        offset += 1
        continue
      }
      if takeBlockComment() || takeLineComment() || takeString() || takeHereDocuments() { continue }
      noteHereDocument()
      offset += 1
    }
    return ByteClasses(starts: starts, classes: classes)
  }

  private mutating func takeBlockComment() -> Bool {
    guard let form = language.blockComments.first(where: { stands($0.open, at: offset) }) else { return false }
    let start = offset
    offset += form.open.count
    var depth = 1
    while offset < bytes.count, depth > 0 {
      if stands(form.close, at: offset) {
        depth -= 1
        offset += form.close.count
      } else if form.nests, stands(form.open, at: offset) {
        depth += 1
        offset += form.open.count
      } else {
        offset += 1
      }
    }
    mark(.comment, start..<offset)
    return true
  }

  private mutating func takeLineComment() -> Bool {
    guard language.lineComments.contains(where: { stands($0, at: offset) }) else { return false }
    if language.commentNeedsBlank, offset > 0, !isBlank(bytes[offset - 1]) { return false }
    let start = offset
    while offset < bytes.count, bytes[offset] != 0x0A { offset += 1 }
    mark(.comment, start..<offset)
    return true
  }

  private mutating func takeString() -> Bool {
    guard let form = language.strings.first(where: { stands($0.open, at: offset) }) else { return false }
    let start = offset
    offset += form.open.count
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == form.escape {
        offset += 2
        continue
      }
      if stands(form.close, at: offset) {
        offset += form.close.count
        break
      }
      if byte == 0x0A, !form.spansLines { break }
      offset += 1
    }
    offset = min(offset, bytes.count)
    mark(.string, start..<offset)
    return true
  }

  /// At a line end, everything up to the awaited words is text.
  private mutating func takeHereDocuments() -> Bool {
    guard !pendingHereDocuments.isEmpty, bytes[offset] == 0x0A else { return false }
    offset += 1
    let start = offset
    while offset < bytes.count, let word = pendingHereDocuments.first {
      let end = bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count
      let line = bytes[offset..<end].drop { $0 == 0x09 || $0 == 0x20 }
      if line.elementsEqual(word) || line.elementsEqual(word + [0x0D]) { pendingHereDocuments.removeFirst() }
      offset = min(end + 1, bytes.count)
    }
    pendingHereDocuments.removeAll()
    mark(.string, start..<offset)
    return true
  }

  private mutating func noteHereDocument() {
    guard language.hasHereDocuments, stands([0x3C, 0x3C], at: offset), !stands([0x3C, 0x3C, 0x3C], at: offset),
      offset == 0 || bytes[offset - 1] != 0x3C
    else { return }
    var index = offset + 2
    while index < bytes.count, [UInt8(ascii: "-"), UInt8(ascii: "~"), 0x20].contains(bytes[index]) { index += 1 }
    if index < bytes.count, bytes[index] == UInt8(ascii: "'") || bytes[index] == UInt8(ascii: "\"") { index += 1 }
    var word: [UInt8] = []
    while index < bytes.count, isWordByte(bytes[index]) {
      word.append(bytes[index])
      index += 1
    }
    // `1 << 20` is a shift, not a document.
    if let first = word.first, !(0x30...0x39).contains(first) {
      pendingHereDocuments.append(word)
      offset = index - 1
      if index < bytes.count, bytes[index] == UInt8(ascii: "'") || bytes[index] == UInt8(ascii: "\"") { offset = index }
    }
  }

  private mutating func mark(_ byteClass: ByteClass, _ range: Range<Int>) {
    if starts.last == range.lowerBound {
      classes[classes.count - 1] = byteClass
    } else if classes.last != byteClass {
      starts.append(range.lowerBound)
      classes.append(byteClass)
    }
    if range.upperBound < bytes.count, byteClass != .code {
      starts.append(range.upperBound)
      classes.append(.code)
    }
  }

  private func stands(_ marker: [UInt8], at offset: Int) -> Bool {
    guard offset + marker.count <= bytes.count else { return false }
    for index in marker.indices where bytes[offset + index] != marker[index] { return false }
    return true
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D || byte == UInt8(ascii: ";")
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
  }
}
