import CKernels

/// The byte offsets at which lines begin, so that an offset becomes a line and a column in logarithmic time.
///
/// `\n`, `\r\n` and a lone `\r` end a line, as in YAML and CommonMark.
public struct LineTable: Sendable {
  private let starts: [UInt32]

  /// Reads the bytes once. Inputs are bounded by `SourceLimits.bytes`, so offsets fit in 32 bits.
  public init(_ bytes: Span<UInt8>) {
    var starts: [UInt32] = [0]
    starts.reserveCapacity(bytes.count / 32 + 1)
    unsafe bytes.withUnsafeBufferPointer { bytes in
      guard let first = bytes.baseAddress else { return }
      var end = unsafe ck_line_end(first, 0, bytes.count)
      while end < bytes.count {
        // Before "\n" a "\r" ends no line of its own.
        let isPair = unsafe end + 1 < bytes.count && bytes[end] == 0x0D && bytes[end + 1] == 0x0A
        end += 1
        if !isPair { starts.append(UInt32(truncatingIfNeeded: end)) }
        end = unsafe ck_line_end(first, end, bytes.count)
      }
    }
    self.starts = starts
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
