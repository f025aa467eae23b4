import Formats

/// Whether the index still describes the bytes (BUNDLE_RULES section 4.2).
struct IndexIntegrity {
  private let index: ArtifactIndex
  private let facts: RunFacts

  init(_ index: ArtifactIndex, _ facts: RunFacts) {
    self.index = index
    self.facts = facts
  }

  /// Every integrity error, in index order.
  var errors: [BundleError] {
    var seen: Set<[UInt8]> = []
    var errors: [BundleError] = []
    for entry in index.entries {
      let isRepeated = !seen.insert(entry.path.byteKey).inserted
      errors += judge(entry, isRepeated: isRepeated)
    }
    errors += index.missing.filter { !SafePath.isSafe($0) }.map { BundleError(.pathEscape, path: $0) }
    return BundleError.once(errors)
  }

  /// Rules 1 to 5 end an entry; 6 and 7 do not depend on each other.
  private func judge(_ entry: ArtifactIndex.Entry, isRepeated: Bool) -> [BundleError] {
    guard SafePath.isSafe(entry.path) else { return [error(.pathEscape, entry)] }
    let fact = facts.artifact(entry.path)
    switch fact {
    case .outsideRoot: return [error(.pathEscape, entry)]
    case .outsideRun: return [error(.pathOutsideBundle, entry)]
    default: break
    }
    if isRepeated { return [error(.duplicateArtifact, entry)] }
    switch fact {
    case .outsideRoot, .outsideRun, .absent: return [error(.artifactMissing, entry)]
    case .irregular(let kind): return [error(.notRegularFile, entry, "it is a \(kind)")]
    case .unreadable(let reason): return [error(.artifactUnreadable, entry, reason)]
    case .file(let content):
      return [sizeError(entry, content), digestError(entry, content)].compactMap { $0 }
    }
  }

  private func sizeError(_ entry: ArtifactIndex.Entry, _ content: ArtifactFact.Content) -> BundleError? {
    guard let size = entry.value["file_size"], size.isWholeNumber else { return error(.sizeMissing, entry) }
    // Only a 64-bit number can be a size; a longer one is an integer all the same, and another one.
    if size.kind == .integer, size.integer == Int64(content.byteCount) { return nil }
    return error(.sizeMismatch, entry, "recorded \(size.text), found \(content.byteCount)")
  }

  private func digestError(_ entry: ArtifactIndex.Entry, _ content: ArtifactFact.Content) -> BundleError? {
    guard let digest = entry.value["sha256"]?.nonEmptyString else { return error(.digestMissing, entry) }
    guard digest.isIdentical(to: content.sha256) else {
      return error(.digestMismatch, entry, "recorded \(digest), found \(content.sha256)")
    }
    guard let recorded = entry.value["schema_version"] else { return nil }
    if let stated = content.schemaVersion {
      return recorded.equals(stated)
        ? nil : error(.schemaVersionMismatch, entry, "recorded \(recorded.shown), it states \(stated.shown)")
    }
    return recorded.isNull ? nil : error(.schemaVersionMismatch, entry, "recorded \(recorded.shown), it states none")
  }

  private func error(_ code: BundleCode, _ entry: ArtifactIndex.Entry, _ detail: String? = nil) -> BundleError {
    BundleError(code, path: entry.path, detail: detail)
  }
}

extension Value {
  /// An integer of JSON, of any length: no boolean, and nothing with a point or an exponent.
  var isWholeNumber: Bool {
    switch kind {
    case .integer: true
    case .real: textBytes.drop { $0 == UInt8(ascii: "-") }.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    default: false
    }
  }

  /// The value as written, for messages.
  var shown: String { kind == .string ? "'\(text)'" : sourceText }
}
