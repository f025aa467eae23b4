import Formats
import Glibc
import Rules

/// How a scan uses what earlier scans of the same root found out.
package struct CacheRequest: Sendable {
  /// Whether it does.
  package enum Use: Sendable {
    /// Files that are known are not read again.
    case on
    /// Every file is read.
    case off
    /// Both, and the outcomes have to be the same.
    case verified
  }

  /// Whether it does.
  package var use = Use.off
  /// What the tool calls itself: another version judges anew.
  package var toolVersion = ""

  /// No cache.
  package init() {}

  /// A cache for a version of the tool.
  package init(_ use: Use, toolVersion: String) {
    self.use = use
    self.toolVersion = toolVersion
  }
}

/// A scan of files on disk that goes by what an earlier one of the same root found out, wherever a file is the same.
struct CachedScan {
  private static let format = "auditor-cache/2"

  let root: String
  let plan: ScanPlan
  let scan: TreeScan
  let request: CacheRequest
  let today: CivilDate
  let salt: [UInt8]?
  let jobs: Int
  let environment: [String: String]

  /// The outcome of the scan, the same with a cache and without. `say` is told why there is none, and what was wrong with it.
  func run(
    _ subject: ScanSubject, progress: @escaping @Sendable (Int, Int) -> Void, say: (String) -> Void
  ) -> ScanOutcome {
    guard request.use != .off, subject.changes == nil, subject.contents == nil else {
      return scan.run(subject, progress: progress)
    }
    if request.use == .verified { return verified(subject, progress: progress, say: say) }
    return cached(subject, by: scan, progress: progress, say: say) ?? scan.run(subject, progress: progress)
  }

  /// Both ways; what they find has to be held to be compared.
  private func verified(
    _ subject: ScanSubject, progress: @escaping @Sendable (Int, Int) -> Void, say: (String) -> Void
  ) -> ScanOutcome {
    var holding = scan
    holding.taker = nil
    let known = cached(subject, by: holding, progress: progress, say: say)
    var outcome = holding.run(subject, progress: progress)
    if let known {
      if known == outcome {
        say("the cache agrees with a scan without it")
      } else {
        outcome = contradicted(outcome, by: known)
      }
    }
    if let taker = scan.taker {
      taker.take(outcome.findings)
      outcome.findings = []
    }
    return outcome
  }

  private func cached(
    _ subject: ScanSubject, by scan: TreeScan, progress: @escaping @Sendable (Int, Int) -> Void, say: (String) -> Void
  ) -> ScanOutcome? {
    do {
      let place = CacheStore.Place(path: try path(), key: key())
      let store = try CacheStore(place)
      if let complaint = store.complaint { say(complaint) }
      let content = CacheContent(subject.listing.files, rows: try store.folders(), jobs: jobs)
      if content.isDamaged { say("a part of the cache was damaged and is made anew") }
      let (outcome, records) = scan.run(subject, knowing: content, progress: progress)
      do {
        // What was not come to is still known.
        let changes = content.changes(records, isWhole: subject.scope.isWhole && !Interruption.isAsked)
        try store.save(changes.changed, removed: changes.removed)
      } catch {
        say("the cache could not be written: \(error)")
      }
      return outcome
    } catch {
      say("no cache: \(error)")
      return nil
    }
  }

  private func path() throws -> String { try CachePlace.path(for: root, environment: environment) }

  /// Everything but the files that decides what is found: the tool, the rules, the day, the salt of the baseline.
  private func key() -> String {
    var status = stat()
    let program = unsafe stat("/proc/self/exe", &status) == 0 ? "\(FileStamp(status))" : ""
    let parts = [
      CachedScan.format, request.toolVersion, program, plan.pack.digest, "\(today.dayNumber)",
      "\(TreeScan.scannedBytes)", salt.map { Hex.text(of: $0.span) } ?? "",
    ]
    return SHA256.digest(Array((parts + plan.rules.map(\.id)).joined(separator: "\n").utf8)).hex
  }

  /// What to say of a cache that is wrong: the clean outcome, and that this must not be.
  private func contradicted(_ clean: ScanOutcome, by cached: ScanOutcome) -> ScanOutcome {
    if let path = try? path() { unsafe unlink(path) }
    let first = zip(clean.findings, cached.findings).first { $0 != $1 }?.0 ?? clean.findings.last
    var outcome = clean
    outcome.unevaluated.append(
      Unevaluated(
        area: .scan, location: first?.location ?? Location(path: "."),
        message: "the cache says otherwise than the files; it was removed, what is told here comes from the files"))
    return outcome
  }
}
