import Glibc

/// Standard input as lines of bytes, read in large pieces.
package enum StandardInput {
  /// Everything from here to the end of the input.
  ///
  /// - Throws: `FileError` when it cannot be read or is larger than the limit.
  package static func bytes() throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    var lines = lines()
    while let chunk = try lines.nextChunk() {
      bytes += chunk
      guard bytes.count <= FileLimits.fileBytes else {
        throw FileError(.read, path: "standard input", reason: .tooLarge(limit: FileLimits.fileBytes))
      }
    }
    return bytes
  }

  /// The lines from here to the end of the input, without their line ends.
  package static func lines() -> DescriptorLines { DescriptorLines(descriptor: STDIN_FILENO) }
}

/// Lines of an open descriptor. A last line without a line end counts too.
package struct DescriptorLines {
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var start = 0
  private var searched = 0
  private var isAtEnd = false

  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// The next line, or nil at the end of the input.
  ///
  /// - Throws: `FileError` when the descriptor cannot be read.
  package mutating func next() throws(FileError) -> [UInt8]? {
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0A) {
        defer {
          start = end + 1
          searched = start
        }
        return Array(buffer[start..<end])
      }
      searched = buffer.count
      if isAtEnd {
        guard start < buffer.count else { return nil }
        defer { start = buffer.count }
        return Array(buffer[start...])
      }
      try fill()
    }
  }

  /// Whatever comes next, line ends included; nil at the end of the input.
  mutating func nextChunk() throws(FileError) -> [UInt8]? {
    if buffer.isEmpty { try fill() }
    defer { buffer.removeAll(keepingCapacity: true) }
    return buffer.isEmpty ? nil : buffer
  }

  private mutating func fill() throws(FileError) {
    buffer.removeSubrange(..<start)
    start = 0
    searched = buffer.count
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
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
