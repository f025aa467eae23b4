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
  /// Where what survived can be looked at, where there is such a place.
  package let place: Location?

  /// A result.
  package init(_ mutation: Mutation, _ outcome: Outcome, reasons: [String] = [], place: Location? = nil) {
    self.mutation = mutation
    self.outcome = outcome
    self.reasons = reasons
    self.place = place
  }
}

/// When earlier runs saw a check red: what no mutation can show.
package struct RedHistory: Sendable, Hashable {
  /// How many reports tell of the check.
  package let reportCount: Int
  /// The time of the last one in which it was not green, and its file; nil when it never was.
  package let last: Sighting?

  /// A report in which a check was not green.
  package struct Sighting: Sendable, Hashable {
    /// When the report was made, as it says.
    package let time: String
    /// Its file.
    package let report: String

    /// A sighting.
    package init(time: String, report: String) {
      self.time = time
      self.report = report
    }
  }

  /// What some reports say.
  package init(reportCount: Int, last: Sighting?) {
    self.reportCount = reportCount
    self.last = last
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
  /// What the reports of earlier runs say; nil where there are none.
  package var history: RedHistory?

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

/// Several checks, each with its proof: the rules of a pack, the gates of a map.
package struct ProofSet: Sendable {
  /// What the checks belong to.
  package let subject: String
  /// One a check, in their order.
  package let proofs: [GateProof]
  /// What could not be read; then nothing is proved.
  package let unevaluated: [Unevaluated]

  /// Proofs that belong together.
  package init(subject: String, proofs: [GateProof], unevaluated: [Unevaluated] = []) {
    self.subject = subject
    self.proofs = proofs
    self.unevaluated = unevaluated
  }

  /// Mutations that could be applied, over all checks.
  package var applied: Int { proofs.reduce(0) { $0 + $1.applied.count } }
  /// How many of these were noticed, for the right reason.
  package var killed: Int { proofs.reduce(0) { $0 + $1.killed } }

  /// Clean when every mutation of every check was killed; no verdict when something could not be read, or nothing at all
  /// was proved.
  package var exitStatus: ExitStatus {
    if !unevaluated.isEmpty || proofs.isEmpty || proofs.contains(where: { $0.refusal != nil }) { return .noVerdict }
    if applied == 0 { return .noVerdict }
    return killed == applied ? .clean : .findings
  }
}

extension String {
  /// A reason code without what it is about: `evidence.hash_mismatch:PATH` is one.
  package var requirementCode: String { String(prefix { $0 != ":" }) }
}
