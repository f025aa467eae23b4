import Formats

/// The same value twice: in kind, content and order. Positions and layout do not count.
struct ValueComparison {
  /// JSON has neither infinities nor "not a number": there they are null.
  var nullsNonfinite = false

  func areEqual(_ left: Value, _ right: Value) -> Bool {
    var pairs = [(left, right)]
    while let (left, right) = pairs.popLast() {
      switch left.kind {
      case .array:
        guard right.kind == .array, left.count == right.count else { return false }
        pairs.append(contentsOf: zip(left.elements, right.elements))
      case .object:
        guard right.kind == .object, left.count == right.count else { return false }
        for (mine, other) in zip(left.members, right.members) {
          guard mine.name.utf8.elementsEqual(other.name.utf8) else { return false }
          pairs.append((mine.value, other.value))
        }
      default:
        guard areEqualScalars(left, right) else { return false }
      }
    }
    return true
  }

  private func areEqualScalars(_ left: Value, _ right: Value) -> Bool {
    if nullsNonfinite, left.kind == .real, let number = left.number, !number.isFinite { return right.isNull }
    guard left.kind == right.kind else { return false }
    return switch left.kind {
    case .null: true
    case .boolean: left.boolean == right.boolean
    case .integer: left.integer == right.integer
    case .real: left.number?.bitPattern == right.number?.bitPattern
    case .string: left.textBytes.elementsEqual(right.textBytes)
    case .array, .object: false
    }
  }
}

extension Value {
  /// Visits this value and all in it, aliases as often as they stand there; false when there are more than a limit.
  func visitAll(limit: Int, _ visit: (Value) -> Void) -> Bool {
    var open = [self]
    var count = 0
    while let value = open.popLast() {
      count += 1
      guard count <= limit else { return false }
      visit(value)
      open.append(contentsOf: value.elements)
      for member in value.members {
        open.append(member.key)
        open.append(member.value)
      }
    }
    return true
  }

  /// This value as JSON.
  func json(_ layout: JSONWriter.Layout) -> [UInt8] {
    var writer = JSONWriter(layout)
    writer.value(self)
    return writer.takeBytes()
  }
}
