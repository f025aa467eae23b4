import CKernels

/// The byte offsets at which lines begin, so that an offset becomes a line and a column in logarithmic time.
///
/// `\n`, `\r\n` and a lone `\r` end a line, as in YAML and CommonMark.
public struct LineTable: Sendable {
  private let starts: [UInt32]

  /// Reads the bytes once. Inputs are bounded by `SourceLimits.bytes`, so offsets fit in 32 bits.
  public init(_ bytes: Span<UInt8>) {
    // Room for lines of usual length; where there are more, for as many as there may be.
    let usual = LineTable.starts(in: bytes, room: bytes.count / 24 + 16)
    starts = usual ?? LineTable.starts(in: bytes, room: bytes.count) ?? [0]
  }

  /// Nil where there is not enough room.
  private static func starts(in bytes: Span<UInt8>, room: Int) -> [UInt32]? {
    var end = 0
    let starts = unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe [UInt32](unsafeUninitializedCapacity: room + 1) { starts, count in
        guard let place = starts.baseAddress else { return }
        unsafe place.initialize(to: 0)
        count = 1
        guard let first = bytes.baseAddress else { return }
        count += unsafe ck_line_starts(first, bytes.count, &end, place + 1, room)
      }
    }
    return end == bytes.count ? starts : nil
  }

  /// The number of lines, counting a last one without a line end.
  public var count: Int { starts.count }

  /// The position of a byte offset; an offset past the end belongs to the last line.
  public func position(at offset: Int) -> SourcePosition {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(starts[middle]) <= offset { low = middle } else { high = middle }
    }
    return SourcePosition(offset: offset, line: low + 1, column: offset - Int(starts[low]) + 1)
  }

  /// The offset at which a line (from 1) begins, or nil when there is no such line.
  public func start(ofLine line: Int) -> Int? {
    starts.indices.contains(line - 1) ? Int(starts[line - 1]) : nil
  }
}
