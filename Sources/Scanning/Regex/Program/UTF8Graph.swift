/// The UTF-8 encodings of a set of code points as a small acyclic graph of byte ranges.
///
/// Nodes are in an order in which edges lead to lower numbers only; node 0 is the end and the last node the beginning.
/// The edges of a node are sorted and do not overlap, and equal nodes are one, so common continuations are shared.
/// Surrogates have no encoding and are left out.
struct UTF8Graph: Sendable {
  struct Edge: Hashable, Sendable {
    let low: UInt8
    let high: UInt8
    let node: Int
  }

  private(set) var nodes: [[Edge]] = [[]]
  private var known: [[Edge]: Int] = [:]

  init(_ set: ScalarSet) {
    var sequences: [[ClosedRange<UInt8>]] = []
    for run in set.runs { UTF8Graph.append(run, to: &sequences) }
    let root = build(sequences[...], depth: 0)
    known = [:]
    if root != nodes.count - 1 { nodes.append(nodes[root]) }
  }

  /// Whether anything is in the set.
  var isEmpty: Bool { nodes[nodes.count - 1].isEmpty }

  private mutating func build(_ sequences: ArraySlice<[ClosedRange<UInt8>]>, depth: Int) -> Int {
    if let first = sequences.first, first.count == depth { return 0 }
    var edges: [Edge] = []
    var start = sequences.startIndex
    while start < sequences.endIndex {
      let range = sequences[start][depth]
      let end = sequences[start...].firstIndex { $0[depth] != range } ?? sequences.endIndex
      let node = build(sequences[start..<end], depth: depth + 1)
      edges.append(Edge(low: range.lowerBound, high: range.upperBound, node: node))
      start = end
    }
    if let node = known[edges] { return node }
    nodes.append(edges)
    known[edges] = nodes.count - 1
    return nodes.count - 1
  }

  /// Splits a run until every piece has one byte range at each place of its encoding.
  private static func append(_ run: ScalarSet.Run, to sequences: inout [[ClosedRange<UInt8>]]) {
    var pending = [run]
    while let piece = pending.popLast() {
      if let cut = cut(piece) {
        pending.append(ScalarSet.Run(cut + 1, piece.last))
        pending.append(ScalarSet.Run(piece.first, cut))
      } else if !(0xD800...0xDFFF).contains(piece.first) {
        let low = encode(piece.first)
        let high = encode(piece.last)
        sequences.append(zip(low, high).map { $0...$1 })
      }
    }
  }

  /// The last code point of the first part when a run has to be split.
  private static func cut(_ run: ScalarSet.Run) -> UInt32? {
    for last: UInt32 in [0x7F, 0x7FF, 0xD7FF, 0xDFFF, 0xFFFF] where run.first <= last && run.last > last {
      return last
    }
    let continuations = run.first <= 0x7F ? 0 : run.first <= 0x7FF ? 1 : run.first <= 0xFFFF ? 2 : 3
    for place in 0..<continuations {
      let mask: UInt32 = 1 << (6 * UInt32(place + 1)) - 1
      if run.first & ~mask == run.last & ~mask { return nil }
      if run.first & mask != 0 { return run.first | mask }
      if run.last & mask != mask { return (run.last & ~mask) - 1 }
    }
    return nil
  }

  private static func encode(_ scalar: UInt32) -> [UInt8] {
    func continuation(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: scalar >> shift & 0x3F | 0x80) }
    switch scalar {
    case ..<0x80: return [UInt8(truncatingIfNeeded: scalar)]
    case ..<0x800: return [UInt8(truncatingIfNeeded: scalar >> 6 | 0xC0), continuation(0)]
    case ..<0x10000:
      return [UInt8(truncatingIfNeeded: scalar >> 12 | 0xE0), continuation(6), continuation(0)]
    default:
      return [
        UInt8(truncatingIfNeeded: scalar >> 18 | 0xF0), continuation(12), continuation(6), continuation(0),
      ]
    }
  }
}
