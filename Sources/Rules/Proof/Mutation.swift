/// A change to evidence after which a green answer must turn red: what it does, and which reasons would be right.
///
/// A check that stays green under it cannot fail in that way, however often it has passed.
package struct Mutation: Sendable, Hashable {
  /// `drop-record`, `flip-byte`, …
  package let id: String
  /// What is done to the evidence, in words.
  package let deed: String
  /// The reason codes of which at least one must appear; a red answer for another reason does not count.
  package let expected: Set<String>

  /// A mutation.
  package init(_ id: String, _ deed: String, expected: Set<String>) {
    self.id = id
    self.deed = deed
    self.expected = expected
  }
}

/// What came of one mutation.
package struct MutationResult: Sendable {
  /// How the check answered.
  package enum Outcome: String, Sendable {
    /// Red, and for a right reason.
    case killed
    /// Still green: the check cannot fail in this way.
    case survived
    /// Red, but for none of the right reasons.
    case misattributed
    /// The evidence has nothing that could be changed so.
    case notApplicable = "not_applicable"
  }

  /// What was done.
  package let mutation: Mutation
  /// How the check answered.
  package let outcome: Outcome
  /// The reason codes that appeared, sorted.
  package let reasons: [String]

  /// A result.
  package init(_ mutation: Mutation, _ outcome: Outcome, reasons: [String] = []) {
    self.mutation = mutation
    self.outcome = outcome
    self.reasons = reasons
  }
}

/// Whether a green check has shown that it can fail.
package struct GateProof: Sendable {
  /// What was checked: a bundle, a gate, a phase, a rule.
  package let subject: String
  /// Why nothing was proved: the check was not green to begin with. Nil when it was.
  package let refusal: String?
  /// What came of each mutation.
  package let results: [MutationResult]

  /// A proof, or what stands in its way.
  package init(subject: String, refusal: String? = nil, results: [MutationResult] = []) {
    self.subject = subject
    self.refusal = refusal
    self.results = results
  }

  /// The mutations that could be applied.
  package var applied: [MutationResult] { results.filter { $0.outcome != .notApplicable } }
  /// How many of these turned the check red for the right reason.
  package var killed: Int { results.count { $0.outcome == .killed } }
  /// Those that did not.
  package var survivors: [MutationResult] { applied.filter { $0.outcome != .killed } }

  /// Clean when every mutation was killed and there was at least one.
  package var exitStatus: ExitStatus {
    if refusal != nil || applied.isEmpty { return .noVerdict }
    return survivors.isEmpty ? .clean : .findings
  }
}
