import Formats

/// What a person can check of a bundle with nothing but a shell, `sha256sum`, `jq`, `sqlite3` and `xmllint`: for each
/// claim of the bundle a command that recomputes it, and what it should print.
package struct RealityRecipe: Sendable {
  /// One thing to check, in the folder of the bundle.
  package struct Step: Sendable, Hashable {
    /// What the step belongs to: a gate, or the files themselves when nil.
    package let gate: Int?
    /// What is compared with what.
    package let what: String
    /// A command line for a POSIX shell; its output, without the last line end, is compared.
    package let command: String
    /// What the bundle claims, or for a file the digest of what was judged.
    package let expected: String
  }

  /// Steps in the order of the files and then of the gates.
  package let steps: [Step]

  /// The most decisions and tables that get a step each; a person checks a few, not a million.
  private static let most = 20

  /// A recipe for the targeted gates of a bundle.
  ///
  /// - Parameters:
  ///   - files: every file of the bundle that was read, with its digest.
  ///   - xmlNames: files of the bundle that are XML by name.
  package init(_ documents: RealityDocuments, targeted: [Int], files: [InputRecord], xmlNames: [String]) {
    var steps = files.compactMap { file -> Step? in
      Shell.isQuotable(file.path)
        ? Step(
          gate: nil, what: "\(file.path) is the file that was judged", command: Shell.digest(file.path),
          expected: file.sha256) : nil
    }
    steps += xmlNames.filter(Shell.isQuotable).map { name in
      Step(
        gate: nil, what: "\(name) is well-formed XML",
        command: "xmllint --nonet --noout \(Shell.quoted("./" + name)) && echo well-formed", expected: "well-formed")
    }
    if documents.auditExport != nil {
      steps.append(
        Step(
          gate: nil, what: "no audit id stands in two records",
          command: "jq -r .audit_id audit_export.jsonl | sort | uniq -d | wc -l | tr -d ' '", expected: "0"))
    }
    let scanned = RealityArtifact.allCases.filter { $0.isScanned && documents.content($0) != nil }.map(\.fileName)
    if !scanned.isEmpty {
      steps.append(
        Step(
          gate: nil, what: "no file says TODO or FIXME",
          command: "grep -l -w -E 'TODO|FIXME' \(scanned.joined(separator: " ")) | wc -l | tr -d ' '", expected: "0"))
    }
    for number in targeted where documents.isReady(forGate: number) {
      steps += Self.steps(number, documents).filter { Shell.isPlain($0.expected) }
    }
    self.steps = steps
  }

  private static func steps(_ gate: Int, _ documents: RealityDocuments) -> [Step] {
    func step(_ what: String, _ command: String, _ expected: String?) -> Step? {
      expected.map { Step(gate: gate, what: what, command: command, expected: $0) }
    }
    guard let export = documents.auditExport else { return [] }
    let storage = documents.storageState
    let replay = documents.replayReport
    let isCounted = "wc -l < audit_export.jsonl | tr -d ' '"
    var steps: [Step?] = []
    switch gate {
    case 1:
      let store = storage?.auditStore ?? ""
      steps.append(
        step(
          "the records exported are as many as the audit store claims", isCounted,
          storage?.claimedCounts[store].map { "\($0)" }))
      steps.append(
        step(
          "sequence rises by one from line to line",
          "jq -s 'map(.sequence) | . == [range(.[0]; .[0] + length)]' audit_export.jsonl", "true"))
      steps += databaseSteps(storage, export).map { $0 }
    case 2:
      for (key, who) in [("service", "pid"), ("storage", "instance")] {
        steps.append(
          step(
            "the \(key) came back as another process",
            "jq '.restart.\(key) | .\(who)_before != .\(who)_after' storage_state.json", "true"))
      }
      steps.append(
        step(
          "no store lost or gained a record in the restart",
          "jq '.restart.counts | all(.before == .after)' storage_state.json", "true"))
    case 3:
      steps.append(
        step(
          "the replay started from this export", Shell.digest("audit_export.jsonl"), replay?["source_sha256"]?.string))
      steps.append(
        step(
          "the replay went over all of its records", isCounted, replay?["records_replayed"]?.wholeNumber.map { "\($0)" }
        ))
      steps += decisionSteps(export).map { $0 }
      steps.append(
        step(
          "every replayed outcome is the original, or declared",
          "jq '.outcomes | all(.original == .replayed or .declared_difference != null)' replay_report.json", "true"))
    case 4:
      let deployment = documents.configSnapshot?.present("deployment")
      let services = deployment?["services"].map { Array($0.elements) } ?? []
      for service in services.prefix(most) {
        guard let name = service.string, Shell.isPlain(name) else { continue }
        steps.append(
          step(
            "the service \(name) became healthy",
            "grep -E 'event=compose.healthy .*service=\"?\(name)\"?( |$)' service.log > /dev/null && echo healthy",
            "healthy"))
      }
      steps.append(
        step(
          "no scenario ended with an error",
          "grep 'event=scenario.completed' service.log | grep -v -E 'exit=\"?0\"?( |$)' | wc -l | tr -d ' '", "0"))
    case 5:
      if documents.timeModel?["ordering"]?.string == "sequence" {
        steps.append(
          step(
            "the ordering proof is the digest of the audit ids in their order",
            "jq -js 'sort_by(.sequence) | map(.audit_id) | join(\"\\n\")' audit_export.jsonl | \(Shell.sum)",
            documents.timeModel?["ordering_proof"]?.string))
      }
      steps.append(step("the replay did not read the clock", "jq '.clock.now_calls' replay_report.json", "0"))
    case 6:
      let keys = documents.idempotencyReport?["key_store"]?["keys"]?.wholeNumber
      steps.append(
        step(
          "the different keys are as many as the key store claims",
          "jq -r .idempotency_key audit_export.jsonl | sort -u | wc -l | tr -d ' '", keys.map { "\($0)" }))
      steps.append(
        step(
          "no key stands in two records",
          "jq -r .idempotency_key audit_export.jsonl | sort | uniq -d | wc -l | tr -d ' '", "0"))
      steps.append(
        step(
          "no double injection changed a count",
          "jq '.injections | all(.counts_before == .counts_after)' idempotency_report.json", "true"))
      steps.append(
        step(
          "no double injection changed a verdict",
          "jq '.injections | all(.verdict_first == .verdict_second and .intent_hash_first == .intent_hash_second)' idempotency_report.json",
          "true"))
    default:
      if let claim = documents.configHash.flatMap({ ConfigHash($0) }) {
        let command =
          claim.isCanonical ? "jq -cjS . config_snapshot.json | \(Shell.sum)" : Shell.digest("config_snapshot.json")
        steps.append(step("the configuration has the digest in config_hash.txt", command, claim.digest.hex))
        steps.append(
          step("the replay used that configuration", "jq -r .config_sha256 replay_report.json", claim.digest.hex))
      }
      if documents.operatorActions != nil {
        let ids = { (source: String) in "$(\(source) | sort | \(Shell.sum))" }
        steps.append(
          step(
            "the export and operator_actions.jsonl have the same actions",
            "test \"\(ids("jq -r 'select(.event_kind == \"operator_action\") | .payload.action_id' audit_export.jsonl"))\" = \"\(ids("jq -r .action_id operator_actions.jsonl"))\" && echo same",
            "same"))
        steps.append(
          step(
            "the replay consumed every action", "wc -l < operator_actions.jsonl | tr -d ' '",
            replay?["operator_actions_consumed"]?.wholeNumber.map { "\($0)" }))
      }
    }
    return steps.compactMap { $0 }
  }

  private static func databaseSteps(_ storage: StorageState?, _ export: AuditExport) -> [Step] {
    guard let storage, let question = storage.database, question.isSafe, Shell.isQuotable(question.path),
      question.path.utf8.allSatisfy({ $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "%") })
    else { return [] }
    let open = "sqlite3 -readonly \(Shell.quoted("file:\(question.path)?immutable=1"))"
    var steps = [
      Step(gate: 1, what: "the database is whole", command: "\(open) 'PRAGMA integrity_check'", expected: "ok")
    ]
    for table in storage.tables.prefix(most) {
      steps.append(
        Step(
          gate: 1, what: "table \(table.name) has the rows that it claims",
          command: "\(open) 'SELECT count(*) FROM main.\"\(table.name)\"'", expected: "\(table.rows)"))
    }
    if let audit = question.auditTable {
      let exported = "$(jq -r .audit_id audit_export.jsonl | LC_ALL=C sort -u | \(Shell.sum))"
      let stored = "$(\(open) 'SELECT audit_id FROM main.\"\(audit)\"' | LC_ALL=C sort -u | \(Shell.sum))"
      steps.append(
        Step(
          gate: 1, what: "the audit ids stored are those exported",
          command: "test \"\(exported)\" = \"\(stored)\" && echo same", expected: "same"))
    }
    return steps
  }

  /// Intents that `jq` writes as the rules do: texts and small whole numbers.
  private static func decisionSteps(_ export: AuditExport) -> [Step] {
    let decisions = export.records.filter { $0.isDecision && isPlain($0.payload["intent"]) }
    return decisions.prefix(most).compactMap { record in
      record.payload["intent_hash"]?.string.map { claimed in
        Step(
          gate: 3, what: "the decision of line \(record.line) has the digest of its intent",
          command: "sed -n \(record.line)p audit_export.jsonl | jq -cjS .payload.intent | \(Shell.sum)",
          expected: claimed)
      }
    }
  }

  private static func isPlain(_ value: Value?) -> Bool {
    guard let value else { return false }
    switch value.kind {
    case .null, .boolean: return true
    case .real: return false
    case .integer: return (value.integer?.magnitude ?? .max) < 1 << 53
    case .string: return value.textBytes.allSatisfy { (0x20..<0x7F).contains($0) }
    case .array: return value.elements.allSatisfy { isPlain($0) }
    case .object:
      return value.members.allSatisfy { member in
        member.name.utf8.allSatisfy { (0x20..<0x7F).contains($0) } && isPlain(member.value)
      }
    }
  }
}

/// Text of a bundle on its way into a command line.
private enum Shell {
  static let sum = "sha256sum | cut -c1-64"

  static func digest(_ path: String) -> String { "sha256sum < \(quoted("./" + path)) | cut -c1-64" }

  static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }

  /// Whether a name can stand in a line that people read.
  static func isQuotable(_ text: String) -> Bool { text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } }

  /// Whether a value is a word: what a step prints and people compare.
  static func isPlain(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 128
      && text.utf8.allSatisfy { byte in
        ASCII.isWord(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
      }
  }
}
