internal import CLibXML2

/// The one place that sets libxml2 up; every type of this folder calls `prepare` before its first call into C.
enum LibXML2 {
  /// Runs once in the process, as `xmlInitParser` must.
  private static let isInitialised: Bool = {
    xmlInitParser()
    // Schemas and documents may name others: nothing is ever loaded, neither from the network nor from disk.
    unsafe xmlSetExternalEntityLoader { _, _, _ in nil }
    return true
  }()

  /// Initialises the library, and keeps it from printing on the calling thread.
  static func prepare() {
    _ = isInitialised
    clibxml2_silence_thread()
    unsafe xmlSetStructuredErrorFunc(nil) { _, _ in }
  }

  /// The words of an error, without the line end that libxml2 adds; bounded, for it quotes the input.
  static func message(_ text: UnsafePointer<CChar>?) -> String {
    guard let text = unsafe text else { return "unknown error" }
    var bytes: [UInt8] = []
    var index = 0
    while unsafe text[index] != 0, index < longestMessage {
      let byte = unsafe UInt8(bitPattern: text[index])
      bytes.append(byte == UInt8(ascii: "\n") ? UInt8(ascii: " ") : byte)
      index += 1
    }
    while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let longestMessage = 500

  /// The position that libxml2 means by a line and a column; only `\n` ends a line in its count.
  ///
  /// The offset is exact for UTF-8 and lies within the input for other encodings.
  static func position(line: Int, column: Int, in bytes: [UInt8]) -> SourcePosition {
    var start = 0
    var remaining = line - 1
    while remaining > 0, start < bytes.count {
      if bytes[start] == UInt8(ascii: "\n") { remaining -= 1 }
      start += 1
    }
    let column = max(column, 1)
    return SourcePosition(offset: min(start + column - 1, bytes.count), line: max(line, 1), column: column)
  }
}
