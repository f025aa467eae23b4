/// How the members of the last object began: lines of a feed are written by one program, so that the next one mostly has the
/// same keys in the same order, blanks and all. Where a member begins as its predecessor did, byte for byte, its key need
/// not be read again.
struct JSONShape: Sendable {
  /// The longest beginning that is kept: from the quote before a key to the value behind its colon.
  private static let longest = 24
  private static let mostMembers = 16

  /// By member three words, of which only those bytes count that are under the masks. Arrays and no records of them: reading a
  /// part of a large value copies all of it.
  private var words = [UInt64](repeating: 0, count: 3 * JSONShape.mostMembers)
  private var masks = [UInt64](repeating: 0, count: 3 * JSONShape.mostMembers)
  private var lengths = [Int](repeating: 0, count: JSONShape.mostMembers)
  /// The place of the key among the wanted ones; -1 for none.
  private var places = [Int](repeating: -1, count: JSONShape.mostMembers)
  private var count = 0

  /// Where the value of a member begins that stands at `index` and begins as the one at the same place of the last object
  /// did, and the place of its key, -1 for none; nil where it begins otherwise.
  @inline(__always)
  func known(_ member: Int, _ bytes: Span<UInt8>, at index: Int) -> (value: Int, place: Int)? {
    guard member < count, index + Self.longest <= bytes.count else { return nil }
    let first = 3 * member
    let difference =
      ((Self.word(bytes, index) ^ words[first]) & masks[first])
      | ((Self.word(bytes, index + 8) ^ words[first + 1]) & masks[first + 1])
      | ((Self.word(bytes, index + 16) ^ words[first + 2]) & masks[first + 2])
    return difference == 0 ? (index + lengths[member], places[member]) : nil
  }

  /// Keeps how a member began, which stands at a range; members after it are another object's.
  mutating func keep(_ member: Int, _ bytes: Span<UInt8>, _ range: Range<Int>, place: Int) {
    // Behind a member that is not kept none is.
    guard member < Self.mostMembers, member <= count else { return }
    guard range.count <= Self.longest, range.lowerBound + Self.longest <= bytes.count else {
      count = member
      return
    }
    for word in 0..<3 {
      let rest = min(max(range.count - 8 * word, 0), 8)
      words[3 * member + word] = Self.word(bytes, range.lowerBound + 8 * word)
      masks[3 * member + word] = rest == 8 ? .max : (1 << UInt64(8 * rest)) - 1
    }
    lengths[member] = range.count
    places[member] = place
    count = member + 1
  }

  @inline(__always)
  private static func word(_ bytes: Span<UInt8>, _ index: Int) -> UInt64 {
    UInt64(littleEndian: unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
  }
}
