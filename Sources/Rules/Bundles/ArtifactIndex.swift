package import Formats

/// What `artifact_index.json`, the commit barrier, says (BUNDLE_RULES section 4).
package struct ArtifactIndex: Sendable {
  /// One indexed artifact, as written.
  package struct Entry: Sendable {
    /// The path as the entry spells it.
    package let path: String
    /// The whole entry.
    let value: Value
  }

  /// What every `schema_version` of an index ends with.
  static let schemaEnding = ".artifact_index.v0.1"
  /// What is written today.
  package static let schemaVersion = "runtime-tools.artifact_index.v0.1"

  /// The run.
  package let runID: String
  /// The world in which it ran.
  package let worldID: String
  /// Indexed artifacts, in order.
  package let entries: [Entry]
  /// What was expected and absent.
  package let missing: [String]
  /// `status` as written, whatever it is.
  package let status: Value?

  /// What came of reading an index.
  package enum Reading: Sendable {
    /// It can be used.
    case usable(ArtifactIndex)
    /// It is well formed and of an unknown version: good for a repair only.
    case unsupported(ArtifactIndex, BundleError)
    /// It cannot be used.
    case unusable(BundleError)

    /// The index when it can be used.
    package var index: ArtifactIndex? {
      if case .usable(let index) = self { return index }
      return nil
    }

    /// Why strict readers stop.
    package var error: BundleError? {
      switch self {
      case .usable: nil
      case .unsupported(_, let error), .unusable(let error): error
      }
    }

    /// The index when it names paths that a repair must not forget.
    package var wellFormed: ArtifactIndex? {
      switch self {
      case .usable(let index), .unsupported(let index, _): index
      case .unusable: nil
      }
    }
  }

  /// Reads what stands where the index should be. Errors come in the order of section 4.
  package static func read(_ fact: FileFact, at path: String) -> Reading {
    let document = BundleDocument(fact)
    switch document {
    case .absent: return .unusable(BundleError(.indexMissing))
    case .outside: return .unusable(BundleError(.pathEscape, path: path))
    case .unusable, .value: break
    }
    guard let object = document.object else {
      return .unusable(BundleError(.indexUnreadable, path: path, detail: document.complaint))
    }
    let schema = object["schema_version"]?.string
    guard let index = ArtifactIndex(object), let schema else {
      return .unusable(BundleError(.indexInvalid, path: path, detail: fault(of: object)))
    }
    guard schema.utf8.hasEnding(schemaEnding) else {
      let error = BundleError(
        .indexSchemaUnsupported, path: path, detail: "found '\(schema)', expected '…\(schemaEnding)'")
      return .unsupported(index, error)
    }
    return .usable(index)
  }

  /// Nil unless every member has its type.
  private init?(_ object: Value) {
    guard let runID = object["run_id"]?.nonEmptyString, let worldID = object["world_id"]?.nonEmptyString,
      let artifacts = object["artifacts"], artifacts.kind == .array, let missing = object["missing"],
      missing.kind == .array
    else { return nil }
    var entries: [Entry] = []
    for element in artifacts.elements {
      guard element.kind == .object, let path = element["path"]?.nonEmptyString else { return nil }
      entries.append(Entry(path: path, value: element))
    }
    var names: [String] = []
    for element in missing.elements {
      guard let path = element.nonEmptyString else { return nil }
      names.append(path)
    }
    self.runID = runID
    self.worldID = worldID
    self.entries = entries
    self.missing = names
    status = object["status"]
  }

  private static func fault(of object: Value) -> String {
    if object["schema_version"]?.string == nil { return "schema_version must be a text" }
    for key in ["run_id", "world_id"] where object[key]?.nonEmptyString == nil {
      return "\(key) must be a text that is not empty"
    }
    if object["missing"]?.kind != .array || object["missing"]?.elements.allSatisfy({ $0.nonEmptyString != nil }) != true
    {
      return "missing must be a list of texts that are not empty"
    }
    return "artifacts must be a list of objects, each with a path"
  }

  /// Whether an artifact is indexed under this spelling.
  func lists(_ path: String) -> Bool { entries.contains { $0.path.isIdentical(to: path) } }

  /// Every path that the index spells.
  package var paths: [String] { entries.map(\.path) + missing }
}

/// `status` of an index.
package enum IndexStatus: String, Sendable {
  /// Nothing is missing.
  case ok
  /// Something is missing.
  case partial
  /// The run failed.
  case failed
}

extension Value {
  /// The text when it is one and not empty.
  var nonEmptyString: String? {
    guard let string, !string.isEmpty else { return nil }
    return string
  }
}
