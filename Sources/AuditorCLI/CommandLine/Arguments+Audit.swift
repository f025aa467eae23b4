import Auditor
import Reports
import Rules

extension Arguments {
  /// What every command that audits a whole tree takes.
  static let auditFlags: [Flag] = [
    .diff, .baseline, .newOnly, .waivers, .policy, .asOf, .rules, .noCache, .verifyCache, .jobs, .failOn,
    LedgerFlags.ledger,
    LedgerFlags.target,
  ]

  /// The audit that these options ask for.
  func auditRequest(
    root: String, reports: String, time: ReportTime, environment: [String: String]
  ) throws -> Audit.Request {
    var request = Audit.Request(
      root: root, reportsFolder: reports, now: time.timestamp, environment: environment, toolVersion: Version.number)
    request.cache = try cacheRequest()
    request.waivers = list(.waivers)
    request.asOf = try day(.asOf)
    request.ledger = try LedgerPlace.named(value(LedgerFlags.ledger), root: root)
    request.baseline = value(.baseline)
    request.isNewOnly = has(.newOnly)
    request.policy = try policy(besides: [.rules, .waivers, .baseline, .failOn])
    request.since = value(.diff)
    request.rulePacks = list(.rules)
    request.jobs = try count(.jobs) ?? WorkerThreads.coreCount
    request.threshold = value(.failOn).flatMap(FailureThreshold.init(rawValue:))
    return request
  }

  /// Where reports of a tree go. A variable that was not set is no folder: it would be the root of the file system.
  func reportsFolder(inTree root: String) throws(UsageError) -> String {
    guard let named = value(.reportsDirectory) else { return ReportSet.folder(inTree: root) }
    if named.isEmpty { throw .missingValue(flag: Flag.reportsDirectory.usage) }
    return named
  }

  /// Under which name the runs of a tree stand in a ledger, as it keeps names: without secrets.
  func ledgerTarget(of root: String) throws -> String {
    SecretMask.masked(try value(LedgerFlags.target) ?? LedgerPlace.target(of: root))
  }

  /// Earlier runs of a tree, for its page; none where no ledger is named, or it is not there yet.
  func pastRuns(in ledger: String?, root: String) throws -> [PastRun] {
    guard let path = ledger else { return [] }
    let target = try ledgerTarget(of: root)
    do throws(LedgerError) {
      let ledger = try Ledger.open(path)
      return try ledger.pastRuns(of: target, most: AuditPage.mostPastRuns)
    } catch {
      if case .absent = error { return [] }
      throw error
    }
  }
}

extension Audit.Request {
  /// Runs the audit, with its progress on a terminal.
  func run(_ console: Console) throws -> AuditRun {
    let progress = ProgressLine(console, what: "scanning")
    let run = try Interruption.heeded {
      try Audit(self).run { done, total in
        progress.show(done, of: total)
      } say: { words in
        console.note("auditor: \(words)")
      }
    }
    progress.clear()
    return run
  }
}

extension Flag {
  static let reportsDirectory = Flag(
    "reports-dir", .value("DIR"), help: "Where reports are written (default: PATH/reports)")
}
