/// A set of small numbers that remembers the order of insertion and is emptied in no time.
struct SparseSet {
  private(set) var members: [UInt32]
  private var places: [UInt32]
  private(set) var count = 0

  /// A set for numbers below a capacity.
  init(capacity: Int) {
    members = [UInt32](repeating: 0, count: capacity)
    places = [UInt32](repeating: 0, count: capacity)
  }

  /// True when the number was not in the set yet.
  @inline(__always)
  mutating func insert(_ number: UInt32) -> Bool {
    let place = Int(places[Int(number)])
    if place < count, members[place] == number { return false }
    members[count] = number
    places[Int(number)] = UInt32(truncatingIfNeeded: count)
    count += 1
    return true
  }

  mutating func removeAll() { count = 0 }

  /// The place of a member in the order of insertion.
  @inline(__always)
  func place(of member: UInt32) -> Int { Int(places[Int(member)]) }
}
