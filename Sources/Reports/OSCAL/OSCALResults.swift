import Formats
package import Rules

/// A run as OSCAL assessment results: for each thing that was judged an observation, with the files that it rests on, and
/// a finding that says whether it is satisfied.
///
/// What could not be evaluated is not satisfied, for a reason of its own. Identifiers are UUIDs of version 5, made from what
/// they name: the same run gives the same bytes.
package struct OSCALResults {
  /// The version of OSCAL whose schema the document follows.
  package static let version = "1.0.6"
  /// Names what OSCAL has no name for.
  private static let namespace = "urn:auditor:ns"

  private let run: AuditRun
  private let subjects: [OSCALSubject]
  private let names: OSCALNames

  /// A rendering of a run.
  package init(_ run: AuditRun) {
    self.run = run
    subjects = OSCALSubject.all(of: run)
    names = OSCALNames(run)
  }

  /// The document, pretty, with a line end at its end.
  package func bytes() -> [UInt8] {
    var json = JSONWriter(.pretty)
    json.beginObject()
    json.object("assessment-results") { json in
      json.member("uuid", names.uuid("assessment-results"))
      writeMetadata(&json)
      json.object("import-ap") { json in json.member("href", "#\(names.uuid("plan"))") }
      json.key("results")
      json.beginArray()
      writeResult(&json)
      json.endArray()
      writeResources(&json)
    }
    json.endObject()
    json.newline()
    return SecretMask.masked(json.takeBytes())
  }

  private var treeName: String { run.root?.split(separator: "/").last.map { printable(String($0)) } ?? "a tree" }

  private func writeMetadata(_ json: inout JSONWriter) {
    json.object("metadata") { json in
      json.member("title", "Audit of \(treeName)")
      json.member("last-modified", run.time.rfc3339)
      json.member("version", run.gitHead ?? "none")
      json.member("oscal-version", Self.version)
      writeProperties(
        [
          ("tool", run.tool.words), ("rule-pack-digest", "sha256:\(run.tool.rulePackDigest)"),
          ("exit-status", String(run.exitStatus.rawValue)), ("outcome", run.exitStatus.name),
        ], &json)
    }
  }

  private func writeProperties(_ properties: [(name: String, value: String)], _ json: inout JSONWriter) {
    json.list("props", properties) { property, json in
      json.beginObject()
      json.member("name", property.name)
      json.member("ns", Self.namespace)
      json.member("value", property.value)
      json.endObject()
    }
  }

  private func writeResult(_ json: inout JSONWriter) {
    json.beginObject()
    json.member("uuid", names.uuid("result"))
    json.member("title", "What is proven, and what is not")
    json.member(
      "description",
      "Outcome: \(run.exitStatus.name) (exit status \(run.exitStatus.rawValue)); "
        + "\(run.coverage.filesScanned) of \(run.coverage.filesSeen) files were read.")
    json.member("start", run.time.rfc3339)
    json.object("reviewed-controls") { json in
      json.key("control-selections")
      json.beginArray()
      json.beginObject()
      json.member(
        "description", "Phases, gates, contracts, bundles and rules that the configuration names or that were found.")
      json.object("include-all") { _ in }
      json.endObject()
      json.endArray()
    }
    // OSCAL has no empty lists.
    if !subjects.isEmpty {
      json.list("observations", subjects) { subject, json in writeObservation(subject, &json) }
      json.list("findings", subjects) { subject, json in writeFinding(subject, &json) }
    }
    json.endObject()
  }

  private func writeObservation(_ subject: OSCALSubject, _ json: inout JSONWriter) {
    json.beginObject()
    json.member("uuid", names.uuid("observation", subject.kind, subject.name))
    json.member("title", subject.title)
    json.member("description", subject.description)
    json.member("methods", ["TEST"])
    if !subject.evidence.isEmpty {
      json.list("relevant-evidence", subject.evidence) { evidence, json in
        json.beginObject()
        json.member("href", RelativeURI.text(of: evidence.path))
        json.member("description", evidence.description)
        json.endObject()
      }
    }
    json.member("collected", run.time.rfc3339)
    if let remarks = subject.remarks { json.member("remarks", remarks) }
    json.endObject()
  }

  private func writeFinding(_ subject: OSCALSubject, _ json: inout JSONWriter) {
    json.beginObject()
    json.member("uuid", names.uuid("finding", subject.kind, subject.name))
    json.member("title", subject.title)
    json.member("description", subject.description)
    json.object("target") { json in
      json.member("type", "objective-id")
      json.member("target-id", OSCALNames.token(subject.kind, subject.name))
      json.object("status") { json in
        json.member("state", subject.state == .satisfied ? "satisfied" : "not-satisfied")
        json.member("reason", subject.state.reason)
      }
    }
    json.key("related-observations")
    json.beginArray()
    json.beginObject()
    json.member("observation-uuid", names.uuid("observation", subject.kind, subject.name))
    json.endObject()
    json.endArray()
    json.endObject()
  }

  private func writeResources(_ json: inout JSONWriter) {
    let plan = run.inputs.filter { ["config", "rules", "waivers", "baseline"].contains($0.role) }
    let evidence = run.inputs.filter { $0.role != "source" && !plan.contains($0) }
    json.object("back-matter") { json in
      json.key("resources")
      json.beginArray()
      json.beginObject()
      json.member("uuid", names.uuid("plan"))
      json.member("title", "What the audit went by: configuration, rules, waivers, baseline")
      if !plan.isEmpty { writeLinks(plan, &json) }
      json.endObject()
      for input in evidence {
        json.beginObject()
        json.member("uuid", names.uuid("resource", input.role, input.path))
        json.member("title", "\(input.role): \(printable(input.path))")
        writeLinks([input], &json)
        json.endObject()
      }
      json.endArray()
    }
  }

  private func writeLinks(_ inputs: [InputRecord], _ json: inout JSONWriter) {
    json.list("rlinks", inputs) { input, json in
      json.beginObject()
      json.member("href", RelativeURI.text(of: input.path))
      json.key("hashes")
      json.beginArray()
      json.beginObject()
      json.member("algorithm", "SHA-256")
      json.member("value", input.sha256)
      json.endObject()
      json.endArray()
      json.endObject()
    }
  }
}
