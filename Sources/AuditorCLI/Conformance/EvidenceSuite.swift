import Auditor
import Formats
import Reports
import Rules

extension ConformanceSuite {
  /// The evidence of a run classified, or one definition on its way asked for.
  static let evidence = ConformanceSuite(name: "evidence") { row, options, result in
    guard let pack = options.pack else { throw MissingField(name: "--pack") }
    if row["kind"]?.string == "function" {
      let name = try row.requiredText("function")
      guard let function = EvidenceFunction.all[name] else { throw MissingField(name: "function") }
      let answers = try (row["calls"]?.elements.map { $0 } ?? []).map { call in
        guard let input = call["input"] else { throw MissingField(name: "input") }
        return try function(input, pack)
      }
      result.list("results", answers) { $1.value($0) }
      return
    }
    let verdict = try classify(row, pack: pack)
    result.object("result") { verdict.writeMembers(to: &$0) }
  }

  private static func classify(_ row: Value, pack: String) throws -> EvidenceVerdict {
    guard let intent = row["intent"], let policy = row["policy"] else { throw MissingField(name: "intent") }
    let files = try MadeFiles()
    try files.write(row["engine_files"], below: "engine")
    try files.write(row["store_files"], below: "store")
    let run = try RunRequest(intent)
    let map = try YAML.read(Array(try row.requiredText("gate_map").utf8))
    let catalogue = try YAML.read(Array(try row.requiredText("catalogue").utf8))
    return try EvidenceAudit(
      EvidenceAudit.Request(
        run: run, policy: RunPolicy(policy), gateMap: GateMap(map, path: "gate_map"),
        catalogue: OutputCatalogue(catalogue, path: "catalogue"), contracts: EvidenceContracts(pack: pack),
        platformRunID: try row.requiredText("platform_run_id"), createdAt: RunTime(row.requiredText("created_at_utc")),
        now: RunTime(row.requiredText("now_utc")), priorAttempts: row["prior_attempts"]?.integer ?? 0,
        root: "\(files.path)/engine", rootName: run.engineRoot,
        store: ReceiptStore(root: "\(files.path)/store", writes: true))
    ).run()
  }
}

/// The definitions that can be asked for by name.
private enum EvidenceFunction {
  typealias Function = @Sendable (_ input: Value, _ pack: String) throws -> Value

  static let all: [String: Function] = [
    "ids": { input, _ in try text(ids(input)) },
    "bundle_hash": { input, _ in
      try text(
        EvidenceBundle.hash(
          locators: list(input["locators"]), receipts: list(input["receipts"]), policyRevision: input["policy_rev"],
          instanceReceipts: list(input["instance_receipts"])))
    },
    "plan_hash": { input, _ in try text(EvidenceIdentity.planHash(input)) },
    "message_id": { input, _ in try text(messageID(input)) },
    "event_id": { input, _ in try text(EvidenceIdentity.eventID(input)) },
    "intent_fingerprint": { input, _ in try text(EvidenceIdentity.intentFingerprint(input)) },
    "policy_content_digest": { input, _ in try text(EvidenceIdentity.policyDigest(input)) },
    "scope_parts": { input, _ in
      let (parts, isInstance) = EvidenceIdentity.scopeParts(input["scope"]?.string ?? "")
      return try JSON.made { json in
        json.beginObject()
        json.member("parts", parts)
        json.member("instance", isInstance)
        json.endObject()
      }
    },
    "instance_receipt": instanceReceipt,
  ]

  private static func text(_ text: String) throws -> Value { try JSON.made { $0.string(text) } }

  private static func list(_ value: Value?) -> [Value] { value?.elements.map { $0 } ?? [] }

  private static func ids(_ input: Value) throws -> String {
    if let key = input["run_equivalence_key"]?.string { return EvidenceIdentity.runID(equivalenceKey: key) }
    if let set = input["scenario_set"] { return EvidenceIdentity.scenarioID(ofSet: set.elements.map(\.text)) }
    guard let number = input["attempt_no"] else { throw MissingField(name: "attempt_no") }
    return EvidenceIdentity.attemptID(runID: try input.requiredText("run_id"), number: number.text)
  }

  private static func messageID(_ input: Value) throws -> String {
    let runID = try input["scenario_run_id"]?.string ?? input.requiredText("run_id")
    if try input.requiredText("kind") == "ready" {
      let seal = input["bundle_hash"]?.string.flatMap { $0.isEmpty ? nil : $0 }
      return EvidenceIdentity.readyMessageID(
        platformRunID: try input.requiredText("platform_run_id"), runID: runID,
        seal: try seal ?? input.requiredText("plan_hash"))
    }
    guard let status = input.members.first(where: { $0.value.kind == .object })?.value else {
      throw MissingField(name: "status")
    }
    let state = input["state"]?.string ?? status["state"]?.string
    return EvidenceIdentity.terminalKey(runID: runID, state: state ?? "", status: status)
  }

  private static func instanceReceipt(_ input: Value, pack: String) throws -> Value {
    guard let pins = input["pins"], let locator = input["locator"] else { throw MissingField(name: "pins") }
    var receipt: Value?
    var reason: EvidenceVerdict.Reason?
    do {
      let made = try RunPins(pins).instanceReceipt(
        partitions: list(input["partitions"]).map(\.text), locator: locator, prefix: try input.requiredText("prefix"))
      let contracts = try EvidenceContracts(pack: pack)
      let files = try MadeFiles()
      if let existing = input["existing_receipt"], !existing.isNull {
        try AtomicFile.write(JSONWriter.document { $0.value(existing) }, to: "\(files.path)/\(made.path)")
      }
      receipt = try contracts.settle(made.receipt, at: made.path, in: ReceiptStore(root: files.path, writes: true))
    } catch let refusal as InstanceReceipt.Refusal {
      reason = refusal.reason
    }
    let told = (receipt, reason)
    return try JSON.made { json in
      json.beginObject()
      json.key("receipt")
      if let receipt = told.0 { json.value(receipt) } else { json.null() }
      json.member("error", told.1?.rawValue)
      json.endObject()
    }
  }
}
