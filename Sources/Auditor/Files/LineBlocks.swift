import Formats
import Glibc

/// The lines of a file of any size, in blocks of whole lines: memory grows with the longest line, not with the file, and
/// each byte is hashed while it is hot. Regular files only; symbolic links are followed.
///
/// Reads instead of mapping: as fast, and a file that is cut short meanwhile ends early instead of ending the process.
struct LineBlocks: ~Copyable {
  /// Large enough that the calls do not count, small enough for the second-level cache.
  private static let usualSize = 1 << 18

  /// What is read at the moment; `lines` says which part counts.
  private(set) var buffer = [UInt8](repeating: 0, count: LineBlocks.usualSize)
  /// The whole lines in the buffer; the last line of the file may lack its line feed.
  private(set) var lines = 0..<0
  /// Where `lines` begins in the file.
  private(set) var offset = 0
  /// The bytes read so far.
  private(set) var byteCount = 0

  private let file: OpenDescriptor
  private let path: String
  private let longestLine: Int
  private let firstStamp: Stamp
  private var filled = 0
  private var hasher = SHA256()
  private let isHashed: Bool

  /// Opens a file whose lines have at most so many bytes, or as many as the buffer holds. What nobody asks the digest of
  /// need not be hashed.
  init(_ path: String, longestLine: Int = FileLimits.lineBytes, isHashed: Bool = true) throws(FileError) {
    let number = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard number >= 0 else { throw FileError(.open, path: path, code: errno) }
    let file = OpenDescriptor(owning: number)
    firstStamp = try Stamp(of: file.number, path: path)
    self.file = file
    self.path = path
    self.longestLine = longestLine
    self.isHashed = isHashed
  }

  /// SHA-256 of what was read so far.
  var digest: Digest { hasher.finalize() }

  /// Goes on to the next block; false at the end of the file.
  mutating func advance() throws(FileError) -> Bool {
    carryRest()
    while true {
      let start = filled
      guard try fill() else {
        lines = 0..<filled
        return filled > 0
      }
      if let end = buffer[start..<filled].lastIndex(of: UInt8(ascii: "\n")) {
        lines = 0..<(end + 1)
        return true
      }
      if filled == buffer.count { try grow() }
    }
  }

  /// The bytes at a place of the file, read again.
  func bytes(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let start = filled
      let got = unsafe bytes.withUnsafeMutableBytes { bytes in
        unsafe pread(file.number, bytes.baseAddress?.advanced(by: start), count - start, off_t(offset + start))
      }
      if got < 0, errno != EINTR { throw FileError(.read, path: path, code: errno) }
      if got == 0 { throw FileError(.read, path: path, reason: .replaced) }
      filled += max(got, 0)
    }
    return bytes
  }

  /// Makes sure that what was read again is what was read first.
  ///
  /// A file that only grew meanwhile is as good as before: where its stamp is new, its first `byteCount` bytes are hashed
  /// again.
  func checkUnchanged() throws(FileError) {
    if try Stamp(of: file.number, path: path) == firstStamp { return }
    var again = SHA256()
    var offset = 0
    while offset < byteCount {
      let count = min(Self.usualSize, byteCount - offset)
      again.update(try bytes(at: offset, count: count))
      offset += count
    }
    guard again.finalize() == digest else { throw FileError(.read, path: path, reason: .replaced) }
  }

  /// Moves what no line feed has ended yet to the front of the buffer.
  private mutating func carryRest() {
    offset += lines.upperBound
    let rest = lines.upperBound..<filled
    for (place, index) in rest.enumerated() { buffer[place] = buffer[index] }
    filled = rest.count
    lines = 0..<0
  }

  /// Reads what there is into the free end of the buffer; false at the end of the file.
  private mutating func fill() throws(FileError) -> Bool {
    while true {
      try Interruption.check(.read, path)
      let start = filled
      let got = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe read(file.number, bytes.baseAddress?.advanced(by: start), bytes.count - start)
      }
      if got == 0 { return false }
      if got < 0 {
        guard errno == EINTR else { throw FileError(.read, path: path, code: errno) }
        continue
      }
      filled += got
      byteCount += got
      if isHashed { Self.hash(buffer, start..<filled, &hasher) }
      return true
    }
  }

  private static func hash(_ buffer: [UInt8], _ range: Range<Int>, _ hasher: inout SHA256) {
    hasher.update(buffer.span.extracting(range))
  }

  private mutating func grow() throws(FileError) {
    guard buffer.count < longestLine else {
      throw FileError(.read, path: path, reason: .longLine(limit: longestLine))
    }
    buffer.append(contentsOf: repeatElement(0, count: buffer.count))
  }

  /// What changes when a file is written to.
  private struct Stamp: Equatable {
    let byteCount: Int
    let changed: [Int]

    init(of descriptor: Int32, path: String) throws(FileError) {
      var status = stat()
      guard unsafe fstat(descriptor, &status) == 0 else { throw FileError(.inspect, path: path, code: errno) }
      if let kind = FileReader.irregularKind(status.st_mode) {
        throw FileError(.read, path: path, reason: .notRegular(kind))
      }
      byteCount = Int(status.st_size)
      changed = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
    }
  }
}
