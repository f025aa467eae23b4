/// The bytes of a literal that are looked for first, as they may stand in a text.
struct LiteralWindow: Hashable {
  /// Two to four bytes; letters in lower case where case is ignored.
  let bytes: [UInt8]
  let ignoresCase: Bool

  init(_ literal: RequiredLiterals.Literal) {
    bytes = Array(literal.bytes[literal.window])
    ignoresCase = literal.ignoresCase
  }
}

/// Sets of low and high nibbles at each of four places: a text may hold a window of a bucket where both fit at each place.
struct NibbleSets: Hashable {
  var low: SIMD4<UInt16>
  var high: SIMD4<UInt16>

  static let none = NibbleSets(low: .zero, high: .zero)

  init(low: SIMD4<UInt16>, high: SIMD4<UInt16>) {
    self.low = low
    self.high = high
  }

  init(_ window: LiteralWindow) {
    // What follows a short window may be anything.
    self.init(low: SIMD4(repeating: .max), high: SIMD4(repeating: .max))
    for (place, byte) in window.bytes.prefix(4).enumerated() {
      low[place] = 1 << UInt16(byte & 15)
      high[place] = 1 << UInt16(byte >> 4)
      if window.ignoresCase, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) {
        high[place] |= 1 << UInt16((byte & 0xDF) >> 4)
      }
    }
  }

  func union(_ other: NibbleSets) -> NibbleSets { NibbleSets(low: low | other.low, high: high | other.high) }

  /// The share of places of a text that look as if they fitted.
  var share: Float {
    var share: Float = 1
    for place in 0..<4 { share *= NibbleSets.share(low[place], high[place]) }
    return share
  }

  /// By high nibble, half of the low nibbles and set of those in it: the share of the bytes.
  private static let shares: [Float] = {
    var shares = [Float](repeating: 0, count: 16 * 2 * 256)
    for high in 0..<16 {
      for half in 0..<2 {
        let base = (high * 2 + half) * 256
        for set in 1..<256 {
          let low = half * 8 + set.trailingZeroBitCount
          shares[base + set] = shares[base + (set & (set - 1))] + Float(ByteRarity.shares[high * 16 + low])
        }
      }
    }
    return shares
  }()

  private static func share(_ low: UInt16, _ high: UInt16) -> Float {
    if low == .max, high == .max { return 1 }
    var sum: Float = 0
    var rest = high
    while rest != 0 {
      let base = rest.trailingZeroBitCount * 512
      sum += shares[base + Int(low & 0xFF)] + shares[base + 256 + Int(low >> 8)]
      rest &= rest - 1
    }
    return sum
  }
}

/// Spreads windows over the buckets that the shuffling kernels tell apart, so that as few places of a text as possible look
/// as if they held one.
struct WindowBuckets {
  static let count = 16
  private static let rounds = 2

  private(set) var buckets = [NibbleSets](repeating: .none, count: WindowBuckets.count)

  init(_ windows: [LiteralWindow]) {
    // The commonest first: they get a bucket of their own while there is one.
    let sets = Array(Set(windows.map { NibbleSets($0) })).map { ($0, $0.share) }
      .sorted { ($1.1, $0.0.key) < ($0.1, $1.0.key) }.map(\.0)
    var places = sets.map { set in
      let place = best(for: set)
      buckets[place] = buckets[place].union(set)
      return place
    }
    guard sets.count > WindowBuckets.count else { return }
    for _ in 0..<WindowBuckets.rounds {
      for index in sets.indices {
        let old = places[index]
        places[index] = -1
        buckets[old] = sets.indices.filter { places[$0] == old }.reduce(.none) { $0.union(sets[$1]) }
        places[index] = best(for: sets[index])
        buckets[places[index]] = buckets[places[index]].union(sets[index])
      }
    }
  }

  /// The bucket that becomes commoner by the least.
  private func best(for set: NibbleSets) -> Int {
    var best = 0
    var least = Float.infinity
    for (place, bucket) in buckets.enumerated() {
      let added = bucket.union(set).share - (bucket == .none ? 0 : bucket.share)
      if added < least { (best, least) = (place, added) }
    }
    return best
  }
}

extension NibbleSets {
  /// For an order that does not depend on hashing.
  fileprivate var key: UInt64 {
    (0..<4).reduce(0) { $0 &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(low[$1]) << 16 &+ UInt64(high[$1]) }
  }
}
