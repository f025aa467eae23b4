package import Formats

/// What a scenario runner left behind for one run, as it was read: the append-only record, and the documents that follow
/// from it.
package struct RunTrail: Sendable {
  /// A document of the run.
  package struct Document: Sendable {
    /// Where it lies.
    package let path: String
    /// What it says; nil for what is no JSON.
    package let value: Value?
    /// What keeps it from being JSON.
    package let problem: FormatError?

    /// A document as it was read.
    package init(path: String, value: Value?, problem: FormatError? = nil) {
      self.path = path
      self.value = value
      self.problem = problem
    }
  }

  /// A line of the record.
  package struct Event: Sendable {
    /// From 1.
    package let line: Int
    /// What it says; nil for what is no JSON object.
    package let value: Value?

    /// A line as it was read.
    package init(line: Int, value: Value?) {
      self.line = line
      self.value = value
    }
  }

  /// The kinds of documents besides the record, by the folders that hold them.
  package enum Kind: String, Sendable, CaseIterable {
    case plan = "run_plan"
    case status = "run_status"
    case facts = "run_facts_view"
    case ready = "ready_signal"
    case quarantine
  }

  /// The run, by the name of its files.
  package let runID: String
  /// Where the record lies, or would lie.
  package let recordPath: String
  /// The record, nil when there is none.
  package var events: [Event]?
  /// The documents that are there.
  package var documents: [Kind: Document] = [:]

  /// A run of which nothing is known yet.
  package init(runID: String, recordPath: String) {
    self.runID = runID
    self.recordPath = recordPath
  }
}

/// States of a run, as far as the record decides them.
fileprivate enum RecordedState: String {
  case open = "OPEN"
  case planned = "PLANNED"
  case executing = "EXECUTING"
  case waiting = "WAITING_EVIDENCE"
  case ready = "READY"
  case failed = "FAILED"
  case quarantined = "QUARANTINED"

  /// The state that an event of the record brings about; nil for events that change none.
  init?(event kind: String) {
    switch kind {
    case "RUN_ACCEPTED": self = .open
    case "PLAN_COMMITTED": self = .planned
    case "ENGINE_ATTEMPT_LAUNCH_REQUESTED": self = .executing
    case "EVIDENCE_WAITING": self = .waiting
    case "READY_COMMITTED": self = .ready
    case "EVIDENCE_FAIL": self = .failed
    case "EVIDENCE_CONFLICT": self = .quarantined
    default: return nil
    }
  }

  /// Runs only go on; what ended stays as it ended.
  func allows(_ next: RecordedState) -> Bool {
    switch self {
    case .open: [.planned, .failed, .quarantined].contains(next)
    case .planned: [.executing, .waiting, .ready, .failed, .quarantined].contains(next)
    case .executing: [.executing, .waiting, .ready, .failed, .quarantined].contains(next)
    case .waiting: [.waiting, .ready, .failed, .quarantined].contains(next)
    case .ready, .failed, .quarantined: next == self
    }
  }
}

extension RunTrail {
  /// Everything that does not follow from the record, or that nobody may change: each at its file and line.
  package func judged() -> [Finding] {
    var judgement = Judgement(trail: self)
    judgement.judge()
    return judgement.findings
  }

  fileprivate struct Judgement {
    let trail: RunTrail
    var findings: [Finding] = []
    var state: RecordedState?
    var last: [String: Event] = [:]

    init(trail: RunTrail) {
      self.trail = trail
    }

    mutating func judge() {
      for kind in Kind.allCases {
        if let document = trail.documents[kind], let problem = document.problem {
          add("malformed", "no JSON: \(problem.problem)", document.path, problem.position.line)
        }
      }
      guard let events = trail.events else {
        let documents = trail.documents
        if let document = Kind.allCases.compactMap({ documents[$0] }).first {
          add("record-missing", "the run has documents and no record (\(trail.recordPath))", document.path, nil)
        }
        return
      }
      judge(events)
      judgeStatus()
      judgePlan()
      judgeReady()
      judgeQuarantine()
    }
  }
}

