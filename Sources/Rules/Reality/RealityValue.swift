import Formats

/// How REALITY_RULES section 3 reads the members of a document.
extension Value {
  /// The member, or nil when absent or `null`.
  func present(_ key: String) -> Value? {
    guard let value = self[key], !value.isNull else { return nil }
    return value
  }

  /// The text of a member that is a string with something in it.
  func nonEmptyText(_ key: String) -> String? {
    guard let text = self[key]?.string, !text.isEmpty else { return nil }
    return text
  }

  /// A number written without fraction and exponent. One beyond 128 bits stands for the end of that range: no count
  /// that can be recomputed comes near it.
  var wholeNumber: Int128? {
    if kind == .integer { return integer.map { Int128($0) } }
    guard isWhole else { return nil }
    return Int128(text) ?? (text.utf8.first == UInt8(ascii: "-") ? .min : .max)
  }

  /// A count: a whole number, 0 or more.
  var wholeCount: Int128? {
    guard let number = wholeNumber, number >= 0 else { return nil }
    return number
  }

  /// The moment that a string states in the strict form of RFC 3339.
  var instant: Instant? {
    guard kind == .string else { return nil }
    return Instant(rfc3339: textBytes.span)
  }

  /// Whether this is the boolean.
  func isBoolean(_ wanted: Bool) -> Bool { boolean == wanted }

  /// Whether this is the SHA-256 of something, as 64 lower-case hex digits.
  var digest: Digest? {
    guard kind == .string else { return nil }
    return Digest(hex: textBytes.span)
  }
}

/// Whether two members agree in type and value; one that is absent is `null`.
func agree(_ left: Value?, _ right: Value?) -> Bool {
  switch (left, right) {
  case (let left?, let right?): left.isIdentical(to: right)
  case (let value?, nil), (nil, let value?): value.isNull
  case (nil, nil): true
  }
}

/// What the storage counted under a name, before, after or at some moment. Of two counts of one name the last holds.
struct StoreCounts {
  let counts: [String: Int128]

  /// A usable counts list, or nil (section 3): objects with a name and a count.
  init?(_ value: Value?) {
    guard let value, value.kind == .array else { return nil }
    var counts: [String: Int128] = [:]
    for item in value.elements {
      guard let name = item.nonEmptyText("name"), let count = item["count"]?.wholeCount else { return nil }
      counts[name] = count
    }
    self.counts = counts
  }

  subscript(name: String) -> Int128? { counts[name] }
}
