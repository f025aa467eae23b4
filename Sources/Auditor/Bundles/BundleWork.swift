import Formats
import Glibc
package import Rules

/// What the commands on one bundle do: find it, read it once, have it judged, and write where that is the task. Nothing
/// outside the root is read or written.
package struct BundleWork: Sendable {
  private let root: String
  private let bundle: String

  /// Work on the bundle at a path, below a root; both as the process sees them.
  package init(bundle: String, root: String) {
    self.bundle = bundle
    self.root = root
  }

  /// An answer, and what could not be read on the way to it.
  package struct Outcome<Answer: Sendable>: Sendable {
    /// What is to be told.
    package let answer: Answer
    /// Refusals of the system: with any, there is no verdict.
    package let failures: [FileError]
    fileprivate let errors: [BundleError]

    /// What the command ends with.
    package var exitStatus: ExitStatus { failures.isEmpty ? BundleError.exitStatus(of: errors) : .noVerdict }
  }

  /// Section 6: may it be trusted?
  package func validate() -> Outcome<BundleValidation> {
    do throws(BundleError) {
      let (_, _, facts, failures) = try gather()
      let answer = BundleValidation(BundleFindings(facts))
      return Outcome(answer: answer, failures: failures, errors: answer.errors)
    } catch {
      return Outcome(answer: BundleValidation(refusal: error), failures: [], errors: [error])
    }
  }

  /// Section 7: look at it, whatever its state.
  package func open() -> Outcome<BundleOpening> {
    do throws(BundleError) {
      let (_, _, facts, failures) = try gather()
      return Outcome(answer: .view(BundleView(facts)), failures: failures, errors: [])
    } catch {
      return Outcome(answer: .refused(error), failures: [], errors: [error])
    }
  }

  /// Section 8, `--strict`: does the index still describe the bytes?
  package func reindexStrict() -> Outcome<ReindexAnswer> {
    do throws(BundleError) {
      let (_, place, facts, failures) = try gather()
      let findings = BundleFindings(facts)
      let errors = findings.terminal.map { [$0] } ?? findings.integrity
      return Outcome(
        answer: ReindexAnswer(mode: .strict, place: place, errors: errors), failures: failures, errors: errors)
    } catch {
      return Outcome(answer: ReindexAnswer(mode: .strict, place: nil, errors: [error]), failures: [], errors: [error])
    }
  }

  /// Section 8, `--repair`: a new index from what is there, with its trail.
  ///
  /// - Parameter patience: for how long to wait for another writer.
  package func repair(at time: ReportTime, patience: Duration = .zero) -> Outcome<ReindexAnswer> {
    var place: RunPlace?
    do throws(BundleError) {
      let root = try BundleRoot(root)
      let found = try root.run(at: bundle)
      place = found
      let failures = try repair(found, root, at: time, patience: patience)
      return Outcome(answer: ReindexAnswer(mode: .repair, place: found, errors: []), failures: failures, errors: [])
    } catch {
      return Outcome(answer: ReindexAnswer(mode: .repair, place: place, errors: [error]), failures: [], errors: [error])
    }
  }

  private func repair(
    _ place: RunPlace, _ root: BundleRoot, at time: ReportTime, patience: Duration
  ) throws(BundleError) -> [FileError] {
    let lock = try lock(place, root, patience)
    var gathering = RunGathering(place, root: root)
    let facts = gathering.facts()
    let repair = try IndexRepair(facts)
    var index = JSONWriter(.pretty)
    repair.writeIndex(to: &index)
    index.newline()
    var log = JSONWriter(.pretty)
    repair.writeLog(at: Double(time.microseconds) / 1e6, to: &log)
    log.newline()
    let logPath = place.path(RunFile.repairLog)
    do throws(FileError) {
      try root.folder.removeStaleTemporaries(of: place.index)
      try root.folder.removeStaleTemporaries(of: logPath)
      let stagedLog = try root.folder.stage(log.takeBytes(), for: logPath)
      let stagedIndex = try root.folder.stage(index.takeBytes(), for: place.index)
      // The trail goes first: a kill between the two leaves a repair that is announced and not made, never one that was
      // made in silence.
      try stagedLog.commit()
      try stagedIndex.commit()
    } catch {
      throw BundleError(.writeFailed, path: error.path, detail: error.explanation)
    }
    _ = consume lock
    return gathering.failures
  }

  private func lock(_ place: RunPlace, _ root: BundleRoot, _ patience: Duration) throws(BundleError) -> BundleLock {
    let path = place.inBundleRoot(BundleRootFile.lock)
    do {
      var walk = RootedWalk(root.folder)
      let folder = try walk.openFolder(Array((place.bundleRoot ?? place.directory).utf8))
      return try BundleLock(in: folder, name: BundleRootFile.lock, patience: patience)
    } catch let refusal as BundleLock.Refusal {
      switch refusal {
      case .held: throw BundleError(.locked, detail: "another writer holds \(path)")
      case .notRegular: throw BundleError(.locked, detail: "\(path) is no regular file; remove it when no writer works")
      case .failed(let error): throw BundleError(.writeFailed, path: path, detail: error.explanation)
      }
    } catch {
      throw BundleError(.writeFailed, path: path, detail: "\(error)")
    }
  }

  /// Section 9: writes a packet, promotable or not.
  ///
  /// - Parameters:
  ///   - out: where to, as the process sees it.
  ///   - requiresPromotable: writes nothing unless the bundle is promotable.
  package func promote(to out: String, requiresPromotable: Bool) -> Outcome<PromotionAnswer> {
    do throws(BundleError) {
      let (root, place, facts, failures) = try gather()
      let findings = BundleFindings(facts)
      let promotability = Promotability(findings)
      do throws(BundleError) {
        let path = try target(out, root, place, findings)
        if requiresPromotable, !promotability.isPromotable { throw BundleError(.notPromotable) }
        let packet = PromotionPacket(findings, promotability)
        var json = JSONWriter(.pretty)
        packet.write(to: &json)
        json.newline()
        do throws(FileError) {
          try root.folder.write(json.takeBytes(), to: path)
        } catch {
          throw BundleError(.writeFailed, path: path, detail: error.explanation)
        }
        return Outcome(
          answer: PromotionAnswer(out: path, promotability: promotability, packet: packet, errors: []),
          failures: failures, errors: [])
      } catch {
        return Outcome(
          answer: PromotionAnswer(out: nil, promotability: promotability, packet: nil, errors: [error]),
          failures: failures, errors: [error])
      }
    } catch {
      return Outcome(
        answer: PromotionAnswer(out: nil, promotability: nil, packet: nil, errors: [error]), failures: [],
        errors: [error])
    }
  }

  /// Counts the run's evidence by operation, lane by lane; a bundle that is not valid is refused.
  ///
  /// - Parameter out: where the summary goes as well, as the process sees it; nil to write nothing.
  package func summarize(out: String?) -> Outcome<SummaryAnswer> {
    do throws(BundleError) {
      let (root, place, facts, failures) = try gather()
      let findings = BundleFindings(facts)
      return try summarize(findings, findings.errors, root, place, out, failures)
    } catch {
      return Outcome(answer: SummaryAnswer(summary: nil, errors: [error]), failures: [], errors: [error])
    }
  }

  /// The same for the run of a packet, which has to be promotable still: what the packet says of itself is checked.
  ///
  /// - Parameter packet: as the process sees it.
  package static func summarize(packet: String, root: String, out: String?) -> Outcome<SummaryAnswer> {
    do throws(BundleError) {
      let root = try BundleRoot(root)
      let (below, fact) = root.file(atCommandLinePath: packet)
      guard let below else { throw BundleError(fact.isPresent ? .pathEscape : .packetUnreadable, detail: packet) }
      let claim = try PacketClaim(fact, at: below)
      let place = RunPlace(directory: claim.directory, bundleRoot: nil, isNamedByLatest: false)
      var gathering = RunGathering(place, root: root)
      let findings = BundleFindings(gathering.facts())
      let errors = claim.errors(Promotability(findings), at: below)
      let work = BundleWork(bundle: claim.directory, root: "")
      return try work.summarize(findings, errors, root, place, out, gathering.failures)
    } catch {
      return Outcome(answer: SummaryAnswer(summary: nil, errors: [error]), failures: [], errors: [error])
    }
  }

  private func summarize(
    _ findings: BundleFindings, _ errors: [BundleError], _ root: BundleRoot, _ place: RunPlace, _ out: String?,
    _ failures: [FileError]
  ) throws(BundleError) -> Outcome<SummaryAnswer> {
    guard errors.isEmpty else {
      return Outcome(answer: SummaryAnswer(summary: nil, errors: errors), failures: failures, errors: errors)
    }
    let summary = OperationSummary(findings)
    var path: String?
    if let out {
      let target = try target(out, root, place, findings)
      var json = JSONWriter(.pretty)
      summary.write(to: &json)
      json.newline()
      do throws(FileError) {
        try root.folder.write(json.takeBytes(), to: target)
      } catch {
        throw BundleError(.writeFailed, path: target, detail: error.explanation)
      }
      path = target
    }
    return Outcome(answer: SummaryAnswer(summary: summary, out: path), failures: failures, errors: [])
  }

  /// The real path of a packet to be written, which may be no part of the evidence.
  private func target(
    _ out: String, _ root: BundleRoot, _ place: RunPlace, _ findings: BundleFindings
  ) throws(BundleError) -> String {
    guard let path = root.relative(out), !path.isEmpty else {
      throw BundleError(.pathEscape, detail: "'\(out)' is not below the root")
    }
    let own = [RunFile.index, RunFile.repairLog] + CoreArtifact.allCases.map(\.rawValue)
    let indexed = (findings.reading.wellFormed?.entries ?? []).map(\.path).filter(SafePath.isSafe)
    let rootFiles = [BundleRootFile.latest, BundleRootFile.lock].map(place.inBundleRoot)
    for name in own.map(place.path) + indexed + rootFiles {
      let real = (try? root.folder.locate(name))?.text
      if name.utf8.elementsEqual(path.utf8) || real?.utf8.elementsEqual(path.utf8) == true {
        throw BundleError(.outOverwritesArtifact, path: path)
      }
    }
    return path
  }

  private func gather() throws(BundleError) -> (BundleRoot, RunPlace, RunFacts, [FileError]) {
    let root = try BundleRoot(root)
    let place = try root.run(at: bundle)
    var gathering = RunGathering(place, root: root)
    let facts = gathering.facts()
    return (root, place, facts, gathering.failures)
  }
}
