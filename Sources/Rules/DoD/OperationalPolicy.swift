/// Which phases must be proven by what the runtime itself emitted (DoD rules, section 7).
package struct OperationalPolicy: Sendable, Hashable {
  /// The phase that the DoD checker was written for.
  package static let defaultTargets = ["PHASE_15_5_3"]

  /// Operational proof is required of the targets.
  package let isRequired: Bool
  /// Phases by name; `*` is every phase.
  package let targets: [String]

  /// A policy.
  package init(isRequired: Bool, targets: [String] = OperationalPolicy.defaultTargets) {
    self.isRequired = isRequired
    self.targets = targets
  }

  /// The phase is one whose synthetic chains are told.
  package func isTarget(_ phaseID: String) -> Bool { targets.contains(phaseID) || targets.contains("*") }

  /// The phase must be proven operationally.
  package func requires(_ phaseID: String) -> Bool { isRequired && isTarget(phaseID) }
}
