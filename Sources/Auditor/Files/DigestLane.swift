import Formats
import Glibc

/// One file after the other on its way through SHA-256, through one buffer. Two lanes are fed to the processor together.
struct DigestLane: ~Copyable {
  /// Large enough that the calls do not count, small enough that two lanes stay in the second-level cache.
  private static let bufferSize = 1 << 18
  /// The bytes that SHA-256 compresses at once.
  private static let blockSize = 64

  private var buffer: [UInt8] = []
  /// The part of the buffer that is read and not hashed.
  private var unhashed = 0..<0
  private var hasher = SHA256()
  private var byteCount = 0
  private var index = 0
  private var file: OpenDescriptor?

  /// Whether there is a file that is not at its end.
  var isBusy: Bool { file != nil }

  /// Gets bytes to hash: more of the file, or when that is at its end, those of the next one that has any. What becomes
  /// of each file is told with its index.
  mutating func supply(
    _ paths: [[UInt8]], _ indices: IndexedWork.Indices, _ tell: (FileDigest.Answer, Int) -> Void
  ) {
    while unhashed.isEmpty {
      do throws(FileError) {
        if file == nil {
          guard let next = indices.next() else { return }
          index = next
          try open(paths[index])
        }
        try read(paths[index])
        guard unhashed.isEmpty else { return }
        tell(.success(FileDigest.Digested(digest: hasher.finalize(), byteCount: byteCount)), index)
      } catch {
        tell(.failure(error), index)
      }
      file = nil
    }
  }

  /// Hashes what two lanes hold as far as both have bytes, interleaved; all of one when the other has none.
  static func hash(_ first: inout DigestLane, _ second: inout DigestLane) {
    let shared = min(first.unhashed.count, second.unhashed.count)
    guard shared > 0 else {
      first.hash()
      second.hash()
      return
    }
    // A file that ends in the middle of a block must not make the other hash in broken blocks from there on.
    let count = (shared + blockSize - 1) / blockSize * blockSize
    let (firstPart, secondPart) = (first.unhashed.prefix(count), second.unhashed.prefix(count))
    let (firstBytes, secondBytes) = (first.buffer, second.buffer)
    SHA256.updatePair(
      &first.hasher, firstBytes.span.extracting(firstPart), &second.hasher, secondBytes.span.extracting(secondPart))
    first.unhashed.removeFirst(firstPart.count)
    second.unhashed.removeFirst(secondPart.count)
  }

  private mutating func hash() {
    let bytes = buffer
    hasher.update(bytes.span.extracting(unhashed))
    unhashed = 0..<0
  }

  private mutating func open(_ path: [UInt8]) throws(FileError) {
    let descriptor = unsafe withName(path) { unsafe Glibc.open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard descriptor >= 0 else { throw FileError(.open, path: Self.shown(path), code: errno) }
    file = OpenDescriptor(owning: descriptor)
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw FileError(.inspect, path: Self.shown(path), code: errno)
    }
    if let kind = FileReader.irregularKind(status.st_mode) {
      throw FileError(.read, path: Self.shown(path), reason: .notRegular(kind))
    }
    hasher = SHA256()
    byteCount = 0
  }

  /// Reads the next piece of the file; at its end there is nothing unhashed.
  private mutating func read(_ path: [UInt8]) throws(FileError) {
    guard let descriptor = file?.number else { return }
    try Interruption.check(.read, Self.shown(path))
    if buffer.isEmpty { buffer = [UInt8](repeating: 0, count: Self.bufferSize) }
    var count = 0
    repeat {
      count = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
    } while count < 0 && errno == EINTR
    guard count >= 0 else { throw FileError(.read, path: Self.shown(path), code: errno) }
    unhashed = 0..<count
    byteCount += count
  }

  private static func shown(_ path: [UInt8]) -> String { String(decoding: path, as: UTF8.self) }
}
