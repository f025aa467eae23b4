package import Formats
package import Rules

extension LintError {
  /// `code`, `subject`, and `detail` where there is more to say.
  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("code", code.rawValue)
    json.member("subject", subject)
    if let detail { json.member("detail", detail) }
    json.endObject()
  }

  /// One line: the code, the subject, what it means, and the particulars.
  var line: String {
    let what = subject.map { printable($0) + ": " } ?? ""
    let more = detail.map { " (\(printable($0)))" } ?? ""
    return "  \(padded(code.rawValue, 30))  \(what)\(code.meaning)\(more)\n"
  }
}

extension JSONWriter {
  mutating func errors(_ errors: [LintError]) {
    list("errors", errors) { error, json in error.write(to: &json) }
  }
}

extension PlanLint {
  /// The answer as one object.
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("command", "bundle.lint-plan")
    json.member("ok", errors.isEmpty)
    json.member("plan", plan.path)
    json.member("plan_id", plan.id)
    json.member("registry_id", plan.registryID)
    json.member("plan_digest", plan.digest)
    json.errors(errors)
    json.endObject()
  }

  /// The verdict on one line, then what is wrong.
  package var text: String {
    let name = "\(printable(plan.path ?? "the plan"))  plan \(printable(plan.id ?? "without id"))"
    let verdict = errors.isEmpty ? "CLEAN" : "\(errors.count) \(errors.count == 1 ? "ERROR" : "ERRORS")"
    return "\(verdict)  \(name)" + (plan.digest.map { ", digest \($0)" } ?? "") + "\n" + errors.map(\.line).joined()
  }

  /// What the command ends with.
  package var exitStatus: ExitStatus { LintError.exitStatus(of: errors) }
}

extension Plan {
  /// The answer of `bundle plan-digest` as one object.
  package func writeDigest(to json: inout JSONWriter) {
    json.beginObject()
    json.member("command", "bundle.plan-digest")
    json.member("ok", errors.isEmpty)
    json.member("plan", path)
    json.member("plan_id", id)
    json.member("plan_digest", digest)
    json.errors(errors)
    json.endObject()
  }

  /// The digest and nothing else, for scripts; without one, why.
  package var digestText: String { digest.map { $0 + "\n" } ?? errors.map(\.line).joined() }

  /// What the command ends with.
  package var exitStatus: ExitStatus { LintError.exitStatus(of: errors) }
}

extension RegistryLint {
  /// The answer as one object.
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("command", "bundle.lint-registry")
    json.member("ok", errors.isEmpty)
    json.member("registries", registries)
    json.errors(errors)
    json.endObject()
  }

  /// The verdict on one line, then what is wrong.
  package var text: String {
    let names = registries.isEmpty ? "no registry judged" : registries.map(printable).joined(separator: ", ")
    let verdict = errors.isEmpty ? "CLEAN" : "\(errors.count) \(errors.count == 1 ? "ERROR" : "ERRORS")"
    return "\(verdict)  \(names)\n" + errors.map(\.line).joined()
  }

  /// What the command ends with.
  package var exitStatus: ExitStatus { LintError.exitStatus(of: errors) }
}
