import Rules

/// Reads what a `RecordWriter` wrote; nil where the bytes are not that.
struct RecordReader {
  let bytes: [UInt8]
  private(set) var offset: Int
  private var texts: [String] = []

  init(_ bytes: [UInt8], from offset: Int = 0) {
    self.bytes = bytes
    self.offset = offset
  }

  var isAtEnd: Bool { offset == bytes.count }

  mutating func number() -> Int? { wide().map { Int(truncatingIfNeeded: $0) } }

  mutating func wide() -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while offset < bytes.count, shift < 64 {
      let byte = bytes[offset]
      offset += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    return nil
  }

  /// How many elements follow, each of which has at least one byte.
  mutating func count() -> Int? { number().flatMap { (0...(bytes.count - offset)).contains($0) ? $0 : nil } }

  mutating func raw(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, count <= bytes.count - offset else { return nil }
    defer { offset += count }
    return bytes[offset..<(offset + count)]
  }

  mutating func data() -> ArraySlice<UInt8>? { number().flatMap { raw($0) } }

  mutating func text() -> String? { data().map { String(decoding: $0, as: UTF8.self) } }

  mutating func optional() -> Int?? { number().map { $0 == 0 ? nil : $0 &- 1 } }

  /// Nil where the bytes end; a nil inside where nothing was written.
  mutating func optionalText() -> String?? {
    guard let has = number() else { return nil }
    return has == 0 ? .some(nil) : text().map { .some($0) }
  }

  mutating func repeated() -> String? {
    guard let number = number(), (0...texts.count).contains(number) else { return nil }
    if number > 0 { return texts[number - 1] }
    guard let text = text() else { return nil }
    texts.append(text)
    return text
  }

  mutating func optionalRepeated() -> String?? {
    guard let has = number() else { return nil }
    return has == 0 ? .some(nil) : repeated().map { .some($0) }
  }

  /// A finding in a file of this path.
  mutating func finding(at path: String) -> Finding? {
    guard let ruleID = repeated(), let level = repeated().flatMap(Severity.init(rawValue:)), let message = repeated(),
      let line = optional(), let column = optional(), let endLine = optional(), let endColumn = optional(),
      let snippet = optionalText(), let evidenceCount = count()
    else { return nil }
    var evidence: [String] = []
    for _ in 0..<evidenceCount {
      guard let text = text() else { return nil }
      evidence.append(text)
    }
    guard let remediation = repeated(), let fingerprint = text(), let isSuppressed = number() else { return nil }
    var finding = Finding(
      ruleID: ruleID, level: level, message: message,
      location: Location(path: path, line: line, column: column, endLine: endLine, endColumn: endColumn),
      snippet: snippet, evidence: evidence, remediation: remediation, fingerprint: fingerprint)
    if isSuppressed != 0 {
      guard let kind = repeated().flatMap(Finding.Suppression.Kind.init(rawValue:)), let reason = repeated(),
        let until = optionalRepeated(), let owner = optionalRepeated()
      else { return nil }
      finding.suppression = Finding.Suppression(kind: kind, reason: reason, until: until, owner: owner)
    }
    guard let hasIdentity = number() else { return nil }
    if hasIdentity != 0 {
      guard let evidence = text(), let before = text(), let after = text() else { return nil }
      finding.identity = ContentIdentity(evidence: evidence, before: before, after: after)
    }
    return finding
  }
}
