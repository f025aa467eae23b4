import Formats

/// Whether the documents of a run agree with the index and with each other, whatever their digests (BUNDLE_RULES
/// sections 4.3 and 5).
struct BundleContent {
  private let index: ArtifactIndex
  private let status: RunStatus
  private let facts: RunFacts
  private let documents: [CoreArtifact: BundleDocument]

  init(_ index: ArtifactIndex, _ status: RunStatus, _ facts: RunFacts) {
    self.index = index
    self.status = status
    self.facts = facts
    var documents: [CoreArtifact: BundleDocument] = [:]
    for artifact in CoreArtifact.contentDocuments { documents[artifact] = facts.document(artifact) }
    self.documents = documents
  }

  /// Every content error.
  var errors: [BundleError] {
    BundleError.once(
      readingErrors + identityErrors + planErrors + preflightErrors + laneErrors + summaryLaneErrors + statusErrors)
  }

  private func object(_ artifact: CoreArtifact) -> Value? { documents[artifact]?.object }

  private func error(_ code: BundleCode, _ artifact: CoreArtifact, _ detail: String? = nil) -> BundleError {
    BundleError(code, path: facts.place.path(artifact), detail: detail)
  }

  /// Documents that lead outside, and those that must be objects and are not.
  private var readingErrors: [BundleError] {
    CoreArtifact.contentDocuments.compactMap { artifact in
      guard let document = documents[artifact] else { return nil }
      if case .outside = document { return error(.pathEscape, artifact) }
      switch artifact {
      case .runManifest, .summary, .applyPreflight:
        return document.complaint.map { error(.artifactUnreadable, artifact, $0) }
      default:
        // A document of a lane has a shape of its own; here it only has to be JSON.
        if case .unusable(let reason) = document { return error(.artifactUnreadable, artifact, reason) }
        return nil
      }
    }
  }

  private var identityErrors: [BundleError] {
    var errors: [BundleError] = []
    for (artifact, document) in [(CoreArtifact.runManifest, object(.runManifest)), (.runStatus, status.document)] {
      if let run = document?["run_id"]?.string, !run.isIdentical(to: index.runID) {
        errors.append(error(.runIDMismatch, artifact, "the index says '\(index.runID)', it says '\(run)'"))
      }
      if let world = document?["world_id"]?.string, !world.isIdentical(to: index.worldID) {
        errors.append(error(.worldIDMismatch, artifact, "the index says '\(index.worldID)', it says '\(world)'"))
      }
    }
    if facts.place.isNamedByLatest, !facts.place.name.isIdentical(to: index.runID) {
      errors.append(
        BundleError(
          .runIDMismatch, path: facts.place.inBundleRoot(BundleRootFile.latest),
          detail: "it names '\(facts.place.name)', the index there says '\(index.runID)'"))
    }
    return errors
  }

  private var planErrors: [BundleError] {
    guard let planned = object(.runManifest)?["plan_digest"]?.string else { return [] }
    return [(CoreArtifact.runStatus, status.document), (.summary, object(.summary))].compactMap { artifact, document in
      guard let stated = document?["plan_digest"]?.string, !stated.isIdentical(to: planned) else { return nil }
      return error(.planDigestMismatch, artifact, "the manifest says \(planned), it says \(stated)")
    }
  }

  private var preflightErrors: [BundleError] {
    guard let preflight = object(.applyPreflight), let manifest = object(.runManifest) else { return [] }
    let record = manifest["apply_preflight"]?["record"]
    return record?.equals(preflight) == true ? [] : [error(.preflightMismatch, .applyPreflight)]
  }

  private var laneErrors: [BundleError] {
    CoreArtifact.contentDocuments.compactMap { artifact in
      guard case .value(let document)? = documents[artifact] else { return nil }
      switch LaneCheck.problem(of: document, in: artifact) {
      case .shape(let detail): return error(.artifactUnreadable, artifact, detail)
      case .violation(let detail): return error(.laneViolation, artifact, detail)
      case nil: return nil
      }
    }
  }

  private var summaryLaneErrors: [BundleError] {
    guard let lanes = object(.summary)?["lanes"] else { return [] }
    for lane in Lane.allCases where lanes[lane.rawValue]?.boolean == false {
      if let artifact = lane.documents.first(where: { documents[$0].map(Self.isThere) ?? false }) {
        return [
          error(
            .laneViolation, .summary, "it says that lane '\(lane.rawValue)' did not run; \(artifact.rawValue) exists")
        ]
      }
    }
    return []
  }

  private static func isThere(_ document: BundleDocument) -> Bool {
    if case .absent = document { return false }
    return true
  }

  private var statusErrors: [BundleError] {
    if index.status?.string.flatMap(IndexStatus.init(rawValue:)) != nil { return [] }
    return [
      BundleError(
        .indexStatusUnexpected, path: facts.place.index, detail: "found \(index.status?.shown ?? "none")")
    ]
  }
}
