import Formats
import Glibc
import Rules

/// Files that a DoD run rests on: absent is an answer, unreadable is an error with its place.
enum InputFile {
  /// The bytes, or nil when there is no such file.
  static func read(_ path: String, shownPath: String) throws(DoDError) -> [UInt8]? {
    do {
      return try FileReader.read(path)
    } catch {
      if isAbsent(error) { return nil }
      throw .unreadable(Location(path: shownPath), error.explanation)
    }
  }

  /// Whether an error says that there is no such file.
  static func isAbsent(_ error: FileError) -> Bool {
    if case .system(let code) = error.reason { [ENOENT, ENOTDIR].contains(code) } else { false }
  }

  /// Refuses bytes that are not UTF-8, with the line.
  static func checkUTF8(_ bytes: [UInt8], shownPath: String) throws(DoDError) {
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      let offset = error.byteOffsets.lowerBound
      let position = LineTable(bytes.span).position(at: offset)
      throw .unreadable(
        Location(path: shownPath, line: position.line, column: position.column),
        "byte 0x\(String(bytes[offset], radix: 16)) is not UTF-8; save the file as UTF-8")
    }
  }

  /// One JSON or YAML file.
  static func structured(_ bytes: [UInt8], shownPath: String) throws(DoDError) -> ValueStream {
    do {
      return try StructuredText.read(bytes)
    } catch {
      throw .unreadable(
        Location(path: shownPath, line: error.position.line, column: error.position.column), "\(error.problem)")
    }
  }

  static func record(_ bytes: [UInt8], shownPath: String, role: String) -> InputRecord {
    InputRecord(path: shownPath, role: role, sha256: SHA256.digest(bytes).hex, byteCount: bytes.count)
  }
}

/// Registries and contracts are YAML, of which JSON is a subset.
enum StructuredText {
  static func read(_ bytes: [UInt8]) throws(FormatError) -> ValueStream {
    try YAML.readStream(bytes)
  }
}
