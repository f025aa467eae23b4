import Formats
import Rules

/// The entries of one folder as bytes: a checksum, then entry after entry. Read back exactly or not at all.
enum CacheBlob {
  private static let checksumCount = 8

  /// The entries, in the order given.
  static func bytes(of entries: [CacheEntry]) -> [UInt8] {
    var writer = Writer()
    writer.number(entries.count)
    for entry in entries { writer.entry(entry) }
    return Array(SHA256.digest(writer.bytes).bytes.prefix(checksumCount)) + writer.bytes
  }

  /// The entries; nil when these are not the bytes that were written.
  static func entries(_ blob: [UInt8]) -> [CacheEntry]? {
    guard blob.count > checksumCount else { return nil }
    let sum = SHA256.digest(blob.span.extracting(checksumCount...)).bytes.prefix(checksumCount)
    guard sum.elementsEqual(blob.prefix(checksumCount)) else { return nil }
    var reader = Reader(bytes: blob, offset: checksumCount)
    guard let count = reader.number(), count <= blob.count else { return nil }
    var entries: [CacheEntry] = []
    entries.reserveCapacity(count)
    for _ in 0..<count {
      guard let entry = reader.entry() else { return nil }
      entries.append(entry)
    }
    return reader.offset == blob.count ? entries : nil
  }

  private struct Writer {
    var bytes: [UInt8] = []

    /// Seven bits a byte, the lowest first.
    mutating func number(_ value: some FixedWidthInteger) {
      var rest = UInt64(truncatingIfNeeded: value)
      while rest > 0x7F {
        bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
        rest >>= 7
      }
      bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    mutating func data(_ value: [UInt8]) {
      number(value.count)
      bytes += value
    }

    mutating func text(_ value: String) { data(Array(value.utf8)) }

    mutating func optional(_ value: String?) {
      number(value == nil ? 0 : 1)
      if let value { text(value) }
    }

    mutating func optional(_ value: Int?) { number(value.map { $0 &+ 1 } ?? 0) }

    mutating func entry(_ entry: CacheEntry) {
      data(entry.name)
      number(entry.stamp.device)
      number(entry.stamp.inode)
      number(entry.stamp.byteCount)
      number(entry.stamp.modified)
      number(entry.stamp.changed)
      number((entry.isTrusted ? 1 : 0) | (entry.judgement.isBinary ? 2 : 0))
      bytes += entry.digest.bytes
      number(entry.judgement.byteCount)
      optional(entry.judgement.language)
      number(entry.judgement.findings.count)
      for finding in entry.judgement.findings { self.finding(finding) }
    }

    /// Without the path, which is the file's own.
    mutating func finding(_ finding: Finding) {
      text(finding.ruleID)
      text(finding.level.rawValue)
      text(finding.message)
      optional(finding.location.line)
      optional(finding.location.column)
      optional(finding.location.endLine)
      optional(finding.location.endColumn)
      optional(finding.snippet)
      number(finding.evidence.count)
      for evidence in finding.evidence { text(evidence) }
      text(finding.remediation)
      text(finding.fingerprint)
      number(finding.suppression == nil ? 0 : 1)
      if let suppression = finding.suppression {
        text(suppression.kind.rawValue)
        text(suppression.reason)
        optional(suppression.until)
        optional(suppression.owner)
      }
      number(finding.identity == nil ? 0 : 1)
      if let identity = finding.identity {
        text(identity.evidence)
        text(identity.before)
        text(identity.after)
      }
    }
  }

  private struct Reader {
    let bytes: [UInt8]
    var offset: Int

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

    mutating func slice() -> ArraySlice<UInt8>? {
      guard let count = number(), count >= 0, count <= bytes.count - offset else { return nil }
      defer { offset += count }
      return bytes[offset..<(offset + count)]
    }

    mutating func text() -> String? { slice().map { String(decoding: $0, as: UTF8.self) } }

    /// Nil where the bytes end; a nil inside where nothing was written.
    mutating func optionalText() -> String?? {
      guard let has = number() else { return nil }
      if has == 0 { return .some(nil) }
      return text().map { .some($0) }
    }

    mutating func optionalNumber() -> Int?? { number().map { $0 == 0 ? nil : $0 &- 1 } }

    mutating func entry() -> CacheEntry? {
      guard let name = slice(), let device = wide(), let inode = wide(), let size = wide(), let modified = wide(),
        let changed = wide(), let flags = number(), bytes.count - offset >= Digest.byteCount,
        let digest = Digest(bytes: bytes.span.extracting(offset..<(offset + Digest.byteCount)))
      else { return nil }
      offset += Digest.byteCount
      guard let byteCount = number(), let language = optionalText(), let count = number(), count >= 0,
        count <= bytes.count - offset
      else { return nil }
      var judgement = FileJudgement(isBinary: flags & 2 != 0, byteCount: byteCount, language: language)
      for _ in 0..<count {
        guard let finding = finding() else { return nil }
        judgement.findings.append(finding)
      }
      return CacheEntry(
        name: Array(name),
        stamp: FileStamp(
          device: device, inode: inode, byteCount: Int64(truncatingIfNeeded: size),
          modified: Int64(truncatingIfNeeded: modified), changed: Int64(truncatingIfNeeded: changed)),
        isTrusted: flags & 1 != 0, digest: digest, judgement: judgement)
    }

    mutating func finding() -> Finding? {
      guard let ruleID = text(), let level = text().flatMap(Severity.init(rawValue:)), let message = text(),
        let line = optionalNumber(), let column = optionalNumber(), let endLine = optionalNumber(),
        let endColumn = optionalNumber(), let snippet = optionalText(), let evidenceCount = number(),
        evidenceCount >= 0, evidenceCount <= bytes.count - offset
      else { return nil }
      var evidence: [String] = []
      for _ in 0..<evidenceCount {
        guard let text = text() else { return nil }
        evidence.append(text)
      }
      guard let remediation = text(), let fingerprint = text(), let isSuppressed = number() else { return nil }
      var finding = Finding(
        ruleID: ruleID, level: level, message: message,
        location: Location(path: "", line: line, column: column, endLine: endLine, endColumn: endColumn),
        snippet: snippet, evidence: evidence, remediation: remediation, fingerprint: fingerprint)
      if isSuppressed != 0 {
        guard let kind = text().flatMap(Finding.Suppression.Kind.init(rawValue:)), let reason = text(),
          let until = optionalText(), let owner = optionalText()
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
}
