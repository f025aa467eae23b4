import Formats
package import Rules

/// Records verdicts in the registry (DoD rules, section 8): at once or not at all, comments and unknown keys kept.
package struct RegistryUpdate: Sendable {
  private let settings: DoDSettings
  private let scopedPhase: String?
  private let evidencePath: String

  /// An update that names a report as the evidence of its verdicts.
  ///
  /// - Parameter scopedPhase: the one phase that is updated, which must have an entry; nil updates all results.
  /// - Throws: `DoDError` when the report is outside the root or the phase has no entry. Nothing is written.
  package init(settings: DoDSettings, reportPath: String, scopedPhase: String?) throws(DoDError) {
    guard let evidencePath = PathText.relative(reportPath, root: settings.root) else { throw .reportOutsideRoot }
    self.settings = settings
    self.scopedPhase = scopedPhase
    self.evidencePath = evidencePath
    if let scopedPhase { try Self.checkEntry(scopedPhase, try RegistryFile.read(settings).registry) }
  }

  /// Records the verdicts; the registry is read again under a lock, so that no other run's update is lost.
  package func write(_ results: [PhaseResult], at time: ReportTime) throws {
    try settings.places.check(settings.registry)
    let folder = settings.registry.lastIndex(of: "/").map { String(settings.registry[..<$0]) } ?? "/"
    let lock = try FolderLock(folder)
    let shownPath = PathText.shown(settings.registry, root: settings.root)
    let old = try InputFile.read(settings.registry, shownPath: shownPath) ?? []
    let registry = try RegistryFile.parse(old, shownPath: shownPath)
    if let scopedPhase { try Self.checkEntry(scopedPhase, registry) }
    let changes = results.map { RegistryChange($0, evidencePath: evidencePath, now: time.timestamp) }
    try AtomicFile.write(Self.text(old, changes, shownPath: shownPath), to: settings.registry, tidies: true)
    _ = consume lock
  }

  /// The changed registry: edited in place where the result says exactly what it should, else written anew.
  static func text(_ old: [UInt8], _ changes: [RegistryChange], shownPath: String) throws(DoDError) -> [UInt8] {
    let root = try InputFile.structured(old, shownPath: shownPath).documents.first
    let anew = RegistryRewrite.apply(changes, to: root)
    guard let edited = RegistryEdit.apply(changes, to: old, root), let expected = try? YAML.read(anew),
      let stream = try? YAML.readStream(edited), stream.documents.count == 1, stream.documents[0].means(expected)
    else { return anew }
    return edited
  }

  private static func checkEntry(_ phaseID: String, _ registry: PhaseRegistry) throws(DoDError) {
    guard let entry = registry.entry(phaseID), entry.isWellFormed else { throw .phaseNotRegistered(phaseID) }
  }
}
