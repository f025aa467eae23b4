/// A file that is written piece by piece and stands in its place only once it is complete: a reader, or a kill at any
/// instant, sees the old content or the new.
struct AtomicStream: ~Copyable {
  private static let bufferedBytes = 1 << 20

  private let file: PlacedFile
  private var waiting: [UInt8] = []

  /// Begins a file; makes missing folders on the way. What killed runs have left of it is removed.
  init(_ path: String) throws(FileError) {
    PlacedFile.removeLeftovers(of: path)
    file = try PlacedFile(for: path)
  }

  /// Appends bytes.
  mutating func append(_ bytes: [UInt8]) throws(FileError) {
    waiting += bytes
    if waiting.count >= Self.bufferedBytes { try flush() }
  }

  /// Flushes everything to the disk and puts the file in its place.
  mutating func commit() throws(FileError) {
    try flush()
    try file.flush()
    try file.commit()
  }

  private mutating func flush() throws(FileError) {
    try Interruption.check(.write, file.path)
    try file.append(waiting)
    waiting.removeAll(keepingCapacity: true)
  }
}
