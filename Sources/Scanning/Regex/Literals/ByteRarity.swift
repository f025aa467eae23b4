import Glibc

/// How rare a byte is in source code and documents, so that the rarest part of a literal is looked for.
///
/// Measured over C headers, Python, Perl, Java, Go, TypeScript, Swift, Markdown, YAML and JSON, each kind weighing the same.
enum ByteRarity {
  /// Eighths of a bit: a byte with the value 8n is every 2ⁿ-th one.
  static let eighths: [UInt8] = [
    186, 186, 186, 186, 186, 186, 186, 181, 186, 74, 43, 186, 164, 92, 186, 186,
    186, 186, 186, 186, 186, 186, 186, 186, 186, 186, 186, 186, 186, 186, 186, 186,
    19, 89, 47, 69, 74, 93, 91, 63, 55, 55, 66, 87, 50, 59, 52, 62,
    53, 57, 59, 66, 65, 65, 65, 65, 65, 67, 54, 71, 83, 61, 73, 93,
    93, 61, 65, 63, 69, 60, 71, 75, 78, 63, 89, 83, 65, 71, 65, 66,
    66, 99, 66, 61, 61, 75, 80, 77, 83, 84, 92, 71, 62, 71, 111, 48,
    68, 38, 56, 45, 45, 31, 49, 55, 49, 38, 77, 61, 43, 49, 38, 39,
    48, 82, 38, 38, 35, 48, 60, 61, 63, 57, 83, 68, 68, 68, 103, 186,
    76, 144, 98, 186, 140, 138, 124, 186, 167, 108, 164, 166, 121, 164, 158, 154,
    103, 132, 124, 108, 74, 106, 120, 108, 120, 148, 153, 168, 131, 144, 183, 136,
    161, 161, 160, 186, 108, 167, 120, 144, 174, 177, 178, 177, 122, 163, 186, 168,
    163, 149, 172, 186, 186, 180, 186, 118, 153, 176, 128, 169, 128, 170, 181, 182,
    186, 186, 117, 109, 186, 186, 186, 186, 186, 186, 186, 186, 186, 186, 176, 165,
    186, 186, 186, 186, 186, 186, 186, 186, 163, 179, 186, 186, 186, 186, 186, 186,
    179, 186, 72, 186, 179, 160, 186, 163, 186, 186, 186, 186, 186, 186, 186, 154,
    136, 186, 186, 186, 186, 186, 186, 186, 186, 186, 186, 186, 186, 186, 186, 186,
  ]

  /// The share of each byte among all.
  static let shares: [Double] = eighths.map { exp2(-Double($0) / 8) }

  /// The share of the bytes that a byte of a literal stands for.
  static func share(of byte: UInt8, ignoresCase: Bool) -> Double {
    let isLetter = ignoresCase && (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    return shares[Int(byte)] + (isLetter ? shares[Int(byte & 0xDF)] : 0)
  }
}

extension RequiredLiterals.Literal {
  /// The bytes that are looked for first: the rarest four that stand together, or all when there are fewer.
  var window: Range<Int> {
    guard bytes.count > RequiredLiterals.windowBytes else { return bytes.indices }
    var best = 0..<RequiredLiterals.windowBytes
    var least = share(of: best)
    for start in 1...(bytes.count - RequiredLiterals.windowBytes) {
      let range = start..<start + RequiredLiterals.windowBytes
      let share = share(of: range)
      if share < least { (best, least) = (range, share) }
    }
    return best
  }

  /// The share of places at which these bytes stand, were each byte as likely everywhere.
  func share(of range: Range<Int>) -> Double {
    bytes[range].reduce(1) { $0 * ByteRarity.share(of: $1, ignoresCase: ignoresCase) }
  }
}
