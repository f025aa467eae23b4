extension Value {
  /// Whether two values have the same type and the same content: `1` is not `1.0`, texts agree byte for byte, objects
  /// whatever the order of their members.
  ///
  /// Whole numbers beyond 64 bits are compared as written.
  public func isIdentical(to other: Value) -> Bool {
    guard kind == other.kind, isWhole == other.isWhole else { return false }
    switch kind {
    case .null: return true
    case .boolean: return boolean == other.boolean
    case .integer: return integer == other.integer
    case .real: return isWhole ? textBytes.elementsEqual(other.textBytes) : number == other.number
    case .string: return textBytes.elementsEqual(other.textBytes)
    case .array:
      return count == other.count && zip(elements, other.elements).allSatisfy { $0.isIdentical(to: $1) }
    case .object:
      return count == other.count
        && members.allSatisfy { member in other[member.name].map { member.value.isIdentical(to: $0) } ?? false }
    }
  }

  /// Whether this is a number without fraction and exponent, of any size.
  public var isWhole: Bool {
    switch kind {
    case .integer: true
    case .real:
      !textBytes.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }
    default: false
    }
  }
}
