import Formats
import Rules

extension AuditJUnit {
  /// For each bundle a case for every targeted gate, one for the bundle as a whole, and one for the code that made it.
  var realityCases: [JUnitCase] {
    run.reality.flatMap { bundle -> [JUnitCase] in
      let result = bundle.result
      let about = { (name: String, reasons: [RealityReason], arguments: String) in
        self.realityCase(bundle, name, reasons, arguments)
      }
      var cases = result.gates.filter(\.isTargeted).map { gate in
        about("gate \(gate.number) \(gate.title)", gate.reasons, " --gate \(gate.number)")
      }
      cases.append(about("bundle", result.reasons.filter { !$0.isAboutCode }, ""))
      if let code = result.code {
        cases.append(about("code", code.reasons, code.paths.map { " --code \($0)" }.joined()))
      }
      return cases
    }
  }

  private func realityCase(
    _ bundle: RealityRun, _ name: String, _ reasons: [RealityReason], _ arguments: String
  ) -> JUnitCase {
    let first = reasons.first.map(bundle.place)
    let codes = Array(Set(reasons.map(\.code))).sorted()
    let body = reasons.map { "\(bundle.place(of: $0)): \($0.kind.rawValue): \($0.code): \($0.explanation)" }
    return JUnitCase(
      className: "auditor.reality.\(bundle.path)", name: name, file: first?.path ?? bundle.path,
      line: first?.line,
      outcome: codes.first.map { code in
        .failure(
          type: code, message: codes.joined(separator: ", "),
          body: body.joined(separator: "\n") + "\nreproduce: auditor reality \(bundle.path)\(arguments)")
      } ?? .passed)
  }

  /// For each run the class of its evidence, and each gate that it requires.
  var evidenceCases: [JUnitCase] {
    run.evidence.flatMap { evidence -> [JUnitCase] in
      let verdict = evidence.verdict
      let name = "auditor.evidence.\(evidence.request)"
      let told = [verdict.reason?.rawValue, verdict.detail.isEmpty ? nil : verdict.detail].compactMap { $0 }
      let outcome =
        verdict.status == .complete
        ? JUnitOutcome.passed
        : .failure(
          type: verdict.reason?.rawValue ?? verdict.status.rawValue,
          message: "the evidence is \(verdict.status.rawValue): \(told.joined(separator: ": "))",
          body: verdict.missing.map { "missing: \($0)\n" }.joined()
            + "reproduce: auditor gates classify --request \(evidence.request)")
      return [JUnitCase(className: name, name: "evidence", file: evidence.request, line: nil, outcome: outcome)]
        + verdict.gates.map { gate in
          JUnitCase(className: name, name: gate.gateID, file: nil, line: nil, outcome: self.outcome(gate))
        }
    }
  }
}
