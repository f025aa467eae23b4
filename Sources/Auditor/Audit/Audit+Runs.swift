import Formats
import Rules

/// What runs left behind: reality evidence bundles, and the evidence of scenario runs.
extension Audit {
  /// Reality bundles that the configuration names, or every one of the tree, made by all of its code. Of a change: those
  /// that it touches, or whose code it touches where the configuration says which that is.
  func auditReality(
    _ plan: ScanPlan, in listing: TreeListing, _ inputs: RootedInputs, _ touched: TouchedPaths?,
    into gathered: inout AuditGathering
  ) {
    guard let sections = plan.configuration.reality else {
      let found = RealitySurvey.directories(among: listing.files.map(\.rawPath))
      let wanted = found.filter { touched?.meet([String(decoding: $0, as: UTF8.self)]) ?? true }
      // Where the root is the bundle there is no code beside it.
      let code = found.contains([]) ? [] : ["."]
      return judge(wanted.map { ($0, [], code) }, apartFrom: found, plan, into: &gathered)
    }
    var wanted: [(directory: [UInt8], gates: Set<Int>, code: [String])] = []
    var all: [[UInt8]] = []
    for section in sections {
      if let gap = ([section.path] + section.code).lazy.compactMap({ inputs.gap($0, .reality) }).first {
        gathered.unevaluated.append(gap)
        continue
      }
      do throws(FileError) {
        let found = try RealitySurvey.directories(below: section.path, in: try RootedFolder(request.root))
        all += found
        if let touched, !touched.meet([section.path] + section.code) { continue }
        wanted += found.map { ($0, section.gates, section.code) }
      } catch {
        gathered.unevaluated.append(
          Unevaluated(area: .reality, location: Location(path: section.path), message: error.explanation))
      }
    }
    judge(wanted, apartFrom: all, plan, into: &gathered)
  }

  private func judge(
    _ wanted: [(directory: [UInt8], gates: Set<Int>, code: [String])], apartFrom evidence: [[UInt8]], _ plan: ScanPlan,
    into gathered: inout AuditGathering
  ) {
    var survey = RealitySurvey(
      root: request.root, filter: plan.filter, jobs: request.jobs, today: request.now.date, evidence: evidence)
    var outcome = RealitySurvey.Outcome()
    for bundle in wanted { survey.judge(bundle.directory, gates: bundle.gates, code: bundle.code, into: &outcome) }
    gathered.take(outcome)
  }

  /// Scenario runs that the configuration names. Nothing is written: receipts are compared and not recorded.
  func auditEvidence(
    _ configuration: Configuration, _ inputs: RootedInputs, _ touched: TouchedPaths?,
    into gathered: inout AuditGathering
  ) {
    for section in configuration.evidence {
      let named = section.paths
      if let touched, !touched.meet(named) { continue }
      if let gap = named.lazy.compactMap({ inputs.gap($0, .evidence) }).first {
        gathered.unevaluated.append(gap)
        continue
      }
      do throws(EvidenceSources.Failure) {
        let sources = section.sources(below: request.root)
        let clock = try EvidenceSources.time(request.now.rfc3339Milliseconds, of: section.request)
        let outcome = try sources.classified(
          platformRunID: section.platformRun, createdAt: section.createdAt ?? clock, now: clock,
          priorAttempts: Int64(section.attempts), jobs: request.jobs)
        gathered.take(
          EvidenceRun(request: section.request, verdict: outcome.verdict),
          inputs: outcome.inputs.map { $0.below(request.root) })
      } catch {
        gathered.unevaluated.append(error.gap.below(request.root))
      }
    }
  }
}

extension Configuration.EvidenceSection {
  /// The files to start from, as the process sees them below a root. The engine root enters digests as it is written in the
  /// configuration, so that the same tree gives the same digests wherever it lies.
  fileprivate func sources(below root: String) -> EvidenceSources {
    func below(_ path: String) -> String { path == "." ? root : "\(root)/\(path)" }
    var sources = EvidenceSources(request: below(request), policy: below(policy), pack: below(pack))
    sources.gateMap = gateMap.map(below)
    sources.catalogue = catalogue.map(below)
    sources.root = engineRoot.map(below)
    sources.rootName = engineRoot
    sources.store = store.map(below)
    return sources
  }
}
