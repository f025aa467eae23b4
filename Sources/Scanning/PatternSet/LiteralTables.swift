import CKernels

/// Literals as the kernels look for them. Nothing changes after the beginning, so that threads may share it.
@safe final class LiteralTables: @unchecked Sendable {
  /// The literals' number: the capacity that a search needs at least.
  let count: Int
  private let tables: OpaquePointer
  private let kernel: LiteralKernel

  /// Tables for literals of two bytes or more; each is found by its index. Nil where there is no memory.
  init?(_ literals: [RequiredLiterals.Literal], _ kernel: LiteralKernel) {
    let entries = literals.enumerated().map { LiteralTables.entry($1, id: UInt32($0)) }
    let made = unsafe entries.withUnsafeBufferPointer { unsafe ck_literal_tables_new($0.baseAddress, $0.count) }
    guard let made = unsafe made else { return nil }
    unsafe self.tables = unsafe made
    self.kernel = kernel
    count = literals.count
    let windows = literals.map { LiteralWindow($0) }
    switch kernel {
    case .portable:
      guard unsafe WindowAutomaton(windows).install(tables) else { return nil }
    case .ssse3, .avx2:
      for (number, bucket) in WindowBuckets(windows).buckets.enumerated() {
        for place in 0..<4 {
          unsafe ck_literal_tables_nibbles(
            tables, Int32(number), Int32(place), bucket.low[place], bucket.high[place])
        }
      }
    }
  }

  deinit { unsafe ck_literal_tables_free(tables) }

  /// Fills a buffer with hits from a place on, which then is where to go on; answers how many there are.
  func find(in text: Span<UInt8>, from place: inout Int, _ hits: inout [ck_hit]) -> Int {
    unsafe text.withUnsafeBufferPointer { text in
      unsafe hits.withUnsafeMutableBufferPointer { hits in
        guard let bytes = text.baseAddress, let first = hits.baseAddress else {
          place = text.count
          return 0
        }
        var next = place
        defer { place = next }
        return switch kernel {
        case .portable: unsafe ck_find_literals_portable(tables, bytes, text.count, &next, first, hits.count)
        case .ssse3: unsafe ck_find_literals_ssse3(tables, bytes, text.count, &next, first, hits.count)
        case .avx2: unsafe ck_find_literals_avx2(tables, bytes, text.count, &next, first, hits.count)
        }
      }
    }
  }

  private static func entry(_ literal: RequiredLiterals.Literal, id: UInt32) -> ck_literal {
    let window = literal.window
    let first = min(window.lowerBound, max(0, literal.bytes.count - 8))
    var entry = ck_literal()
    for (place, byte) in literal.bytes[first...].prefix(8).enumerated() {
      let shift = UInt64(8 * place)
      entry.mask |= 0xFF << shift
      entry.value |= UInt64(byte) << shift
      if literal.ignoresCase, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) { entry.fold |= 0x20 << shift }
    }
    for (place, byte) in literal.bytes[window].enumerated() { entry.window |= UInt32(byte) << UInt32(8 * place) }
    entry.id = id
    entry.length = UInt16(literal.bytes.count)
    entry.window_length = UInt8(window.count)
    entry.before = UInt8(window.lowerBound)
    entry.compared = UInt8(window.lowerBound - first)
    return entry
  }
}
