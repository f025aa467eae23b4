import CKernels

/// Finds the place of a key among a few wanted ones: by length first, then by the first eight bytes.
struct JSONKeyTable: Sendable {
  /// A bit for each key of a length; the longest share the last place.
  private var byLength = [UInt64](repeating: 0, count: 64)
  /// The first eight bytes of each key as one number.
  private let firstBytes: [UInt64]
  private let keys: [[UInt8]]

  /// A table of at most 64 keys.
  init(_ keys: [[UInt8]]) {
    self.keys = keys
    firstBytes = keys.map { Self.firstBytes($0.span, 0..<$0.count) }
    for (place, key) in keys.enumerated() { byLength[min(key.count, 63)] |= 1 << UInt64(place) }
  }

  var count: Int { keys.count }

  /// The place of the key that stands between quotes at `range`, or nil when nobody wants it.
  @inline(__always)
  func place(of bytes: Span<UInt8>, _ range: Range<Int>, hasEscapes: Bool) -> Int? {
    if hasEscapes { return place(ofEscaped: bytes, range) }
    var candidates = byLength[min(range.count, 63)]
    if candidates == 0 { return nil }
    let firstBytes = Self.firstBytes(bytes, range)
    repeat {
      let place = candidates.trailingZeroBitCount
      if self.firstBytes[place] == firstBytes, range.count <= 8 || isEqual(keys[place], bytes, range) { return place }
      candidates &= candidates - 1
    } while candidates != 0
    return nil
  }

  /// A key may be written with escapes and still be the one that is wanted.
  @inline(never)
  private func place(ofEscaped bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    let quoted = (range.lowerBound - 1)..<(range.upperBound + 1)
    guard let key = JSONField(kind: .string, range: quoted, hasEscapes: true).value(in: bytes) else { return nil }
    return keys.firstIndex { $0.elementsEqual(key.textBytes) }
  }

  /// Whether all bytes are equal, the first eight being so already.
  private func isEqual(_ key: [UInt8], _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard key.count == range.count else { return false }
    var index = 8
    while index < key.count {
      if key[index] != bytes[range.lowerBound + index] { return false }
      index += 1
    }
    return true
  }

  @inline(__always)
  private static func firstBytes(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return 0 }
      return unsafe ck_short_word(base, range.lowerBound, range.count, buffer.count)
    }
  }
}
