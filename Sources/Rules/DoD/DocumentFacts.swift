package import Formats

/// What a document `DOD__<PHASE>.md` says that a verdict can rest on. Ticked boxes and the verdict line have no say.
package struct DocumentFacts: Sendable, Hashable {
  /// A metadata line: `- **Name**: value`.
  package struct Field: Sendable, Hashable {
    /// The value, trimmed; may be empty.
    package let value: String
    /// The line it stands on, from 1.
    package let line: Int
  }

  /// The metadata that is read.
  package enum Key: String, Sendable, CaseIterable {
    /// The phase that the document is about.
    case phaseID = "Phase / Task ID"
    /// The commit that it is about.
    case commitSHA = "Commit SHA"
    /// The gate that it belongs to.
    case gate = "Gate"
    /// The section of the source of truth.
    case relatedSOT = "Related SOT Section"
  }

  /// The first match of each key.
  package private(set) var fields: [Key: Field] = [:]
  /// Files and digests that the text names.
  package private(set) var claims = EvidenceClaims()

  /// A document that does not exist: no metadata, no claims.
  package init() {}

  /// Reads a document.
  ///
  /// - Parameter path: as locations show it.
  /// - Throws: `FormatError` where the bytes are not UTF-8.
  package init(_ bytes: [UInt8], path: String) throws(FormatError) {
    try Self.checkUTF8(bytes)
    var pairing = ClaimPairing()
    var start = 0
    var line = 1
    while start < bytes.count {
      let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
      let text = bytes[start..<end]
      takeField(text, line: line)
      pairing.take(text, Location(path: path, line: line), into: &claims)
      start = end + (bytes[end...].starts(with: [0x0D, 0x0A]) ? 2 : 1)
      line += 1
    }
    pairing.finish(into: &claims)
  }

  /// A value that is there and not empty.
  package func value(_ key: Key) -> String? {
    fields[key].flatMap { $0.value.isEmpty ? nil : $0.value }
  }

  /// Both a phase id and a gate are given.
  package var hasMetadata: Bool { value(.phaseID) != nil && value(.gate) != nil }

  private mutating func takeField(_ text: ArraySlice<UInt8>, line: Int) {
    guard text.contains(UInt8(ascii: "*")) else { return }
    for key in Key.allCases where fields[key] == nil {
      guard let end = Self.end(of: Array("- **\(key.rawValue)**: ".utf8), in: text), end < text.endIndex else {
        continue
      }
      fields[key] = Field(value: ASCII.text(ASCII.trimmed(text[end...])), line: line)
    }
  }

  private static func end(of marker: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
    text.indices.first { text[$0...].starts(with: marker) }.map { $0 + marker.count }
  }

  private static func checkUTF8(_ bytes: [UInt8]) throws(FormatError) {
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      let offset = error.byteOffsets.lowerBound
      throw FormatError(
        .markdown, .invalidUTF8(byte: bytes[offset]), at: LineTable(bytes.span).position(at: offset))
    }
  }
}
