extension Value {
  /// The exact decimal behind a number, or nil for anything else and for infinities.
  var decimal: DecimalNumber? {
    switch kind {
    case .integer: integer.map { DecimalNumber($0) }
    case .real: DecimalNumber(textBytes) ?? number.flatMap { DecimalNumber("\($0)".utf8) }
    default: nil
    }
  }

  /// Equality as JSON Schema defines it: numbers by value (1 is 1.0), objects whatever the order of their keys.
  public func equals(_ other: Value) -> Bool {
    switch (kind, other.kind) {
    case (.null, .null): return true
    case (.boolean, .boolean): return boolean == other.boolean
    case (.integer, .integer): return integer == other.integer
    case (.integer, .real), (.real, .integer), (.real, .real):
      return number == other.number && decimal == other.decimal
    case (.string, .string): return textBytes == other.textBytes
    case (.array, .array):
      return count == other.count && zip(elements, other.elements).allSatisfy { $0.equals($1) }
    case (.object, .object): return count == other.count && hasSameMembers(as: other)
    default: return false
    }
  }

  /// Feeds a hash that is the same for equal values.
  func hashJSON(into hasher: inout Hasher) {
    switch kind {
    case .null: hasher.combine(0)
    case .boolean: hasher.combine(boolean)
    case .integer, .real: hasher.combine(number)
    case .string: textBytes.hash(into: &hasher)
    case .array:
      hasher.combine(count)
      for element in elements { element.hashJSON(into: &hasher) }
    case .object:
      // A sum does not depend on the order of the members.
      var sum = 0
      for member in members {
        var inner = Hasher()
        member.key.textBytes.hash(into: &inner)
        member.value.hashJSON(into: &inner)
        sum &+= inner.finalize()
      }
      hasher.combine(sum)
    }
  }

  var jsonHash: Int {
    var hasher = Hasher()
    hashJSON(into: &hasher)
    return hasher.finalize()
  }

  private func hasSameMembers(as other: Value) -> Bool {
    if count <= 8 {
      return members.allSatisfy { member in
        other.members.contains { $0.key.textBytes == member.key.textBytes && $0.value.equals(member.value) }
      }
    }
    let left = sortedMembers
    let right = other.sortedMembers
    return zip(left, right).allSatisfy { $0.key.textBytes == $1.key.textBytes && $0.value.equals($1.value) }
  }

  private var sortedMembers: [Member] {
    members.sorted { $0.key.textBytes.lexicographicallyPrecedes($1.key.textBytes) }
  }
}

extension Value {
  /// The indexes of two equal elements of an array, or nil when all differ. Large arrays go through a table of hashes.
  var equalElements: (first: Int, second: Int)? {
    let elements = self.elements
    if elements.count <= 8 {
      for second in elements.indices {
        for first in 0..<second where elements[first].equals(elements[second]) { return (first, second) }
      }
      return nil
    }
    var seen: [Int: [Int]] = [:]
    seen.reserveCapacity(elements.count)
    for (index, element) in elements.enumerated() {
      let hash = element.jsonHash
      if let first = seen[hash]?.first(where: { elements[$0].equals(element) }) { return (first, index) }
      seen[hash, default: []].append(index)
    }
    return nil
  }
}
