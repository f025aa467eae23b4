/// A SHA-256 hasher (FIPS 180-4) that is fed in pieces of any size.
///
///     var hasher = SHA256()
///     hasher.update(bytes.span)
///     let digest = hasher.finalize()
///
/// A value: a copy is a fork, so the digest of a common prefix is computed once. `SHA256+Pair.swift` feeds two hashers at
/// once on one core.
public struct SHA256: Sendable {
  /// The bytes that one compression takes.
  static let blockSize = 64

  let kernel: Kernel
  var state: InlineArray<8, UInt32> = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  /// Bytes that do not fill a block yet; only the first `pendingCount` count.
  var pending = InlineArray<64, UInt8>(repeating: 0)
  var pendingCount = 0
  /// All bytes so far. SHA-256 is defined below 2^61 bytes.
  var byteCount: UInt64 = 0

  /// Makes a hasher on the fastest kernel of this machine.
  public init() { self.init(kernel: .fastest) }

  /// Makes a hasher on a named kernel; one that this machine lacks gives way to the portable one.
  public init(kernel: Kernel) { self.kernel = kernel.isAvailable ? kernel : .portable }

  /// Takes in more bytes.
  public mutating func update(_ bytes: Span<UInt8>) {
    byteCount &+= UInt64(bytes.count)
    let rest = bytes.extracting(fillPending(from: bytes)...)
    let whole = rest.count / Self.blockSize
    if whole > 0 { kernel.compress(&state, rest, blocks: whole) }
    keep(rest.extracting((whole * Self.blockSize)...))
  }

  /// Takes in more bytes.
  public mutating func update(_ bytes: [UInt8]) { update(bytes.span) }

  /// The digest of all bytes so far. The hasher itself is unchanged and may be fed on.
  public func finalize() -> Digest {
    var state = state
    // What `tail` says, without an array: many digests are of a few hundred bytes.
    var tail = InlineArray<128, UInt8>(repeating: 0)
    let blocks = pendingCount + 9 <= Self.blockSize ? 1 : 2
    for index in 0..<pendingCount { tail[index] = pending[index] }
    tail[pendingCount] = 0x80
    let bits = byteCount &* 8
    for index in 0..<8 {
      tail[blocks * Self.blockSize - 8 + index] = UInt8(truncatingIfNeeded: bits >> UInt64(56 - 8 * index))
    }
    kernel.compress(&state, tail.span.extracting(..<(blocks * Self.blockSize)), blocks: blocks)
    return Digest(state: state)
  }

  /// The digest of bytes in memory.
  public static func digest(_ bytes: Span<UInt8>) -> Digest {
    var hasher = SHA256()
    hasher.update(bytes)
    return hasher.finalize()
  }

  /// The digest of bytes in memory.
  public static func digest(_ bytes: [UInt8]) -> Digest { digest(bytes.span) }
}

extension SHA256 {
  /// Completes a block that an earlier update began and compresses it. Answers how many bytes that took: none when
  /// nothing was pending, all of them when the block is still not full.
  mutating func fillPending(from bytes: Span<UInt8>) -> Int {
    guard pendingCount > 0 else { return 0 }
    let taken = min(Self.blockSize - pendingCount, bytes.count)
    keep(bytes.extracting(..<taken))
    if pendingCount == Self.blockSize {
      kernel.compress(&state, pending.span, blocks: 1)
      pendingCount = 0
    }
    return taken
  }

  /// Appends bytes to the pending block, which has room for them.
  mutating func keep(_ bytes: Span<UInt8>) {
    for index in bytes.indices { pending[pendingCount + index] = bytes[index] }
    pendingCount += bytes.count
  }

  /// The last one or two blocks: what is pending, a 1 bit, zeros, and the length in bits (FIPS 180-4, 5.1.1).
  func tail() -> [UInt8] {
    let blocks = pendingCount + 9 <= Self.blockSize ? 1 : 2
    var tail: [UInt8] = []
    tail.reserveCapacity(blocks * Self.blockSize)
    for index in 0..<pendingCount { tail.append(pending[index]) }
    tail.append(0x80)
    while tail.count < blocks * Self.blockSize - 8 { tail.append(0) }
    let bits = byteCount &* 8
    for shift in stride(from: UInt64(56), through: 0, by: -8) { tail.append(UInt8(truncatingIfNeeded: bits >> shift)) }
    return tail
  }
}
