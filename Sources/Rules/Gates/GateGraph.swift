/// Which gates wait for which.
package struct GateGraph: Sendable {
  private let ids: [String]
  private let needs: [[Int]]

  /// A graph from gates and what each needs; of two gates with one id the last counts, and needs that are no gate are
  /// left out.
  package init(_ gates: [(id: String, needs: [String])]) {
    let last = Dictionary(gates.map { (Array($0.id.utf8), $0.needs) }) { $1 }
    let keys = last.keys.sorted { $0.lexicographicallyPrecedes($1) }
    let places = Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($0.element, $0.offset) })
    ids = keys.map { String(decoding: $0, as: UTF8.self) }
    needs = keys.map { key in (last[key] ?? []).compactMap { places[Array($0.utf8)] } }
  }

  /// Each set of gates that wait for each other (a strongly connected set, or a gate that waits for itself), in code point
  /// order, the sets by their first gates.
  package var cycles: [[String]] {
    var walk = Walk(needs)
    for node in ids.indices where !walk.isSeen(node) { walk.visit(node) }
    return walk.components.filter { $0.count > 1 || needs[$0[0]].contains($0[0]) }
      .map { $0.sorted() }.sorted { $0[0] < $1[0] }.map { $0.map { ids[$0] } }
  }

  /// Tarjan's strongly connected components with a stack of its own: a chain may be as long as the map.
  private struct Walk {
    private let needs: [[Int]]
    private var order: [Int?]
    private var low: [Int]
    private var isOpen: [Bool]
    private var open: [Int] = []
    private var count = 0
    private(set) var components: [[Int]] = []

    init(_ needs: [[Int]]) {
      self.needs = needs
      order = Array(repeating: nil, count: needs.count)
      low = Array(repeating: 0, count: needs.count)
      isOpen = Array(repeating: false, count: needs.count)
    }

    func isSeen(_ node: Int) -> Bool { order[node] != nil }

    mutating func visit(_ start: Int) {
      var path = [(node: start, next: 0)]
      enter(start)
      while let top = path.last {
        if top.next < needs[top.node].count {
          path[path.count - 1].next += 1
          let other = needs[top.node][top.next]
          if let number = order[other] {
            if isOpen[other] { low[top.node] = min(low[top.node], number) }
          } else {
            enter(other)
            path.append((other, 0))
          }
        } else {
          path.removeLast()
          if let parent = path.last { low[parent.node] = min(low[parent.node], low[top.node]) }
          if low[top.node] == order[top.node] { close(top.node) }
        }
      }
    }

    private mutating func enter(_ node: Int) {
      order[node] = count
      low[node] = count
      count += 1
      open.append(node)
      isOpen[node] = true
    }

    private mutating func close(_ node: Int) {
      var component: [Int] = []
      while let last = open.popLast() {
        isOpen[last] = false
        component.append(last)
        if last == node { break }
      }
      components.append(component)
    }
  }
}
