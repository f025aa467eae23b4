package import Formats
import Glibc
package import Rules
import Scanning

/// Runs rules over files: each file is read once, by one of several workers; the outcome does not depend on how many.
package struct TreeScan: Sendable {
  /// The most bytes of one file that rules are run over.
  package static let scannedBytes = 64 << 20

  private let root: String
  private let rules: [Rule]
  private let filter: PathFilter
  private let jobs: Int
  private let today: CivilDate
  private var knownNames: Set<String> = []
  private var salt: [UInt8]?
  /// What this tool wrote itself, and says nothing about the tree.
  private var ownFile: String?

  /// A scan of files below a root.
  package init(root: String, rules: [Rule], filter: PathFilter, jobs: Int, today: CivilDate) {
    self.root = root
    self.rules = rules
    self.filter = filter
    self.jobs = jobs
    self.today = today
  }

  /// A scan of files below a root, by a plan; with a salt, findings are made known to baselines, of which one may lie in
  /// the tree.
  init(
    root: String, plan: ScanPlan, jobs: Int, today: CivilDate, salt: [UInt8]? = nil, baseline ownFile: String? = nil
  ) {
    self.init(root: root, rules: plan.rules, filter: plan.filter, jobs: jobs, today: today)
    self.knownNames = plan.pack.names
    self.salt = salt
    self.ownFile = ownFile
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
    defer { if rootDescriptor >= 0 { close(rootDescriptor) } }
    let parts = IndexedWork.run(jobs: jobs, count: files.count) { indices in
      var part = Part(
        scanner: FileScanner(rules: rules, today: today, knownNames: knownNames, salt: salt), rules: rules)
      while let index = indices.next() {
        judge(index, of: subject, knowing: known, below: rootDescriptor, into: &part)
        if index % 64 == 0 { progress(index, files.count) }
      }
      return part.result
    }
    progress(files.count, files.count)
    let records = parts.reduce(into: [Int: CacheEntry]()) { $0.merge($1.records) { $1 } }
    return (merge(parts, subject), records)
  }

  private struct PartResult: Sendable {
    var outcome = ScanOutcome()
    var usedRules: Set<String> = []
    var records: [Int: CacheEntry] = [:]
  }

  private struct Part {
    let scanner: FileScanner
    let rules: [Rule]
    var result = PartResult()
  }

  private func judge(
    _ index: Int, of subject: ScanSubject, knowing known: CacheContent?, below root: Int32, into part: inout Part
  ) {
    let file = subject.listing.files[index]
    let path = file.path
    guard filter.accepts(path), path != ownFile else { return part.result.outcome.coverage.skip(.excluded) }
    do throws(FileError) {
      guard let known else {
        let content = try content(of: file, in: subject, below: root)
        let judgement = judge(content, path: path, changes: subject.changes?[file.rawPath], by: part.scanner)
        return take(judgement, of: path, SHA256.digest(content), into: &part)
      }
      if let entry = known.candidates[index], entry.isTrusted, stamp(of: file, below: root) == entry.stamp {
        return take(entry.judgement, of: path, entry.digest, into: &part)
      }
      let entry = try read(index, file, knowing: known, below: root, by: part.scanner, into: &part)
      take(entry.judgement, of: path, entry.digest, into: &part)
    } catch {
      refuse(error, path, into: &part.result.outcome)
    }
  }

  /// Reads a file that is not known to be the same. Where its content is, what is known of it is still true.
  private func read(
    _ index: Int, _ file: TreeFile, knowing known: CacheContent, below root: Int32, by scanner: FileScanner,
    into part: inout Part
  ) throws(FileError) -> CacheEntry {
    let now = FileStamp.now()
    let before = stamp(of: file, below: root)
    let content = try read(file, below: root)
    let digest = SHA256.digest(content)
    let old = known.candidates[index]
    let judgement =
      old?.digest == digest
      ? old?.judgement ?? FileJudgement() : judge(content, path: file.path, changes: nil, by: scanner)
    let after = stamp(of: file, below: root)
    let entry = known.entry(
      index, stamp: after ?? FileStamp.none, readAt: now, digest: digest, judgement)
    // A file that was written to meanwhile may be neither what it was nor what it is.
    if let after, before == after, Int(after.byteCount) == content.count { part.result.records[index] = entry }
    return entry
  }

  private func judge(
    _ content: [UInt8], path: String, changes: ChangedLines?, by scanner: FileScanner
  ) -> FileJudgement {
    do throws(SourceFile.Refusal) {
      let source = try SourceFile(path: path, content: content)
      var findings = scanner.scan(source)
      if let changes { findings.removeAll { !changes.touches($0, in: source) } }
      return FileJudgement(byteCount: content.count, language: source.language?.name, findings: findings)
    } catch {
      return FileJudgement(isBinary: true, byteCount: content.count)
    }
  }

  private func take(
    _ judgement: FileJudgement, of path: String, _ digest: @autoclosure () -> Digest, into part: inout Part
  ) {
    if judgement.isBinary { return part.result.outcome.coverage.skip(.binary) }
    if !judgement.findings.isEmpty {
      part.result.outcome.findings += judgement.findings.map { $0.location.path == path ? $0 : $0.at(path) }
      part.result.outcome.inputs.append(
        InputRecord(path: path, role: "source", sha256: digest().hex, byteCount: judgement.byteCount))
    }
    part.result.outcome.coverage.filesScanned += 1
    part.result.outcome.coverage.bytesScanned += judgement.byteCount
    for rule in part.rules
    where !part.result.usedRules.contains(rule.id)
      && part.scanner.applies(rule, to: path, language: judgement.language)
    {
      part.result.usedRules.insert(rule.id)
    }
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

  private func content(of file: TreeFile, in subject: ScanSubject, below root: Int32) throws(FileError) -> [UInt8] {
    guard let contents = subject.contents else { return try read(file, below: root) }
    guard let content = contents[file.rawPath] else {
      throw FileError(.read, path: file.path, reason: .tooLarge(limit: TreeScan.scannedBytes))
    }
    return content
  }

  private func read(_ file: TreeFile, below root: Int32) throws(FileError) -> [UInt8] {
    var name = file.rawPath.map { CChar(bitPattern: $0) } + [0]
    let descriptor = unsafe openat(root, &name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError(.open, path: file.path, code: errno) }
    defer { close(descriptor) }
    return try FileReader.read(descriptor, path: file.path, limit: TreeScan.scannedBytes)
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
    whole.unevaluated.sort(by: Unevaluated.precedes)
    whole.coverage.rulesLoaded = rules.count
    if subject.scope.isWhole {
      whole.coverage.patternsWithoutFiles = filter.patternsWithoutFiles(among: listing.files.map(\.rawPath))
      whole.coverage.rulesWithoutFiles = rules.filter { !usedRules.contains($0.id) && !$0.isAboutTree }.map(\.id)
    }
    return whole
  }
}
