import Formats

/// What is done to a valid runtime evidence bundle, to see whether its validation notices.
package enum BundleMutation: String, Sendable, CaseIterable {
  case flipByte = "flip-byte"
  case dropByte = "drop-byte"
  case dropArtifact = "drop-artifact"
  case swapArtifacts = "swap-artifacts"
  case linkOut = "link-out"
  case dropIndex = "drop-index"
  case editDigest = "edit-digest"
  case swapDigests = "swap-digests"
  case repeatEntry = "repeat-entry"
  case admitMissing = "admit-missing"
  case otherRun = "other-run"
  case otherWorld = "other-world"
  case unfinished = "unfinished"

  /// The mutation, with the errors of which one would be right.
  package var mutation: Mutation { Mutation(rawValue, deed, expected: Set(expected.map(\.rawValue))) }

  private var deed: String {
    switch self {
    case .flipByte: "flip a bit of an indexed artifact"
    case .dropByte: "cut the last byte off an indexed artifact"
    case .dropArtifact: "take an indexed artifact away"
    case .swapArtifacts: "exchange the contents of two artifacts"
    case .linkOut: "put a link out of the root in the place of an artifact"
    case .dropIndex: "take the index away"
    case .editDigest: "change one digit of a digest of the index"
    case .swapDigests: "exchange two digests of the index"
    case .repeatEntry: "index an artifact twice"
    case .admitMissing: "let the index list something as missing"
    case .otherRun: "let the index name another run"
    case .otherWorld: "let the index name another world"
    case .unfinished: "let the run be in progress"
    }
  }

  private var expected: [BundleCode] {
    switch self {
    case .flipByte, .editDigest, .swapDigests: [.digestMismatch]
    case .dropByte: [.sizeMismatch, .digestMismatch]
    case .dropArtifact: [.artifactMissing]
    case .swapArtifacts: [.digestMismatch, .sizeMismatch]
    case .linkOut: [.pathEscape, .notRegularFile]
    case .dropIndex: [.indexMissing]
    case .repeatEntry: [.duplicateArtifact]
    case .admitMissing: [.artifactListedMissing]
    case .otherRun: [.runIDMismatch, .pathOutsideBundle]
    case .otherWorld: [.worldIDMismatch]
    case .unfinished: [.inProgress]
    }
  }
}

/// The small documents of a bundle, changed as bytes. Every change answers nil where there is nothing to change.
package enum BundleEdit {
  /// The paths that an index names, in its order.
  package static func paths(_ index: [UInt8]) -> [String] { entries(index).compactMap { $0["path"]?.string } }

  /// An index changed by one of the mutations that are about it.
  package static func index(_ index: [UInt8], by kind: BundleMutation) -> [UInt8]? {
    switch kind {
    case .editDigest:
      return JSONEdit.edited(index, ["artifacts", "0", "sha256"]) { value in
        value.string.map { "\"\($0.dropLast())\($0.last == "0" ? "1" : "0")\"" }
      }
    case .swapDigests:
      let digests = entries(index).enumerated().compactMap { entry in
        entry.element["sha256"]?.string.map { (entry.offset, $0) }
      }
      guard let first = digests.first, let other = digests.first(where: { $0.1 != first.1 }) else { return nil }
      return JSONEdit.edited(index, ["artifacts", "\(first.0)", "sha256"]) { _ in "\"\(other.1)\"" }.flatMap {
        JSONEdit.edited($0, ["artifacts", "\(other.0)", "sha256"]) { _ in "\"\(first.1)\"" }
      }
    case .repeatEntry: return JSONEdit.edited(index, ["artifacts", "0"]) { "\($0.sourceText), \($0.sourceText)" }
    case .admitMissing: return JSONEdit.edited(index, ["missing"]) { _ in "[\"auditor_probe.json\"]" }
    case .otherRun: return JSONEdit.edited(index, ["run_id"]) { _ in "\"auditor-probe\"" }
    case .otherWorld: return JSONEdit.edited(index, ["world_id"]) { _ in "\"auditor-probe\"" }
    default: return nil
    }
  }

  /// A status that says that the run is still being written.
  package static func unfinished(_ status: [UInt8]) -> [UInt8]? {
    JSONEdit.edited(status, ["state"]) { _ in "\"in_progress\"" }
  }

  private static func entries(_ index: [UInt8]) -> [Value] {
    guard let document = try? JSON.read(index), let list = document["artifacts"], list.kind == .array else { return [] }
    return Array(list.elements)
  }
}
