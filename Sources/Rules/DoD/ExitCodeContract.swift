package import Formats

/// The frozen contract that says what the exit statuses of the DoD checker mean (DoD rules, section 1). A project that
/// carries one is not judged under another.
package enum ExitCodeContract {
  private static let exitCodes = [
    "0": "all non-fixture phases PROVEN", "3": "missing proof", "4": "registry/schema error",
  ]
  private static let proofRequirements: Set = [
    "reachable commit_sha (40 hex)", "activity chain: started -> completed -> verified", "taxonomy_ok = true",
    "synthetic_detected = false", "evidence_path must exist and be readable",
  ]
  private static let fixtureRule: Set = ["excluded in --all", "included in explicit --phase"]

  /// Where a contract departs from the published one; nil when it is that one.
  package static func problem(in contract: Value) -> (message: String, position: SourcePosition)? {
    guard contract.kind == .object else { return ("the exit-code contract is no mapping", contract.position) }
    return required("ABI_version", in: contract, "3.0.0") { $0.kind == .string && $0.text == "3.0.0" }
      ?? required("frozen", in: contract, "true") { $0.boolean == true }
      ?? required(
        "exit_code_contract", in: contract, "exit codes 0, 3 and 4 with their published meanings", isExitCodes)
      ?? required("valid_verdicts", in: contract, "DESIGNED, PARTIAL and PROVEN") {
        isList($0, of: Set(Verdict.allCases.map(\.rawValue)))
      }
      ?? required("proof_requirements", in: contract, "the published proof requirements") {
        isList($0, of: proofRequirements)
      }
      ?? required("fixture_rule", in: contract, "the published fixture rule") { isList($0, of: fixtureRule) }
  }

  private static func required(
    _ key: String, in contract: Value, _ expected: String, _ holds: (Value) -> Bool
  ) -> (message: String, position: SourcePosition)? {
    guard let value = contract[key] else {
      return ("the exit-code contract lacks '\(key)', expected \(expected)", contract.position)
    }
    return holds(value) ? nil : ("'\(key)' of the exit-code contract departs, expected \(expected)", value.position)
  }

  private static func isExitCodes(_ value: Value) -> Bool {
    value.kind == .object && value.count == exitCodes.count
      && value.members.allSatisfy { $0.value.string == exitCodes[$0.name] && exitCodes[$0.name] != nil }
  }

  private static func isList(_ value: Value, of texts: Set<String>) -> Bool {
    value.kind == .array && value.count == texts.count && Set(value.elements.compactMap(\.string)) == texts
  }
}
