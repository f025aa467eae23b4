/// What linting an interface pack found; paths are relative to the pack root.
package struct PackResult: Sendable {
  /// What is wrong, in the order of the files and lines.
  package var findings: [PackFinding] = []
  /// Outputs of the catalogue.
  package var outputCount = 0
  /// Gates of the gate map.
  package var gateCount = 0
  /// Contracts that were looked at, in byte order of their paths.
  package var contracts: [String] = []
  /// Every file that was read, in byte order of the paths.
  package var inputs: [InputRecord] = []
  /// What could not be read: no verdict.
  package var unevaluated: [Unevaluated] = []

  /// Nothing looked at yet.
  package init() {}

  /// Nothing is wrong, and everything could be read.
  package var isClean: Bool { findings.isEmpty && unevaluated.isEmpty }

  /// The exit status that stands for the result.
  package var exitStatus: ExitStatus { unevaluated.isEmpty ? (findings.isEmpty ? .clean : .findings) : .noVerdict }

  /// How often each rule is broken, in the order of the rules; those that are not are left out.
  package var counts: [(rule: PackRule, count: Int)] {
    PackRule.allCases.map { rule in (rule, findings.count { $0.rule == rule }) }.filter { $0.count > 0 }
  }
}
