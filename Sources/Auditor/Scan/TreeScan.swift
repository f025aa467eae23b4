package import Formats
import Glibc
package import Rules

/// Runs rules over files: each file is read once, by one of several workers; the outcome does not depend on how many.
package struct TreeScan: Sendable {
  /// The most bytes of one file that rules are run over.
  package static let scannedBytes = 64 << 20

  private let root: String
  private let rules: [Rule]
  private let prepared: PreparedRules
  private let filter: PathFilter
  private let jobs: Int
  private let today: CivilDate
  private let recordsInputs: Bool
  private var salt: [UInt8]?
  /// What this tool wrote itself, and says nothing about the tree.
  private var ownFile: String?
  /// Scanners that are ready already.
  private var shared: PreparedScan?
  /// Takes the findings; without it the outcome holds them.
  var taker: (any FindingTaker)?

  /// How many files a worker takes at a time, most often of one folder; fewer where there are few.
  private static let batch = 32

  /// A scan of files below a root.
  ///
  /// - Parameter recordsInputs: whether the outcome holds the digests of the files that findings are about.
  package init(
    root: String, rules: [Rule], filter: PathFilter, jobs: Int, today: CivilDate, recordsInputs: Bool = true
  ) {
    self.init(
      root: root, rules: rules, prepared: PreparedRules(rules), filter: filter, jobs: jobs, today: today,
      recordsInputs: recordsInputs)
  }

  private init(
    root: String, rules: [Rule], prepared: PreparedRules, filter: PathFilter, jobs: Int, today: CivilDate,
    recordsInputs: Bool
  ) {
    self.recordsInputs = recordsInputs
    self.root = root
    self.rules = rules
    self.prepared = prepared
    self.filter = filter
    self.jobs = jobs
    self.today = today
  }

  /// A scan of files below a root, by a plan; with a salt, findings are made known to baselines, of which one may lie in
  /// the tree.
  init(
    root: String, plan: ScanPlan, jobs: Int, today: CivilDate, salt: [UInt8]? = nil, baseline ownFile: String? = nil,
    recordsInputs: Bool = true
  ) {
    self.init(
      root: root, rules: plan.rules, prepared: plan.prepared, filter: plan.filter, jobs: jobs, today: today,
      recordsInputs: recordsInputs)
    self.salt = salt
    self.ownFile = ownFile
    // Scanners that are shared know no salt.
    shared = salt == nil ? plan.scanners : nil
  }

  /// Scans all files of a listing; `progress` is told how many of how many are done.
  package func run(_ listing: TreeListing, progress: @escaping @Sendable (Int, Int) -> Void) -> ScanOutcome {
    run(ScanSubject(listing, scope: Scope(.tree)), progress: progress)
  }

  /// Scans files; `progress` is told how many of how many are done.
  func run(_ subject: ScanSubject, progress: @escaping @Sendable (Int, Int) -> Void) -> ScanOutcome {
    run(subject, knowing: nil, progress: progress).outcome
  }

  /// Scans files, and reads none that is known to be the same as before.
  ///
  /// - Returns: the outcome, and by the index of their file what has become known.
  func run(
    _ subject: ScanSubject, knowing known: CacheContent?, progress: @escaping @Sendable (Int, Int) -> Void
  ) -> (outcome: ScanOutcome, records: [Int: CacheEntry]) {
    let files = subject.listing.files
    let rootDescriptor = unsafe open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    // Contents that are there already need no root.
    if rootDescriptor < 0, subject.contents == nil {
      return (notOpened(FileError(.open, path: root, code: errno), subject), [:])
    }
    defer { if rootDescriptor >= 0 { close(rootDescriptor) } }
    let batch = max(1, min(TreeScan.batch, files.count / (8 * max(1, jobs))))
    let batches = (files.count + batch - 1) / batch
    let room = CacheRoom(known)
    let parts = IndexedWork.run(jobs: jobs, count: batches) { indices in
      let scanner = shared?.take() ?? FileScanner(prepared, today: today, salt: salt)
      var part = Part(scanner: scanner, usage: RuleUsage(rules))
      defer { shared?.giveBack(scanner) }
      var reader = TreeReader(root: rootDescriptor)
      while let number = indices.next() {
        let start = number * batch
        for index in start..<min(start + batch, files.count) {
          if Interruption.isAsked { break }
          part.reached += 1
          judge(index, of: subject, knowing: known, room, below: rootDescriptor, &reader, into: &part)
        }
        progress(start, files.count)
      }
      return PartResult(
        outcome: part.outcome, reached: part.reached, usedRules: part.usage.used, records: part.records)
    }
    if !Interruption.isAsked { progress(files.count, files.count) }
    let records = parts.reduce(into: [Int: CacheEntry]()) { $0.merge($1.records) { $1 } }
    return (merge(parts, subject), records)
  }

  /// The outcome of a scan whose root cannot be opened any more.
  private func notOpened(_ error: FileError, _ subject: ScanSubject) -> ScanOutcome {
    var outcome = ScanOutcome(unevaluated: subject.listing.unevaluated, coverage: subject.listing.coverage)
    outcome.coverage.rulesLoaded = rules.count
    outcome.unevaluated.append(
      Unevaluated(
        area: .scan, location: Location(path: "."),
        message: "nothing was scanned: cannot open the root: \(error.explanation)"
      ))
    return outcome
  }

  private struct PartResult: Sendable {
    let outcome: ScanOutcome
    let reached: Int
    let usedRules: [String]
    let records: [Int: CacheEntry]
  }

  private struct Part {
    let scanner: FileScanner
    var usage: RuleUsage
    var outcome = ScanOutcome()
    /// Files that were come to, whatever came of them.
    var reached = 0
    var records: [Int: CacheEntry] = [:]
  }

  private func judge(
    _ index: Int, of subject: ScanSubject, knowing known: CacheContent?, _ room: CacheRoom, below root: Int32,
    _ reader: inout TreeReader, into part: inout Part
  ) {
    let file = subject.listing.files[index]
    guard filter.accepts(file.rawPath), ownFile == nil || file.path != ownFile else {
      return part.outcome.coverage.skip(.excluded)
    }
    do throws(FileError) {
      guard let known else { return try judge(file, of: subject, &reader, into: &part) }
      if let entry = known.candidates[index], entry.isTrusted, stamp(of: file, below: root) == entry.stamp {
        return take(entry, of: file, into: &part)
      }
      take(try read(index, file, knowing: known, room, below: root, &reader, into: &part), of: file, into: &part)
    } catch {
      refuse(error, file.path, into: &part.outcome)
    }
  }

  /// Judges a file of which nothing is known from before.
  private func judge(
    _ file: TreeFile, of subject: ScanSubject, _ reader: inout TreeReader, into part: inout Part
  ) throws(FileError) {
    if let contents = subject.contents {
      guard let content = contents[file.rawPath] else {
        throw FileError(.read, path: file.path, reason: .tooLarge(limit: TreeScan.scannedBytes))
      }
      return judge(file, content.span, of: subject, into: &part) { content }
    }
    let count = try reader.read(file, limit: TreeScan.scannedBytes)
    // The array shares the buffer until the reader changes it.
    let buffer = reader.buffer
    judge(file, buffer.span.extracting(first: count), of: subject, into: &part) {
      buffer.count == count ? buffer : Array(buffer[..<count])
    }
  }

  private func judge(
    _ file: TreeFile, _ content: Span<UInt8>, of subject: ScanSubject, into part: inout Part, owned: () -> [UInt8]
  ) {
    do throws(SourceFile.Refusal) {
      let scanned = try part.scanner.scan(path: file.rawPath, content: content, owned: owned)
      part.outcome.coverage.filesScanned += 1
      part.outcome.coverage.bytesScanned += content.count
      part.usage.note(file.rawPath, content)
      guard let scanned else { return }
      var findings = scanned.findings
      if let lines = subject.changes?[file.rawPath] { findings.removeAll { !lines.touches($0, in: scanned.file) } }
      add(findings, of: file, content.count, into: &part) { SHA256.digest(content) }
    } catch {
      part.outcome.coverage.skip(.binary)
    }
  }

  /// Reads a file that is not known to be the same. Where its content is, what is known of it is still true.
  private func read(
    _ index: Int, _ file: TreeFile, knowing known: CacheContent, _ room: CacheRoom, below root: Int32,
    _ reader: inout TreeReader, into part: inout Part
  ) throws(FileError) -> CacheEntry {
    let now = FileStamp.now()
    let before = stamp(of: file, below: root)
    let count = try reader.read(file, limit: TreeScan.scannedBytes)
    let buffer = reader.buffer
    let digest = SHA256.digest(buffer.span.extracting(first: count))
    let old = known.candidates[index]
    let judgement =
      old?.digest == digest
      ? old?.judgement ?? FileJudgement()
      : judgement(of: file, buffer.span.extracting(first: count), by: part.scanner) {
        buffer.count == count ? buffer : Array(buffer[..<count])
      }
    let after = stamp(of: file, below: root)
    let entry = known.entry(
      index, stamp: after ?? FileStamp.none, readAt: now, digest: digest, judgement)
    // A file that was written to meanwhile may be neither what it was nor what it is.
    if let after, before == after, Int(after.byteCount) == count, room.take(entry, insteadOf: old) {
      part.records[index] = entry
    }
    return entry
  }

  private func judgement(
    of file: TreeFile, _ content: Span<UInt8>, by scanner: FileScanner, owned: () -> [UInt8]
  ) -> FileJudgement {
    do throws(SourceFile.Refusal) {
      let findings = try scanner.scan(path: file.rawPath, content: content, owned: owned)?.findings ?? []
      let language = SourceFile.languageName(path: file.rawPath, content: content)
      return FileJudgement(byteCount: content.count, language: language, findings: findings)
    } catch {
      return FileJudgement(isBinary: true, byteCount: content.count)
    }
  }

  private func take(_ entry: CacheEntry, of file: TreeFile, into part: inout Part) {
    let judgement = entry.judgement
    if judgement.isBinary { return part.outcome.coverage.skip(.binary) }
    part.outcome.coverage.filesScanned += 1
    part.outcome.coverage.bytesScanned += judgement.byteCount
    part.usage.note(file.rawPath, language: judgement.language)
    let findings = judgement.findings.map { $0.location.path == file.path ? $0 : $0.at(file.path) }
    add(findings, of: file, judgement.byteCount, into: &part) { entry.digest }
  }

  private func add(
    _ findings: [Finding], of file: TreeFile, _ byteCount: Int, into part: inout Part, digest: () -> Digest
  ) {
    if findings.isEmpty { return }
    if let taker { taker.take(findings, of: file.path) } else { part.outcome.findings += findings }
    guard recordsInputs else { return }
    part.outcome.inputs.append(
      InputRecord(path: file.path, role: "source", sha256: digest().hex, byteCount: byteCount))
  }

  private func stamp(of file: TreeFile, below root: Int32) -> FileStamp? {
    var status = stat()
    let found = unsafe withName(file.rawPath) { unsafe fstatat(root, $0, &status, AT_SYMLINK_NOFOLLOW) }
    return found == 0 && status.st_mode & S_IFMT == S_IFREG ? FileStamp(status) : nil
  }

  private func refuse(_ error: FileError, _ path: String, into outcome: inout ScanOutcome) {
    switch error.reason {
    case .tooLarge: outcome.coverage.skip(.tooLarge)
    case .notRegular: outcome.coverage.skip(.special)
    case .system(ENOENT): outcome.coverage.skip(.vanished)
    default: outcome.coverage.skip(.unreadable)
    }
    outcome.unevaluated.append(
      Unevaluated(area: .scan, location: Location(path: path), message: "not scanned: \(error.explanation)"))
  }

  private func merge(_ parts: [PartResult], _ subject: ScanSubject) -> ScanOutcome {
    let listing = subject.listing
    var whole = ScanOutcome(unevaluated: listing.unevaluated, coverage: listing.coverage)
    var usedRules: Set<String> = []
    for part in parts {
      whole.findings += part.outcome.findings
      whole.unevaluated += part.outcome.unevaluated
      whole.inputs += part.outcome.inputs
      whole.coverage.filesScanned += part.outcome.coverage.filesScanned
      whole.coverage.bytesScanned += part.outcome.coverage.bytesScanned
      for (reason, count) in part.outcome.coverage.skipped { whole.coverage.skipped[reason, default: 0] += count }
      usedRules.formUnion(part.usedRules)
    }
    whole.findings.sort(by: Finding.precedes)
    whole.inputs.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    let missed = listing.files.count - parts.reduce(0) { $0 + $1.reached }
    if missed > 0, let signal = Interruption.name {
      whole.unevaluated.append(
        Unevaluated(
          area: .scan, location: Location(path: "."),
          message:
            "\(signal) ended the scan: \(missed) of \(listing.files.count) files were not looked at; run it again"))
    }
    whole.unevaluated.sort(by: Unevaluated.precedes)
    whole.coverage.rulesLoaded = rules.count
    if subject.scope.isWhole, missed == 0 {
      whole.coverage.patternsWithoutFiles = filter.patternsWithoutFiles(among: listing.files.map(\.rawPath))
      whole.coverage.rulesWithoutFiles = rules.filter { !usedRules.contains($0.id) && !$0.isAboutTree }.map(\.id)
    }
    return whole
  }
}
