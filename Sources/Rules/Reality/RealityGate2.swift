import Formats

/// Gate 2, restart survival: service and storage were down together, and nothing was lost (REALITY_RULES section 7).
struct RealityGate2 {
  /// One side of the restart, well-formed.
  private struct Restart {
    let stopped: Instant
    let started: Instant
    let before: Value
    let after: Value

    init?(_ value: Value?, _ before: String, _ after: String) {
      guard let value, let stopped = value["stopped_at"]?.instant, let started = value["started_at"]?.instant,
        let before = value.present(before), let after = value.present(after), before.string != "", after.string != ""
      else { return nil }
      self.stopped = stopped
      self.started = started
      self.before = before
      self.after = after
    }

    var happened: Bool { !before.isIdentical(to: after) && stopped < started }
  }

  private let export: AuditExport
  private let storage: StorageState
  private let log: ServiceLog
  private var reasons = RealityReasons("GATE2")

  static func reasons(_ export: AuditExport, _ storage: StorageState, _ log: ServiceLog) -> [RealityReason] {
    var gate = RealityGate2(export: export, storage: storage, log: log)
    gate.judge()
    return gate.reasons.all
  }

  private init(export: AuditExport, storage: StorageState, log: ServiceLog) {
    self.export = export
    self.storage = storage
    self.log = log
  }

  private mutating func judge() {
    let restart = storage.document["restart"]
    guard let service = Restart(restart?["service"], "pid_before", "pid_after"),
      let backend = Restart(restart?["storage"], "instance_before", "instance_after")
    else {
      reasons.missing(
        "RESTART_RECORD_MISSING", "no restart of service and storage with times and with what ran before and after",
        in: .storageState, line: restart?.position.line)
      return
    }
    judgeDowntime(service, backend, line: restart?.position.line)
    if !(restart?["manual_intervention"]?.isBoolean(false) ?? false) {
      reasons.refuted("MANUAL_INTERVENTION", "manual_intervention is not false", in: .storageState)
    }
    judgeCounts(restart?["counts"], stopped: service.stopped)
    if !export.records.contains(where: { $0.processInstant.map { $0 > service.started } ?? false }) {
      reasons.missing(
        "NO_POST_RESTART_ACTIVITY", "no record was processed after the service came back", in: .auditExport)
    }
    judgeLog(service, backend)
  }

  private mutating func judgeDowntime(_ service: Restart, _ backend: Restart, line: Int?) {
    if !service.happened {
      reasons.refuted(
        "SERVICE_NOT_RESTARTED", "the same process, or it started before it stopped", in: .storageState, line: line)
    }
    if !backend.happened {
      reasons.refuted(
        "STORAGE_NOT_RESTARTED", "the same instance, or it started before it stopped", in: .storageState, line: line)
    }
    if service.happened, backend.happened,
      max(service.stopped, backend.stopped) >= min(service.started, backend.started)
    {
      reasons.refuted("NOT_BOTH_DOWN", "service and storage were never down together", in: .storageState, line: line)
    }
  }

  private mutating func judgeCounts(_ value: Value?, stopped: Instant) {
    let counts = Self.counts(value)
    if counts?[storage.auditStore] == nil {
      reasons.missing(
        "COUNTS_MISSING", "no counts before and after the restart for '\(storage.auditStore)'", in: .storageState,
        line: value?.position.line)
    }
    guard let counts, let value else { return }
    for (name, count) in counts.sorted(by: { $0.key < $1.key }) where count.before != count.after {
      let lost = count.after < count.before
      reasons.refuted(
        lost ? "RECORDS_LOST" : "RECORDS_APPEARED", "'\(name)' had \(count.before) before and \(count.after) after",
        in: .storageState, line: value.position.line)
    }
    guard export.knowsProcessTimes, let before = counts[storage.auditStore]?.before else { return }
    let recomputed = export.count(processedBy: stopped)
    if before != recomputed {
      reasons.refuted(
        "EXPORT_COUNT_MISMATCH",
        "\(before) records before the restart are claimed, the export has \(recomputed) by then",
        in: .storageState, line: value.position.line)
    }
  }

  private static func counts(_ value: Value?) -> [String: (before: Int128, after: Int128)]? {
    guard let value, value.kind == .array else { return nil }
    var counts: [String: (before: Int128, after: Int128)] = [:]
    for item in value.elements {
      guard let name = item.nonEmptyText("name"), let before = item["before"]?.wholeNumber,
        let after = item["after"]?.wholeNumber
      else { return nil }
      counts[name] = (before, after)
    }
    return counts
  }

  private mutating func judgeLog(_ service: Restart, _ backend: Restart) {
    let moments = [
      ("service.stopped", service.stopped), ("storage.stopped", backend.stopped),
      ("storage.started", backend.started), ("service.started", service.started),
    ]
    for (event, moment) in moments where !log.lines(of: event).contains(where: { $0.time == moment }) {
      reasons.missing("LOG_RESTART_NOT_WITNESSED", "no line event=\(event) at the recorded instant", in: .serviceLog)
    }
    for line in log.lines where line.isFault && line.time >= backend.started {
      reasons.refuted(
        "UNCLEAN_RESTART", "\(line.level) after the storage came back", in: .serviceLog, line: line.number)
    }
  }
}
