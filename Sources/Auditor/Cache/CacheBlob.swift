import Formats
import Rules

/// The entries of one folder as bytes: a checksum, then entry after entry. Read back exactly or not at all.
enum CacheBlob {
  private static let checksumCount = 8

  /// The entries, in the order given.
  static func bytes(of entries: [CacheEntry]) -> [UInt8] {
    var writer = RecordWriter()
    writer.number(entries.count)
    for entry in entries { writer.entry(entry) }
    return Array(SHA256.digest(writer.bytes).bytes.prefix(checksumCount)) + writer.bytes
  }

  /// The entries; nil when these are not the bytes that were written.
  static func entries(_ blob: [UInt8]) -> [CacheEntry]? {
    guard blob.count > checksumCount else { return nil }
    let sum = SHA256.digest(blob.span.extracting(checksumCount...)).bytes.prefix(checksumCount)
    guard sum.elementsEqual(blob.prefix(checksumCount)) else { return nil }
    var reader = RecordReader(blob, from: checksumCount)
    guard let count = reader.count() else { return nil }
    var entries: [CacheEntry] = []
    entries.reserveCapacity(count)
    for _ in 0..<count {
      guard let entry = reader.entry() else { return nil }
      entries.append(entry)
    }
    return reader.isAtEnd ? entries : nil
  }
}

extension RecordWriter {
  fileprivate mutating func entry(_ entry: CacheEntry) {
    data(entry.name)
    number(entry.stamp.device)
    number(entry.stamp.inode)
    number(entry.stamp.byteCount)
    number(entry.stamp.modified)
    number(entry.stamp.changed)
    number((entry.isTrusted ? 1 : 0) | (entry.judgement.isBinary ? 2 : 0))
    raw(entry.digest.bytes)
    number(entry.judgement.byteCount)
    optionalRepeated(entry.judgement.language)
    number(entry.judgement.findings.count)
    for finding in entry.judgement.findings { self.finding(finding) }
  }
}

extension RecordReader {
  fileprivate mutating func entry() -> CacheEntry? {
    guard let name = data(), let device = wide(), let inode = wide(), let size = wide(), let modified = wide(),
      let changed = wide(), let flags = number(),
      let digest = raw(Digest.byteCount).flatMap({ Digest(bytes: $0.span) }),
      let byteCount = number(), let language = optionalRepeated(), let count = count()
    else { return nil }
    var judgement = FileJudgement(isBinary: flags & 2 != 0, byteCount: byteCount, language: language)
    for _ in 0..<count {
      guard let finding = finding(at: "") else { return nil }
      judgement.findings.append(finding)
    }
    return CacheEntry(
      name: Array(name),
      stamp: FileStamp(
        device: device, inode: inode, byteCount: Int64(truncatingIfNeeded: size),
        modified: Int64(truncatingIfNeeded: modified), changed: Int64(truncatingIfNeeded: changed)),
      isTrusted: flags & 1 != 0, digest: digest, judgement: judgement)
  }
}
