/// The immutable arena behind every `Value` of one input: flat records instead of a tree of objects, so that a large
/// catalogue costs a few allocations and no `String` per scalar.
///
/// A class for identity only: values of one input share it, and all of its fields are constants.
final class ValueStorage: Sendable {
  let source: [UInt8]
  let scratch: [UInt8]
  let records: [NodeRecord]
  let children: [UInt32]
  let lines: LineTable

  init(source: [UInt8], scratch: [UInt8], records: [NodeRecord], children: [UInt32]) {
    self.source = source
    self.scratch = scratch
    self.records = records
    self.children = children
    self.lines = LineTable(source.span)
  }
}

/// One node: 24 bytes. What `payload` holds depends on the kind: the bits of a number, or a packed pair
/// (offset and length of text, first child and number of children).
struct NodeRecord: Sendable {
  enum TextPlace: UInt8 {
    case source
    case scratch
  }

  var kind: Value.Kind
  var place: TextPlace
  var style: Value.Style
  var start: UInt32
  var end: UInt32
  var payload: UInt64

  static func pack(_ first: Int, _ second: Int) -> UInt64 {
    UInt64(truncatingIfNeeded: first) << 32 | UInt64(UInt32(truncatingIfNeeded: second))
  }

  var first: Int { Int(payload >> 32) }
  var second: Int { Int(payload & 0xFFFF_FFFF) }
}
