/// Which phases must be PROVEN before which, as the registry says, with what was judged of each: what a reader draws, and
/// where its contradictions are.
package struct PhaseGraph: Sendable, Hashable {
  /// A phase that the registry names, that is required, or that has a document.
  package struct Node: Sendable, Hashable {
    /// The phase.
    package let phaseID: String
    /// What the registry says; nil without an entry.
    package let registered: String?
    /// What was computed; nil when it was not judged in this run.
    package let computed: Verdict?
    /// There is a document.
    package let hasDocument: Bool
    /// The phases that it requires, in the order of the registry.
    package let requires: [String]
    /// Its entry, or the registry where it has none.
    package let location: Location
  }

  /// Sorted by phase.
  package let nodes: [Node]
  /// Phases that require each other, one way round for each group: `[A, B]` is A → B → A. Begins with the least phase.
  package let cycles: [[String]]
  /// What cannot be: cycles, phases that nobody knows, proof that rests on what is unproven.
  package let findings: [Finding]

  /// A graph of nothing.
  package init() {
    nodes = []
    cycles = []
    findings = []
  }

  /// The graph of all phases.
  ///
  /// - Parameters:
  ///   - computed: what was judged in this run.
  ///   - documented: the phases that have a document.
  ///   - start: only these phases and what they require, directly or not; nil is everything.
  package init(
    _ registry: PhaseRegistry, computed: [String: Verdict], documented: Set<String>, from start: [String]? = nil
  ) {
    let phaseIDs = Self.reachable(from: start ?? registry.phaseIDs + documented, registry)
    let nodes = phaseIDs.map { phaseID in
      let entry = registry.entry(phaseID)
      return Node(
        phaseID: phaseID, registered: entry?.verdict, computed: computed[phaseID],
        hasDocument: documented.contains(phaseID), requires: Self.requires(phaseID, registry),
        location: entry?.location ?? Location(path: registry.path))
    }
    let cycles = PhaseCycles(nodes).cycles
    self.nodes = nodes
    self.cycles = cycles
    findings = GraphFindings(nodes, cycles, registry).findings
  }

  private static func requires(_ phaseID: String, _ registry: PhaseRegistry) -> [String] {
    guard case .phases(let names)? = registry.entry(phaseID)?.requires else { return [] }
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }

  private static func reachable(from start: [String], _ registry: PhaseRegistry) -> [String] {
    var seen = Set(start)
    var open = Array(seen)
    while let phaseID = open.popLast() {
      for next in requires(phaseID, registry) where seen.insert(next).inserted { open.append(next) }
    }
    return seen.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

/// The contradictions of a graph.
private struct GraphFindings {
  private let nodes: [String: PhaseGraph.Node]
  private let order: [PhaseGraph.Node]
  private let cycles: [[String]]
  private let registry: PhaseRegistry

  init(_ nodes: [PhaseGraph.Node], _ cycles: [[String]], _ registry: PhaseRegistry) {
    order = nodes
    self.nodes = Dictionary(nodes.map { ($0.phaseID, $0) }, uniquingKeysWith: { first, _ in first })
    self.cycles = cycles
    self.registry = registry
  }

  var findings: [Finding] { cycles.map(cycle) + order.flatMap(unknown) + order.flatMap(unproven) }

  private func cycle(_ phases: [String]) -> Finding {
    let path = (phases + phases.prefix(1)).joined(separator: " → ")
    return Finding(
      ruleID: "dod.gate-cycle", level: .error,
      message: "phases require each other, so none can be the first: \(path)", location: place(phases[0]),
      evidence: phases.dropFirst().map { "\(place($0))" },
      remediation: "take one of the requirements out of the registry")
  }

  private func unknown(_ node: PhaseGraph.Node) -> [Finding] {
    node.requires.compactMap { required in
      guard registry.entry(required) == nil, nodes[required]?.hasDocument != true else { return nil }
      return Finding(
        ruleID: "dod.gate-unknown-phase", level: .error,
        message: "\(node.phaseID) requires \(required), which has neither an entry in the registry nor a document",
        location: node.location, remediation: "correct the name, or register the phase")
    }
  }

  /// What the registry says of both, and what was computed of both: either can be the lie.
  private func unproven(_ node: PhaseGraph.Node) -> [Finding] {
    node.requires.compactMap { required in
      guard let other = nodes[required] else { return nil }
      if node.registered == Verdict.proven.rawValue, registry.verdict(of: required) != Verdict.proven.rawValue {
        return finding(node, other, "the registry calls \(node.phaseID) PROVEN", registry.verdict(of: required))
      }
      if node.computed == .proven, let computed = other.computed, computed != .proven {
        return finding(node, other, "\(node.phaseID) is PROVEN", "\(computed.rawValue) by its evidence")
      }
      return nil
    }
  }

  private func finding(_ node: PhaseGraph.Node, _ other: PhaseGraph.Node, _ claim: String, _ verdict: String) -> Finding
  {
    Finding(
      ruleID: "dod.gate-proven-on-unproven", level: .error,
      message: "\(claim), but requires \(other.phaseID), which is \(verdict)", location: node.location,
      evidence: ["\(other.location)"],
      remediation: "prove \(other.phaseID) first, then \(node.phaseID) again")
  }

  private func place(_ phaseID: String) -> Location { nodes[phaseID]?.location ?? Location(path: registry.path) }
}

/// Finds phases that require each other: strongly connected groups by Tarjan's algorithm without recursion, for a registry
/// may be as deep as it likes.
private struct PhaseCycles {
  private let names: [String]
  private let edges: [[Int]]
  private var index: [Int?]
  private var low: [Int]
  private var stack: [Int] = []
  private var isOnStack: [Bool]
  private var counter = 0
  private var groups: [[Int]] = []

  init(_ nodes: [PhaseGraph.Node]) {
    let places = Dictionary(nodes.enumerated().map { ($1.phaseID, $0) }, uniquingKeysWith: { first, _ in first })
    names = nodes.map(\.phaseID)
    edges = nodes.map { $0.requires.compactMap { places[$0] } }
    index = Array(repeating: nil, count: nodes.count)
    low = Array(repeating: 0, count: nodes.count)
    isOnStack = Array(repeating: false, count: nodes.count)
    for node in nodes.indices where index[node] == nil { visit(node) }
  }

  /// One cycle of each group, sorted by its first phase.
  var cycles: [[String]] {
    groups.compactMap { group in
      guard let least = group.min() else { return nil }
      if group.count == 1, !edges[least].contains(least) { return nil }
      return shortest(from: least, within: Set(group)).map { names[$0] }
    }.sorted { $0[0].utf8.lexicographicallyPrecedes($1[0].utf8) }
  }

  private mutating func visit(_ root: Int) {
    var path: [(node: Int, next: Int)] = [(root, 0)]
    enter(root)
    while let (node, next) = path.last {
      if next < edges[node].count {
        path[path.count - 1].next += 1
        let other = edges[node][next]
        if let seen = index[other] {
          if isOnStack[other] { low[node] = min(low[node], seen) }
        } else {
          enter(other)
          path.append((other, 0))
        }
      } else {
        path.removeLast()
        if let parent = path.last?.node { low[parent] = min(low[parent], low[node]) }
        if low[node] == index[node] { leave(node) }
      }
    }
  }

  private mutating func enter(_ node: Int) {
    index[node] = counter
    low[node] = counter
    counter += 1
    stack.append(node)
    isOnStack[node] = true
  }

  private mutating func leave(_ root: Int) {
    var group: [Int] = []
    while let node = stack.popLast() {
      isOnStack[node] = false
      group.append(node)
      if node == root { break }
    }
    groups.append(group)
  }

  /// The shortest way from a node back to itself; of equals the first by the order of the registry.
  private func shortest(from start: Int, within group: Set<Int>) -> [Int] {
    var previous: [Int: Int] = [:]
    var open = [start]
    var place = 0
    while place < open.count {
      let node = open[place]
      place += 1
      for next in edges[node] where group.contains(next) {
        if next == start { return way(to: node, previous) }
        if previous[next] == nil {
          previous[next] = node
          open.append(next)
        }
      }
    }
    return [start]
  }

  private func way(to end: Int, _ previous: [Int: Int]) -> [Int] {
    var way = [end]
    while let node = previous[way[way.count - 1]] { way.append(node) }
    return way.reversed()
  }
}
