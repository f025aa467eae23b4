package import Rules

/// What the scan of a tree gave.
package struct ScanOutcome: Sendable, Equatable {
  /// In report order.
  package var findings: [Finding] = []
  /// Files and folders that could not be read.
  package var unevaluated: [Unevaluated] = []
  /// The files that findings are about, with the digests of the bytes that were scanned.
  package var inputs: [InputRecord] = []
  /// What was looked at.
  package var coverage = Coverage()

  /// The same with paths as the command line spells them.
  func shown(by place: ScanPlace) -> ScanOutcome {
    var outcome = self
    outcome.findings = findings.map { $0.at(place.shown($0.location.path)) }
    outcome.unevaluated = unevaluated.map {
      Unevaluated(area: $0.area, location: $0.location.at(place.shown($0.location.path)), message: $0.message)
    }
    return outcome
  }

  /// Joins the outcome of another path of the same request.
  mutating func add(_ other: ScanOutcome) {
    findings += other.findings
    unevaluated += other.unevaluated
    coverage.filesSeen += other.coverage.filesSeen
    coverage.filesScanned += other.coverage.filesScanned
    coverage.bytesScanned += other.coverage.bytesScanned
    for (reason, count) in other.coverage.skipped { coverage.skipped[reason, default: 0] += count }
    let wasEmpty = coverage.rulesLoaded == 0
    coverage.rulesLoaded = other.coverage.rulesLoaded
    let unused = Set(other.coverage.rulesWithoutFiles)
    coverage.patternsWithoutFiles += other.coverage.patternsWithoutFiles
    coverage.rulesWithoutFiles =
      wasEmpty ? other.coverage.rulesWithoutFiles : coverage.rulesWithoutFiles.filter { unused.contains($0) }
  }
}
