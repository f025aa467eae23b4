/// RFC 3492: a label of any Unicode scalars as ASCII, without the `xn--` in front.
enum Punycode {
  private static let base = 36
  private static let leastThreshold = 1
  private static let mostThreshold = 26
  private static let skew = 38
  private static let damping = 700
  private static let firstBias = 72
  private static let firstScalar = 128

  /// The scalars behind lower-case Punycode, or nil where it is malformed.
  static func decode(_ text: [UInt8]) -> [Unicode.Scalar]? {
    let delimiter = text.lastIndex(of: UInt8(ascii: "-"))
    var scalars = text[..<(delimiter ?? 0)].map { Unicode.Scalar($0) }
    var rest = text[(delimiter.map { $0 + 1 } ?? 0)...]
    var scalar = firstScalar
    var index = 0
    var bias = firstBias
    while !rest.isEmpty {
      let before = index
      var weight = 1
      var position = base
      while true {
        guard let byte = rest.popFirst(), let digit = digit(byte) else { return nil }
        index += digit * weight
        guard index <= 0x10FFFF * 256 else { return nil }
        let threshold = threshold(position, bias)
        if digit < threshold { break }
        weight *= base - threshold
        guard weight <= 1 << 40 else { return nil }
        position += base
      }
      bias = adapted(index - before, scalars.count + 1, isFirst: before == 0)
      scalar += index / (scalars.count + 1)
      index %= scalars.count + 1
      guard let next = UInt32(exactly: scalar).flatMap(Unicode.Scalar.init) else { return nil }
      scalars.insert(next, at: index)
      index += 1
    }
    return scalars
  }

  /// The Punycode of some scalars, or nil when there are far too many for a label.
  static func encode(_ scalars: [Unicode.Scalar]) -> [UInt8]? {
    guard scalars.count <= 256 else { return nil }
    var output = scalars.filter(\.isASCII).map { UInt8(truncatingIfNeeded: $0.value) }
    let basicCount = output.count
    if basicCount > 0 { output.append(UInt8(ascii: "-")) }
    var handled = basicCount
    var scalar = firstScalar
    var delta = 0
    var bias = firstBias
    while handled < scalars.count {
      guard let next = scalars.lazy.map({ Int($0.value) }).filter({ $0 >= scalar }).min() else { return nil }
      delta += (next - scalar) * (handled + 1)
      scalar = next
      for value in scalars.lazy.map({ Int($0.value) }) {
        if value < scalar { delta += 1 }
        guard value == scalar else { continue }
        append(delta, bias, to: &output)
        bias = adapted(delta, handled + 1, isFirst: handled == basicCount)
        delta = 0
        handled += 1
      }
      delta += 1
      scalar += 1
    }
    return output
  }

  private static func append(_ delta: Int, _ bias: Int, to output: inout [UInt8]) {
    var rest = delta
    var position = base
    while true {
      let threshold = threshold(position, bias)
      if rest < threshold { break }
      output.append(character(threshold + (rest - threshold) % (base - threshold)))
      rest = (rest - threshold) / (base - threshold)
      position += base
    }
    output.append(character(rest))
  }

  private static func threshold(_ position: Int, _ bias: Int) -> Int {
    min(max(position - bias, leastThreshold), mostThreshold)
  }

  private static func adapted(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / damping : delta / 2
    delta += delta / count
    var bias = 0
    while delta > (base - leastThreshold) * mostThreshold / 2 {
      delta /= base - leastThreshold
      bias += base
    }
    return bias + (base - leastThreshold + 1) * delta / (delta + skew)
  }

  private static func digit(_ byte: UInt8) -> Int? {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(byte - UInt8(ascii: "a"))
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0")) + 26
    default: nil
    }
  }

  private static func character(_ digit: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: digit < 26 ? digit + 0x61 : digit - 26 + 0x30)
  }
}
