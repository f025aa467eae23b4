@testable import Auditor
import Formats
import Glibc
import Testing

@Suite("Files in blocks of lines")
struct LineBlocksTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test(
    "come whole, in order, and with the digest of the file",
    arguments: [
      [], [1], [0], [5, 5, 5], Array(repeating: 999, count: 1_000), [300_000, 3, 600_000], [262_143, 262_144, 262_145],
    ], [true, false])
  func blocks(lengths: [Int], endsInLineFeed: Bool) throws {
    var text: [UInt8] = []
    for (place, length) in lengths.enumerated() {
      text += Array(repeating: UInt8(ascii: "a") + UInt8(place % 26), count: length)
      if endsInLineFeed || place < lengths.count - 1 { text.append(UInt8(ascii: "\n")) }
    }
    try folder.write(text, to: "f")
    var file = try LineBlocks("\(folder.path)/f")
    var read: [UInt8] = []
    while try file.advance() {
      #expect(file.offset == read.count)
      if !read.isEmpty { #expect(read.last == UInt8(ascii: "\n")) }
      read += file.buffer[file.lines]
    }
    #expect(read == text)
    #expect(file.byteCount == text.count)
    #expect(file.digest == SHA256.digest(text))
    #expect(
      try file.bytes(at: text.count / 2, count: text.count / 3)
        == Array(text[(text.count / 2)...].prefix(text.count / 3)))
  }

  @Test("are the same when the file only grew, and refused when it changed")
  func changes() throws {
    try folder.write("one\ntwo\n", to: "f")
    let path = "\(folder.path)/f"
    var file = try LineBlocks(path)
    while try file.advance() {}
    try file.checkUnchanged()
    try overwrite(path, "one\ntwo\nthree\n")
    try file.checkUnchanged()
    try overwrite(path, "one\ntwx\n")
    #expect(throws: FileError(.read, path: path, reason: .replaced)) { try file.checkUnchanged() }
    try overwrite(path, "one\n")
    #expect(throws: FileError(.read, path: path, reason: .replaced)) { try file.checkUnchanged() }
  }

  @Test("are of regular files, with lines of a bounded length")
  func refuses() throws {
    try folder.makeFIFO("p")
    #expect(throws: FileError.self) { _ = try LineBlocks(folder.path) }
    #expect(throws: FileError.self) { _ = try LineBlocks("\(folder.path)/p") }
    #expect(throws: FileError.self) { _ = try LineBlocks("\(folder.path)/absent") }
    try folder.write("", to: "long")
    let path = "\(folder.path)/long"
    try #require(unsafe truncate(path, off_t((1 << 20) + 1)) == 0)
    var file = try LineBlocks(path, longestLine: 1 << 20)
    #expect(throws: FileError(.read, path: path, reason: .longLine(limit: 1 << 20))) {
      while try file.advance() {}
    }
  }

  /// Writes into the file that is there, as a program that keeps it open does.
  private func overwrite(_ path: String, _ text: String) throws {
    let file = try #require(unsafe fopen(path, "w"))
    unsafe fputs(text, file)
    unsafe fclose(file)
  }
}
