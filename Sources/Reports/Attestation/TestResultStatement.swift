import Formats
package import Rules

/// A run as an in-toto test-result statement: each rule, phase, gate, contract and bundle is a test.
///
/// https://github.com/in-toto/attestation/blob/main/spec/predicates/test-result.md
package struct TestResultStatement {
  /// Names the predicate.
  package static let predicateType = "https://in-toto.io/attestation/test-result/v0.1"

  /// Why a run cannot be attested.
  package enum Failure: Error, CustomStringConvertible {
    /// Something could not be judged, and such a statement has no word for that.
    case unevaluated(Int)
    /// There is neither a commit nor a file that decided something.
    case noSubject

    /// What to do about it.
    package var description: String {
      switch self {
      case .unevaluated(let count): "\(count) thing(s) could not be judged, so there is no result to attest"
      case .noSubject: "there is nothing to attest to: no commit, and no file that decided anything"
      }
    }
  }

  private var passed: [String] = []
  private var warned: [String] = []
  private var failed: [String] = []
  private let run: AuditRun
  private let target: String

  /// A statement about a run.
  package init(_ run: AuditRun, target: String) throws(Failure) {
    guard run.unevaluated.isEmpty else { throw .unevaluated(run.unevaluated.count) }
    guard run.gitHead != nil || !run.inputs.isEmpty else { throw .noSubject }
    self.run = run
    self.target = target
    sortFindings()
    for phase in run.phases { add("dod/\(phase.phaseID)", phase.verdict.exitStatus) }
    for gate in run.gates { add("gates/\(gate.gateID)", gate.status.exitStatus) }
    for contract in run.contracts { add("contracts/\(contract.path)", contract.isUsable ? .clean : .findings) }
    for bundle in run.bundles { add("bundles/\(bundle.path)", bundle.exitStatus) }
  }

  /// `PASSED`, `WARNED` or `FAILED`.
  package var result: String { !failed.isEmpty ? "FAILED" : warned.isEmpty ? "PASSED" : "WARNED" }

  /// The statement as one line of JSON. It is about the commit, or outside of git about every file that decided something.
  package var bytes: [UInt8] {
    let subjects =
      run.gitHead.map { [Statement.Subject.commit($0, of: target)] }
      ?? run.inputs.map { Statement.Subject(name: $0.path, algorithm: "sha256", digest: $0.sha256) }
    return Statement.bytes(about: subjects, predicateType: Self.predicateType) { json in
      json.member("result", result)
      json.key("configuration")
      json.beginArray()
      Statement.write("rules", digest: run.tool.rulePackDigest, to: &json)
      for input in run.inputs where ["config", "waivers", "baseline"].contains(input.role) {
        Statement.write(input.path, digest: input.sha256, to: &json)
      }
      json.endArray()
      json.member("passedTests", passed)
      json.member("warnedTests", warned)
      json.member("failedTests", failed)
      json.object("\(Statement.names)/tool") { json in
        json.member("name", run.tool.name)
        json.member("version", run.tool.version)
        json.member("commit", run.tool.commit)
      }
      json.member("\(Statement.names)/time", run.time.rfc3339)
      json.member("\(Statement.names)/scope", run.scope.kind.rawValue)
    }
  }

  /// A rule fails where a finding of it fails the run; where one is told only, it warns.
  private mutating func sortFindings() {
    var grave: Set<String> = []
    var told: Set<String> = []
    for finding in run.openFindings {
      if run.threshold.isReached(by: finding.level) {
        grave.insert(finding.ruleID)
      } else {
        told.insert(finding.ruleID)
      }
    }
    let names = Set(run.rules.map(\.id)).union(grave).union(told)
    for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let test = "scan/\(name)"
      if grave.contains(name) {
        failed.append(test)
      } else if told.contains(name) {
        warned.append(test)
      } else {
        passed.append(test)
      }
    }
  }

  private mutating func add(_ name: String, _ status: ExitStatus) {
    if status == .clean { passed.append(name) } else { failed.append(name) }
  }
}
