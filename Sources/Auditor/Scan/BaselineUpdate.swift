import Formats
import Glibc
package import Rules

/// Writes and prunes baselines: a scan, and what it found put down as accepted, or what it did not find taken out.
package struct BaselineUpdate: Sendable {
  /// What is done to the baseline.
  package enum Change: Sendable {
    /// Every open finding is accepted.
    case write
    /// What covers no finding any more is taken out; nothing is added.
    case prune
  }

  /// What was done.
  package struct Result: Sendable {
    /// The baseline, as the process sees it.
    package let path: String
    /// Findings that are accepted now.
    package let accepted: Int
    /// Those that were not before.
    package let added: Int
    /// Those that were accepted before and are no longer there.
    package let removed: Int
    /// What could not be read; the baseline is then left as it was.
    package let unevaluated: [Unevaluated]
  }

  /// A baseline that cannot be written.
  package enum Failure: Error, CustomStringConvertible {
    /// The paths lie below several roots.
    case severalRoots
    /// There is none to prune.
    case absent(String)

    /// What to do about it.
    package var description: String {
      switch self {
      case .severalRoots: "the paths lie in several trees, each of which needs a baseline of its own; name paths of one"
      case .absent(let path): "\(path): there is no baseline to prune; write one: auditor baseline write"
      }
    }
  }

  /// The baseline that is written where nobody names one, at the root.
  package static let usualName = "auditor.baseline.jsonl"

  private let request: ScanRequest

  /// An update by the scan of a request.
  package init(_ request: ScanRequest) {
    self.request = request
  }

  /// Scans and writes the baseline, whole or not at all.
  ///
  /// - Throws: what keeps the scan from beginning, `Failure`, and `FileError` where the file cannot be written.
  package func run(
    _ change: Change, progress: @escaping @Sendable (Int, Int) -> Void
  ) throws -> Result {
    let places = try request.places()
    guard places.count == 1, let place = places.first else { throw Failure.severalRoots }
    let plan = try request.governances(of: places)[0].plan
    let usual = plan.configuration.baseline ?? BaselineUpdate.usualName
    let path = try request.baseline.map(absolute) ?? "\(place.root)/\(usual)"
    let shown = place.shown(path)
    let old = try existing(path)
    if change == .prune, old == nil { throw Failure.absent(path) }
    let known = old ?? Baseline(salt: (0..<16).map { _ in UInt8.random(in: .min ... .max) })

    var accepting = request
    accepting.baseline = nil
    var configuration = plan.configuration
    configuration.baseline = nil
    let waivers = try Acceptance(
      Acceptance.Request(waivers: request.waivers), configuration, root: place.root,
      inputs: try RootedInputs(root: place.root))
    let real = ResolvedPath.resolve(absolute: path)
    let scan = RootScan(
      root: place.root, plan: plan, jobs: request.jobs, today: request.now.date, salt: known.salt,
      baseline: real.hasPrefix(place.root + "/") ? String(real.dropFirst(place.root.count + 1)) : nil)
    var outcome = scan.run(try accepting.subject(in: place), progress: progress)
    let gaps = outcome.shown(by: place).unevaluated
    guard gaps.isEmpty else {
      return Result(path: shown, accepted: known.count, added: 0, removed: 0, unevaluated: gaps)
    }
    waivers.apply(
      to: &outcome.findings, pack: plan.pack, today: request.now.date, isWhole: false, wasScanned: nil)

    var marked = outcome.findings
    let stale = known.apply(to: &marked, reason: "").filter { place.covers($0.path) }
    let new =
      change == .write
      ? known.accepting(outcome.findings) { place.covers($0) } : known.without(stale)
    try AtomicFile.write(new.bytes, to: path, tidies: true)
    let removed = stale.reduce(0) { $0 + $1.count }
    return Result(
      path: shown, accepted: new.count, added: new.count - (known.count - removed), removed: removed, unevaluated: [])
  }

  private func absolute(_ path: String) throws(FileError) -> String {
    path.hasPrefix("/") ? path : "\(try WorkingDirectory.path())/\(path)"
  }

  private func existing(_ path: String) throws -> Baseline? {
    guard try FileKind.at(path) != nil else { return nil }
    return try Baseline(try FileReader.read(path), path: path)
  }
}
