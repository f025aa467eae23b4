package import Formats

/// What `reindex --repair` makes of a run: a new index from what is there, and the trail of it (BUNDLE_RULES section 8).
/// Nothing is invented, and nothing that was expected is forgotten.
package struct IndexRepair: Sendable {
  /// An artifact that is there.
  struct Entry: Sendable {
    let path: String
    let content: ArtifactFact.Content
  }

  private let place: RunPlace
  private let runID: String
  private let worldID: String
  private let entries: [Entry]
  private let missing: [String]
  private let status: IndexStatus
  /// What was wrong before.
  private let before: BundleView

  /// The paths that a repair has to look at beside the core artifacts: everything that the old index knows.
  package static func knownPaths(_ facts: FileFact, at path: String) -> [String] {
    let index = ArtifactIndex.read(facts, at: path).wellFormed
    return (index?.paths ?? []).filter(SafePath.isSafe)
  }

  /// A repair of a run.
  ///
  /// - Throws: the first refusal, in the order of section 8 (after those of section 2 and the lock).
  package init(_ facts: RunFacts) throws(BundleError) {
    let status = RunStatus(facts)
    if let terminal = status.terminal { throw terminal }
    let reading = ArtifactIndex.read(facts.index, at: facts.place.index)
    if let error = reading.error, error.code == .indexMissing || error.code == .pathEscape { throw error }
    let oldIndex = BundleDocument(facts.index).object
    let sources = [facts.document(.runManifest).object, oldIndex, status.document]
    func identity(_ key: String) -> String? { sources.lazy.compactMap { $0?[key]?.nonEmptyString }.first }
    guard let runID = identity("run_id"), let worldID = identity("world_id") else {
      throw BundleError(.identityUnknown)
    }
    // A file that the system does not hand over can neither be indexed nor be called missing.
    for (path, fact) in facts.artifacts {
      if case .unreadable(let reason) = fact {
        throw BundleError(.artifactUnreadable, path: String(decoding: path, as: UTF8.self), detail: reason)
      }
    }
    self.runID = runID
    self.worldID = worldID
    place = facts.place
    before = BundleView(facts)
    var entries: [Entry] = []
    var missing: [String] = []
    for path in Self.order(facts, known: Self.known(reading.wellFormed, facts)) {
      if case .file(let content) = facts.artifact(path) {
        entries.append(Entry(path: path, content: content))
      } else {
        missing.append(path)
      }
    }
    self.entries = entries
    self.missing = missing
    let hasFailed = status.state == .failed || oldIndex?["status"]?.string == IndexStatus.failed.rawValue
    self.status = hasFailed ? .failed : missing.isEmpty ? .ok : .partial
  }

  /// Paths of the old index that are safe and really below the run directory, each once. The index and the log of its
  /// repairs are never indexed.
  private static func known(_ index: ArtifactIndex?, _ facts: RunFacts) -> [String] {
    let never = [facts.place.index, facts.place.path(RunFile.repairLog)]
    var seen = Set(never.map(\.byteKey))
    return (index?.paths ?? []).filter { path in
      SafePath.isSafe(path) && facts.artifact(path).isInsideRun && seen.insert(path.byteKey).inserted
    }
  }

  /// Core artifacts that are known or there, in core order, then the others in old order.
  private static func order(_ facts: RunFacts, known: [String]) -> [String] {
    let keys = Set(known.map(\.byteKey))
    let core = CoreArtifact.allCases.map(facts.place.path)
    let coreKeys = Set(core.map(\.byteKey))
    return core.filter { keys.contains($0.byteKey) || facts.artifact($0).isRegular }
      + known.filter { !coreKeys.contains($0.byteKey) }
  }

  /// The new index: exactly the six members of section 4.
  package func writeIndex(to json: inout JSONWriter) {
    json.beginObject()
    json.member("schema_version", ArtifactIndex.schemaVersion)
    json.member("run_id", runID)
    json.member("world_id", worldID)
    json.list("artifacts", entries) { entry, json in
      json.beginObject()
      json.member("path", entry.path)
      json.member("file_size", entry.content.byteCount)
      json.member("sha256", entry.content.sha256)
      json.member("schema_version", entry.content.schemaVersion)
      json.endObject()
    }
    json.member("missing", missing)
    json.member("status", status.rawValue)
    json.endObject()
  }

  /// The trail: what `open` saw before, and what it sees once the new index is in its place.
  ///
  /// - Parameter moment: seconds since 1970.
  package func writeLog(at moment: Double, to json: inout JSONWriter) {
    json.beginObject()
    json.member("schema_version", "runtime-tools.repair_log.v0.1")
    json.member("bundle_dir", place.shown)
    json.key("repaired_at_unix")
    json.real(moment)
    json.object("before") { json in
      json.member("index_status", before.indexStatus)
      json.member("missing", before.missing)
      json.member("digest_mismatches", before.digestMismatches)
      json.member("size_mismatches", before.sizeMismatches)
      json.member("refused_paths", before.refusedPaths)
      json.member("declared_missing", before.declaredMissing)
    }
    json.object("after") { json in
      json.member("index_status", status.rawValue)
      // Every entry of the new index was made of the bytes that are there.
      for key in ["missing", "digest_mismatches", "size_mismatches", "refused_paths"] { json.member(key, [String]()) }
      json.member("declared_missing", missing)
    }
    json.endObject()
  }
}

extension JSONWriter {
  /// A value as it was read, or `null`.
  package mutating func member(_ key: String, _ value: Value?) {
    self.key(key)
    if let value { self.value(value) } else { null() }
  }
}