extension RunTrail.Judgement {
  /// The record: whole events of this run, each once, in the order of time, and no step back.
  private mutating func judge(_ events: [RunTrail.Event]) {
    var seen: [String: Int] = [:]
    var latest: RunTime?
    for event in events {
      guard let value = event.value, value.kind == .object, let kind = value["event_kind"]?.string,
        let id = value["event_id"]?.string
      else {
        add("record-malformed", "the line is no event with 'event_kind' and 'event_id'", event)
        continue
      }
      last[kind] = event
      if value["run_id"]?.string != trail.runID {
        add("record-malformed", "the event belongs to run '\(value["run_id"]?.text ?? "")', not \(trail.runID)", event)
      }
      if let earlier = seen.updateValue(event.line, forKey: id) {
        add("repeated-event", "the event is already in line \(earlier); an event is appended once", event)
      }
      if let expected = try? EvidenceIdentity.eventID(value), expected != id {
        add("event-id", "the event_id is not the digest of the event (\(expected)); the event was changed", event)
      }
      if let time = value["ts_utc"]?.string.flatMap({ try? RunTime($0) }) {
        if let latest, time < latest { add("record-order", "the event is older than one before it", event) }
        latest = max(latest ?? time, time)
      } else {
        add("record-malformed", "the event has no time 'ts_utc'", event)
      }
      if let next = RecordedState(event: kind) { advance(to: next, event) }
    }
  }

  private mutating func advance(to next: RecordedState, _ event: RunTrail.Event) {
    if let state, !state.allows(next), !(state == .open && next == .open) {
      add("transition", "a run that is \(state.rawValue) does not become \(next.rawValue)", event)
      return
    }
    if state == nil, next != .open { add("transition", "the record does not begin with RUN_ACCEPTED", event) }
    state = next
  }

  /// The status is what the record comes to, and nothing else.
  private mutating func judgeStatus() {
    guard let document = trail.documents[.status] else {
      if let state { add("status-missing", "the run is \(state.rawValue) and has no status", trail.recordPath, nil) }
      return
    }
    guard let status = document.value else { return }
    let told = status["state"]?.string ?? ""
    if let state, told != state.rawValue, told != "VERIFYING" {
      add(
        "status-drift", "the status says \(told), the record comes to \(state.rawValue)", document.path,
        status["state"]?.position.line)
    }
    let ending = [last["EVIDENCE_FAIL"], last["EVIDENCE_CONFLICT"]].compactMap { $0 }.last
    if let reason = ending?.value?["details"]?["reason"]?.string, let shown = status["reason_code"]?.string,
      reason != shown
    {
      add("status-drift", "the status gives the reason \(shown), the record \(reason)", document.path, nil)
    }
  }

  private mutating func judgePlan() {
    guard last["PLAN_COMMITTED"] != nil else { return }
    guard let document = trail.documents[.plan] else {
      return add(
        "plan-missing", "the record commits a plan that is not there", trail.recordPath, last["PLAN_COMMITTED"]?.line)
    }
    guard let plan = document.value else { return }
    let hash = EvidenceIdentity.planHash(plan)
    compare("plan_hash", of: plan, with: hash, in: document)
    compareFact("PLAN_COMMITTED", "plan_hash", hash)
    requireFact("GOV_PLAN_HASH", "plan_hash", hash)
    guard let fact = last["GOV_POLICY_REV"] else {
      return add("governance-missing", "no GOV_POLICY_REV after the plan", trail.recordPath, nil)
    }
    if let policy = plan["policy_rev"], fact.value?["details"]?.equals(policy) != true {
      add("hash-mismatch", "GOV_POLICY_REV names another policy than the plan", fact)
    }
  }

