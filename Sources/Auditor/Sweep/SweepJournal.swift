import Formats
import Glibc
import Rules
import Synchronization

/// A row that stands in a file already: where.
struct StoredRow: Sendable {
  /// The file.
  let path: String
  let offset: Int
  let count: Int

  /// The row, without a line end.
  func read() throws(FileError) -> [UInt8] {
    let number = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { throw FileError(.open, path: path, code: errno) }
    let file = OpenDescriptor(owning: number)
    return try Self.read(file.number, path: path, offset: offset, count: count)
  }

  static func read(_ descriptor: Int32, path: String, offset: Int, count: Int) throws(FileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let start = filled
      let got = unsafe bytes.withUnsafeMutableBytes { bytes in
        unsafe pread(descriptor, bytes.baseAddress?.advanced(by: start), count - start, off_t(offset + start))
      }
      if got < 0, errno == EINTR { continue }
      if got < 0 { throw FileError(.read, path: path, code: errno) }
      if got == 0 { throw FileError(.read, path: path, reason: .replaced) }
      filled += got
    }
    return bytes
  }
}

/// The rows of a shard while it is run, each written as soon as it is known, so that a run that was killed can be resumed.
///
/// Each process writes a journal of its own: two of one shard at once, on two machines, never disturb each other.
final class SweepJournal: Sendable {
  /// `KEY DIGEST ROW`: two digests and two blanks stand in front of the row.
  private static let headCount = 2 * (Digest.hexCount + 1)

  let path: String
  private let file: OpenDescriptor
  private let end = Mutex<Int>(0)

  /// Begins a journal of a shard in a folder.
  init(_ shard: Shard, in folder: String) throws(FileError) {
    try AtomicFile.makeFolder(folder)
    var name = utsname()
    unsafe uname(&name)
    let node = unsafe withUnsafeBytes(of: &name.nodename) { unsafe Array($0.prefix { $0 != 0 }) }
    let host = String(decoding: node, as: UTF8.self).filter { $0.isLetter || $0.isNumber || $0 == "-" }
    path = "\(folder)/\(shard.journalPrefix)\(host).\(getpid())\(Shard.journalEnding)"
    let number = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard number >= 0 else { throw FileError(.write, path: path, code: errno) }
    file = OpenDescriptor(owning: number)
  }

  /// Writes a row down. `key` says what the row was made from.
  func append(_ row: [UInt8], key: Digest) throws(FileError) -> StoredRow {
    var line: [UInt8] = []
    line.reserveCapacity(row.count + Self.headCount + 1)
    key.appendHex(to: &line)
    line.append(0x20)
    SHA256.digest(row).appendHex(to: &line)
    line.append(0x20)
    line += row
    line.append(0x0A)
    return try end.withLock { end throws(FileError) in
      try DescriptorWriting.write(line, to: file.number, path: path)
      defer { end += line.count }
      return StoredRow(path: path, offset: end + Self.headCount, count: row.count)
    }
  }

  /// The rows that earlier runs of a shard have left, with what they were made from. Lines that are cut off or damaged are
  /// passed over: their targets are looked at again.
  static func rows(of shard: Shard, in folder: String) throws(FileError) -> [(key: Digest, row: StoredRow)] {
    var rows: [(key: Digest, row: StoredRow)] = []
    for path in try journals(of: shard, in: folder) {
      var blocks = try LineBlocks(path, isHashed: false)
      while try blocks.advance() {
        let buffer = blocks.buffer
        var start = blocks.lines.lowerBound
        while start < blocks.lines.upperBound {
          guard let end = buffer[start..<blocks.lines.upperBound].firstIndex(of: 0x0A) else { break }
          if let key = key(of: buffer[start..<end]) {
            let place = blocks.offset + start - blocks.lines.lowerBound + headCount
            rows.append((key, StoredRow(path: path, offset: place, count: end - start - headCount)))
          }
          start = end + 1
        }
      }
    }
    return rows
  }

  /// The journals of a shard, by name.
  static func journals(of shard: Shard, in folder: String) throws(FileError) -> [String] {
    guard FileStatus.exists(folder) else { return [] }
    return try FolderListing.names(in: folder).filter {
      $0.hasPrefix(shard.journalPrefix) && $0.hasSuffix(Shard.journalEnding)
    }.map { "\(folder)/\($0)" }
  }

  private static func key(of line: ArraySlice<UInt8>) -> Digest? {
    guard line.count > headCount else { return nil }
    let first = line.startIndex
    let second = first + Digest.hexCount + 1
    guard line[second - 1] == 0x20, line[first + headCount - 1] == 0x20,
      let key = Digest(hex: Array(line[first..<second - 1]).span),
      let digest = Digest(hex: Array(line[second..<first + headCount - 1]).span),
      SHA256.digest(Array(line[(first + headCount)...])) == digest
    else { return nil }
    return key
  }
}
