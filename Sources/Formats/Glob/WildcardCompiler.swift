/// The elements of a compiled wildcard pattern, one number each: below 256 a byte, then these.
enum WildcardOp {
  /// One byte that is no slash: `?`.
  static let anyByte: UInt32 = 256
  /// Any run of bytes without a slash: `*`.
  static let star: UInt32 = 257
  /// Any run of bytes, slashes too: `**` at the end.
  static let deepStar: UInt32 = 258
  /// Nothing, or any run of bytes and a slash: `**/`.
  static let directories: UInt32 = 259
  /// This and above: one byte of the set of that number.
  static let firstSet: UInt32 = 260

  static let slash = UInt32(UInt8(ascii: "/"))
}

/// Translates wildcard syntax into elements: `?`, `*`, `**`, `[…]` and `\`, as git's wildmatch reads them.
struct WildcardCompiler {
  /// Why a pattern is no pattern. Git lets such a line match nothing.
  enum Defect: Error {
    case unclosedSet
    case unknownClass
    case danglingEscape
  }

  private(set) var ops: [UInt32] = []
  private(set) var sets: [WildcardSet] = []
  private var index = 0
  /// The last `]` that was looked for and found: a thousand `[:` before it search once.
  private var bracket = 0

  /// Appends the elements of a pattern.
  mutating func append(_ pattern: Span<UInt8>) throws(Defect) {
    (index, bracket) = (0, 0)
    while index < pattern.count {
      switch pattern[index] {
      case UInt8(ascii: "*"):
        appendStars(pattern)
      case UInt8(ascii: "?"):
        ops.append(WildcardOp.anyByte)
        index += 1
      case UInt8(ascii: "["):
        try appendSet(pattern)
      case UInt8(ascii: "\\"):
        guard index + 1 < pattern.count else { throw .danglingEscape }
        ops.append(UInt32(pattern[index + 1]))
        index += 2
      case let byte:
        ops.append(UInt32(byte))
        index += 1
      }
    }
  }

  /// Two stars or more that fill a path segment cross slashes; any other run of stars is one `*`.
  private mutating func appendStars(_ pattern: Span<UInt8>) {
    let start = index
    while index < pattern.count, pattern[index] == UInt8(ascii: "*") { index += 1 }
    let beginsSegment = start == 0 || pattern[start - 1] == UInt8(ascii: "/")
    guard index - start > 1, beginsSegment else {
      ops.append(WildcardOp.star)
      return
    }
    if index == pattern.count {
      ops.append(WildcardOp.deepStar)
    } else if pattern[index] == UInt8(ascii: "/") {
      ops.append(WildcardOp.directories)
      index += 1
    } else if index + 1 < pattern.count, pattern[index] == UInt8(ascii: "\\"), pattern[index + 1] == UInt8(ascii: "/") {
      ops.append(WildcardOp.deepStar)
    } else {
      ops.append(WildcardOp.star)
    }
  }

  /// A set, from its `[`. The first member may be a `]`.
  private mutating func appendSet(_ pattern: Span<UInt8>) throws(Defect) {
    var set = WildcardSet()
    index += 1
    let isNegated =
      index < pattern.count && (pattern[index] == UInt8(ascii: "!") || pattern[index] == UInt8(ascii: "^"))
    if isNegated { index += 1 }
    // The byte that a following `-` would begin a range with.
    var rangeStart: UInt8?
    repeat {
      guard index < pattern.count else { throw .unclosedSet }
      rangeStart = try appendMember(pattern, after: rangeStart, to: &set)
      guard index < pattern.count else { throw .unclosedSet }
    } while pattern[index] != UInt8(ascii: "]")
    index += 1
    if isNegated { set.invert() }
    set.remove(UInt8(ascii: "/"))
    ops.append(WildcardOp.firstSet + UInt32(sets.count))
    sets.append(set)
  }

  /// One member of a set: a byte, an escaped byte, the rest of a range, or a named class.
  private mutating func appendMember(
    _ pattern: Span<UInt8>, after rangeStart: UInt8?, to set: inout WildcardSet
  ) throws(Defect) -> UInt8? {
    let byte = pattern[index]
    let next = index + 1 < pattern.count ? pattern[index + 1] : nil
    if byte == UInt8(ascii: "-"), let rangeStart, let next, next != UInt8(ascii: "]") {
      index += 1
      let end = try literalMember(pattern)
      if rangeStart <= end { for member in rangeStart...end { set.insert(member) } }
      return nil
    }
    if byte == UInt8(ascii: "["), next == UInt8(ascii: ":") {
      return try appendClass(pattern, to: &set)
    }
    let member = try literalMember(pattern)
    set.insert(member)
    return member
  }

  private mutating func literalMember(_ pattern: Span<UInt8>) throws(Defect) -> UInt8 {
    if pattern[index] == UInt8(ascii: "\\") { index += 1 }
    guard index < pattern.count else { throw .unclosedSet }
    index += 1
    return pattern[index - 1]
  }

  /// A named class, from its `[:`. Without a `:` before the next `]` the `[` is a plain member.
  private mutating func appendClass(_ pattern: Span<UInt8>, to set: inout WildcardSet) throws(Defect) -> UInt8? {
    let start = index + 2
    var end = max(start, bracket)
    while end < pattern.count, pattern[end] != UInt8(ascii: "]") { end += 1 }
    guard end < pattern.count else { throw .unclosedSet }
    bracket = end
    guard end > start, pattern[end - 1] == UInt8(ascii: ":") else {
      set.insert(UInt8(ascii: "["))
      index += 1
      return UInt8(ascii: "[")
    }
    guard set.insert(className: pattern.extracting(start..<(end - 1))) else { throw .unknownClass }
    index = end + 1
    return nil
  }
}