  /// The facts stand before a run is called ready, and say what was sealed.
  private mutating func judgeReady() {
    let isReady = last["READY_COMMITTED"] != nil
    if !isReady, let ready = trail.documents[.ready] {
      add("ready-unfounded", "a READY signal without READY_COMMITTED in the record", ready.path, nil)
    }
    guard isReady else { return }
    guard let document = trail.documents[.facts] else {
      return add(
        "facts-missing", "the run is READY without a facts view", trail.recordPath, last["READY_COMMITTED"]?.line)
    }
    guard let facts = document.value else { return }
    let hash = try? EvidenceBundle.hash(
      locators: list(facts["locators"]), receipts: list(facts["gate_receipts"]), policyRevision: facts["policy_rev"],
      instanceReceipts: list(facts["instance_receipts"]))
    guard let hash else { return }
    compare("bundle_hash", of: facts, with: hash, in: document)
    compareFact("READY_COMMITTED", "bundle_hash", hash)
    requireFact("GOV_BUNDLE_HASH", "bundle_hash", hash)
    judgeReceipts(of: facts, in: document)
    judgeSignal(hash, facts)
  }

  private mutating func judgeReceipts(of facts: Value, in document: RunTrail.Document) {
    let passed = list(facts["gate_receipts"]).filter { $0["status"]?.string == "PASS" }.compactMap {
      $0["gate_id"]?.string
    }
    for gate in list(trail.documents[.plan]?.value?["required_gates"]) where !passed.contains(gate.text) {
      add(
        "facts-incomplete", "no PASS of the required gate \(gate.text)", document.path,
        facts["gate_receipts"]?.position.line)
    }
  }

  private mutating func judgeSignal(_ hash: String, _ facts: Value) {
    guard let document = trail.documents[.ready] else {
      return add("ready-missing", "the run is READY without a signal", trail.recordPath, last["READY_COMMITTED"]?.line)
    }
    guard let signal = document.value else { return }
    compare("bundle_hash", of: signal, with: hash, in: document)
    guard let platform = signal["platform_run_id"]?.string ?? facts["platform_run_id"]?.string,
      signal["message_id"] != nil
    else { return }
    let runID = signal["scenario_run_id"]?.string ?? trail.runID
    compare(
      "message_id", of: signal,
      with: EvidenceIdentity.readyMessageID(platformRunID: platform, runID: runID, seal: hash), in: document)
  }

  private mutating func judgeQuarantine() {
    let document = trail.documents[.quarantine]
    if state == .quarantined, document == nil {
      add("quarantine-missing", "the run is QUARANTINED and no quarantine record says why", trail.recordPath, nil)
    }
    if let document, state != .quarantined {
      add(
        "quarantine-unfounded", "a quarantine record of a run that is \(state?.rawValue ?? "unknown")", document.path,
        nil)
    }
  }
}

extension RunTrail.Judgement {
  private mutating func compare(_ key: String, of value: Value, with expected: String, in document: RunTrail.Document) {
    guard let found = value[key] else {
      return add("hash-mismatch", "\(key) is missing; it would be \(expected)", document.path, value.position.line)
    }
    if found.text != expected {
      add("hash-mismatch", "\(key) is \(found.text), recomputed \(expected)", document.path, found.position.line)
    }
  }

  private mutating func compareFact(_ kind: String, _ key: String, _ expected: String) {
    guard let event = last[kind], let found = event.value?["details"]?[key]?.text, found != expected else { return }
    add("hash-mismatch", "\(kind) names the \(key) \(found), recomputed \(expected)", event)
  }

  private mutating func requireFact(_ kind: String, _ key: String, _ expected: String) {
    guard last[kind] != nil else { return add("governance-missing", "no \(kind) in the record", trail.recordPath, nil) }
    compareFact(kind, key, expected)
  }

  private func list(_ value: Value?) -> [Value] { value?.elements.map { $0 } ?? [] }

  private mutating func add(_ rule: String, _ message: String, _ event: RunTrail.Event) {
    add(rule, message, trail.recordPath, event.line)
  }

  private mutating func add(_ rule: String, _ message: String, _ path: String, _ line: Int?) {
    findings.append(
      Finding(
        ruleID: "runs.\(rule)", level: .error, message: "run \(trail.runID): \(message)",
        location: Location(path: path, line: line),
        remediation: "Do not mend the file: find out who wrote it, and supersede the run with one that is whole."))
  }
}
