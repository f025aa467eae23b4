package import Formats
package import Rules

/// Proves the rules of a pack, several at a time.
package struct RuleProving: Sendable {
  private let pack: RulePack
  private let subject: String
  private let today: CivilDate
  private let jobs: Int

  /// Proofs of all rules of a pack; suppressions in examples are judged against `today`.
  package init(_ pack: RulePack, subject: String, today: CivilDate, jobs: Int = WorkerThreads.coreCount) {
    self.pack = pack
    self.subject = subject
    self.today = today
    self.jobs = jobs
  }

  /// One proof a rule about text, in the order of their ids: rules about trees and documents bring no text to change.
  ///
  /// - Parameter progress: told how many of how many rules were proved.
  package func run(progress: (@Sendable (Int, Int) -> Void)? = nil) -> ProofSet {
    let rules = pack.rules.filter { rule in
      switch rule.matcher {
      case .lines, .check: true
      case .document, .repository: false
      }
    }
    let today = today
    let tally = ProgressTally(total: rules.count, tell: progress)
    let parts = IndexedWork.run(jobs: jobs, count: rules.count) { indices in
      var proofs: [(Int, GateProof)] = []
      while let index = indices.next() {
        proofs.append((index, RuleMutations(rules[index], today: today).prove()))
        tally.add(1)
      }
      return proofs
    }
    return ProofSet(subject: subject, proofs: parts.joined().sorted { $0.0 < $1.0 }.map(\.1))
  }
}
