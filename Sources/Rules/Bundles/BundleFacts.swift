package import Formats

/// What was found where a document should be.
package enum FileFact: Sendable {
  /// Nothing.
  case absent
  /// It leads outside of what bounds it; it was not opened.
  case outside
  /// Something other than a regular file, by its name.
  case irregular(String)
  /// The system refused, for this reason.
  case unreadable(String)
  /// A regular file with this content.
  case bytes([UInt8])

  /// Whether anything is there.
  package var isPresent: Bool {
    if case .absent = self { return false }
    return true
  }

  /// Whether it is a regular file inside of its bounds.
  package var isRegular: Bool {
    switch self {
    case .bytes, .unreadable: true
    case .absent, .outside, .irregular: false
    }
  }
}

/// What was found at a path of the index that is safe by its spelling.
package enum ArtifactFact: Sendable {
  /// A regular file, as it was read.
  package struct Content: Sendable {
    /// Bytes.
    package let byteCount: Int
    /// The digest in lower-case hexadecimal.
    package let sha256: String
    /// What the artifact states about itself (`SelfStatement`); nil stands for `null`.
    package let schemaVersion: Value?

    /// A file as it was read.
    package init(byteCount: Int, sha256: String, schemaVersion: Value?) {
      self.byteCount = byteCount
      self.sha256 = sha256
      self.schemaVersion = schemaVersion
    }
  }

  /// Its real path is not below the root.
  case outsideRoot
  /// Its real path is not strictly below the run directory.
  case outsideRun
  /// Nothing is there.
  case absent
  /// Something other than a regular file, by its name.
  case irregular(String)
  /// The system refused, for this reason.
  case unreadable(String)
  /// A regular file.
  case file(Content)

  /// Whether it is a regular file inside the run directory.
  package var isRegular: Bool {
    switch self {
    case .file, .unreadable: true
    default: false
    }
  }

  /// Whether its real path is below the run directory.
  package var isInsideRun: Bool {
    switch self {
    case .outsideRoot, .outsideRun: false
    default: true
    }
  }
}

/// Everything that was gathered about one run.
package struct RunFacts: Sendable {
  /// Where it lies.
  package let place: RunPlace
  /// `run_status.json`.
  package let status: FileFact
  /// `artifact_index.json`.
  package let index: FileFact
  /// What the content rules look into, by name.
  package let documents: [CoreArtifact: FileFact]
  /// By spelling, as `byteKey`: each safe path of the index, and each core artifact.
  package let artifacts: [[UInt8]: ArtifactFact]
  /// `impact_map.json` is a regular file of the run directory.
  package let hasImpactMap: Bool

  /// Facts as they were gathered.
  package init(
    place: RunPlace, status: FileFact, index: FileFact, documents: [CoreArtifact: FileFact],
    artifacts: [[UInt8]: ArtifactFact], hasImpactMap: Bool
  ) {
    self.place = place
    self.status = status
    self.index = index
    self.documents = documents
    self.artifacts = artifacts
    self.hasImpactMap = hasImpactMap
  }

  /// What is at a path that is safe by its spelling; a path that was not looked at counts as absent.
  func artifact(_ path: String) -> ArtifactFact { artifacts[path.byteKey] ?? .absent }

  /// What is at a core artifact.
  func artifact(_ core: CoreArtifact) -> ArtifactFact { artifact(place.path(core)) }

  /// A document that the content rules look into.
  func document(_ core: CoreArtifact) -> BundleDocument { BundleDocument(documents[core] ?? .absent) }
}

/// A document of a bundle, read as JSON.
package enum BundleDocument: Sendable {
  /// Nothing is there.
  case absent
  /// It leads outside; it was not opened.
  case outside
  /// It is there and no JSON that can be trusted: why.
  case unusable(String)
  /// JSON, each key of each object once.
  case value(Value)

  /// Reads what was found. A document with doubled keys means different things to different readers, so it is unusable.
  package init(_ fact: FileFact) {
    switch fact {
    case .absent: self = .absent
    case .outside: self = .outside
    case .irregular(let kind): self = .unusable("it is a \(kind), not a regular file")
    case .unreadable(let reason): self = .unusable(reason)
    case .bytes(let bytes):
      do {
        let stream = try JSON.readStream(bytes)
        guard let value = stream.documents.first else {
          self = .unusable("it is empty")
          return
        }
        if let doubled = stream.duplicateKeys.first {
          self = .unusable("\(doubled.again): the key '\(doubled.key)' stands twice in one object")
        } else {
          self = .value(value)
        }
      } catch {
        self = .unusable("\(error.position): \(error.problem)")
      }
    }
  }

  /// The document when it is an object.
  package var object: Value? {
    guard case .value(let value) = self, value.kind == .object else { return nil }
    return value
  }

  /// Why it is not the object that it should be; nil for an object, and for what is absent or outside.
  var complaint: String? {
    switch self {
    case .absent, .outside: nil
    case .unusable(let reason): reason
    case .value(let value): value.kind == .object ? nil : "it must be an object, found \(value.kindName)"
    }
  }
}

/// What an artifact states about itself (BUNDLE_RULES section 4): the `schema_version` of a `*.json` object, or of the
/// first line of a `*.jsonl` that is not blank.
package enum SelfStatement {
  /// The stated version, whatever its type; nil for `null`, for other files, and where nothing can be read.
  package static func schemaVersion(of bytes: [UInt8], path: String) -> Value? {
    let text: [UInt8]
    if path.utf8.hasEnding(".json") {
      text = bytes
    } else if path.utf8.hasEnding(".jsonl") {
      text = firstLine(of: bytes)
    } else {
      return nil
    }
    guard let document = try? JSON.read(text), document.kind == .object else { return nil }
    guard let version = document["schema_version"], !version.isNull else { return nil }
    return version
  }

  /// Whether the content of a file of this name matters to `schemaVersion`.
  package static func isStated(in path: String) -> Bool {
    path.utf8.hasEnding(".json") || path.utf8.hasEnding(".jsonl")
  }

  private static func firstLine(of bytes: [UInt8]) -> [UInt8] {
    bytes.split(separator: UInt8(ascii: "\n"), maxSplits: .max).lazy.first { line in
      line.contains { $0 != 0x20 && !(0x09...0x0D).contains($0) }
    }.map(Array.init) ?? []
  }
}

extension String.UTF8View {
  func hasEnding(_ ending: String) -> Bool { reversed().starts(with: ending.utf8.reversed()) }
}
