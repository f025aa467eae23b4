/// Whether a phase may be signed off: it is PROVEN now, so is every phase that it requires, directly or not, and nothing
/// contradicts that.
package struct SignOffCheck: Sendable {
  /// A phase that comes first.
  package struct Prerequisite: Sendable, Hashable {
    /// Its id.
    package let phaseID: String
    /// What was computed; nil where it could not be: it has no document.
    package let verdict: Verdict?

    /// A phase with its verdict.
    package init(phaseID: String, verdict: Verdict?) {
      self.phaseID = phaseID
      self.verdict = verdict
    }
  }

  /// Why not, and how grave that is.
  package struct Obstacle: Sendable, Hashable {
    /// What stands in the way.
    package let message: String
    /// What it is to the exit status.
    package let status: ExitStatus
  }

  /// The verdict on the phase itself; nil where there is none.
  package let verdict: Verdict?
  /// Every phase that it rests on, sorted.
  package let prerequisites: [Prerequisite]
  /// What stands in the way; empty when the phase may be signed off.
  package let obstacles: [Obstacle]

  /// Looks at a phase among all that were judged.
  package init(phaseID: String, phases: [PhaseResult], graph: PhaseGraph) {
    let judged = Dictionary(phases.map { ($0.phaseID, $0) }, uniquingKeysWith: { first, _ in first })
    let nodes = Dictionary(graph.nodes.map { ($0.phaseID, $0) }, uniquingKeysWith: { first, _ in first })
    var names: Set<String> = []
    var open = nodes[phaseID]?.requires ?? []
    while let name = open.popLast() {
      if name != phaseID, names.insert(name).inserted { open += nodes[name]?.requires ?? [] }
    }
    let sorted = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    verdict = judged[phaseID]?.verdict
    prerequisites = sorted.map { Prerequisite(phaseID: $0, verdict: judged[$0]?.verdict) }
    var obstacles = Self.obstacles(phaseID, judged[phaseID])
    for name in sorted { obstacles += Self.obstacles(name, judged[name], requiredBy: phaseID) }
    for cycle in graph.cycles where cycle.contains(phaseID) || !names.isDisjoint(with: cycle) {
      obstacles.append(
        Obstacle(message: "phases require each other: \(cycle.joined(separator: ", "))", status: .findings))
    }
    self.obstacles = obstacles
  }

  /// 0 when the phase may be signed off, else the gravest of what stands in the way.
  package var exitStatus: ExitStatus { obstacles.reduce(.clean) { $0.combined(with: $1.status) } }

  private static func obstacles(
    _ phaseID: String, _ phase: PhaseResult?, requiredBy dependent: String? = nil
  ) -> [Obstacle] {
    let name = dependent.map { "\(phaseID), which \($0) requires," } ?? phaseID
    guard let phase else {
      return [Obstacle(message: "\(name) has no document, so nothing was judged", status: .designed)]
    }
    var obstacles: [Obstacle] = []
    if phase.verdict != .proven {
      let missing = phase.missing.map(\.code).joined(separator: ", ")
      obstacles.append(
        Obstacle(
          message: "\(name) is \(phase.verdict.rawValue)\(missing.isEmpty ? "" : ": missing \(missing)")",
          status: phase.verdict.exitStatus))
    }
    for finding in phase.findings where finding.level == .error {
      obstacles.append(Obstacle(message: "\(name) is contradicted: \(finding.message)", status: .findings))
    }
    return obstacles
  }
}
