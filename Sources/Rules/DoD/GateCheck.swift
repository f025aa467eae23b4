/// Whether the phases that must come first are PROVEN (DoD rules, section 5).
package struct GateCheck: Sendable, Hashable {
  /// A required phase with what the registry says of it.
  package struct Prerequisite: Sendable, Hashable {
    /// The phase.
    package let phaseID: String
    /// Its verdict in the registry, DESIGNED when absent.
    package let verdict: String
  }

  /// In the order of the registry.
  package let prerequisites: [Prerequisite]
  /// What is not met, in the same order.
  package let missing: [MissingItem]

  /// Nothing is missing.
  package var isOpen: Bool { missing.isEmpty }

  /// Judges the entry of a phase; without one nothing is required.
  package init(phaseID: String, registry: PhaseRegistry) {
    guard let entry = registry.entry(phaseID), case .phases(let names) = entry.requires else {
      prerequisites = []
      missing = []
      return
    }
    prerequisites = names.map { Prerequisite(phaseID: $0, verdict: registry.verdict(of: $0)) }
    missing = prerequisites.filter { $0.verdict != Verdict.proven.rawValue }
      .map { MissingItem(.prerequisite($0.phaseID), at: entry.location) }
  }
}
