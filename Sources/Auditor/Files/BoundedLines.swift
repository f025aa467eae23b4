import Glibc

/// The lines of standard input, however long they are: one above a limit is passed over and told as such, so that it
/// costs neither memory nor the lines behind it.
struct BoundedLines {
  /// What stands between two line ends.
  enum Line {
    /// The bytes without the line end.
    case line([UInt8])
    /// More bytes than the limit.
    case tooLong
  }

  private static let chunkBytes = 1 << 18

  private let limit: Int
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var start = 0
  private var searched = 0
  private var isAtEnd = false

  init(limit: Int, descriptor: Int32 = STDIN_FILENO) {
    self.limit = limit
    self.descriptor = descriptor
  }

  /// The next line, or nil at the end of the input. A last line without a line end counts too.
  ///
  /// - Throws: `FileError` when the input cannot be read.
  mutating func next() throws(FileError) -> Line? {
    var isTooLong = false
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0A) {
        defer { (start, searched) = (end + 1, end + 1) }
        return isTooLong || end - start > limit ? .tooLong : .line(Array(buffer[start..<end]))
      }
      searched = buffer.count
      if buffer.count - start > limit {
        isTooLong = true
        (start, searched) = (buffer.count, buffer.count)
      }
      if isAtEnd {
        guard start < buffer.count else { return isTooLong ? .tooLong : nil }
        defer { start = buffer.count }
        return .line(Array(buffer[start...]))
      }
      try fill()
    }
  }

  private mutating func fill() throws(FileError) {
    buffer.removeSubrange(..<start)
    start = 0
    searched = buffer.count
    var chunk = [UInt8](repeating: 0, count: Self.chunkBytes)
    var count = -1
    repeat {
      try Interruption.check(.read, "standard input")
      count = unsafe chunk.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
    } while count < 0 && errno == EINTR
    guard count >= 0 else { throw FileError(.read, path: "standard input", code: errno) }
    isAtEnd = count == 0
    buffer.append(contentsOf: chunk[..<count])
  }
}
