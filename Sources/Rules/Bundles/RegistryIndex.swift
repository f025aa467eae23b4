package import Formats

/// The list of registries (BUNDLE_RULES section 11).
package struct RegistryIndex: Sendable {
  /// One registry of the list.
  package struct Entry: Sendable, Equatable {
    /// The id.
    package let id: String
    /// Where its probes are.
    package let probes: String
    /// Where its profiles are.
    package let profiles: String
    /// What it is for, where the index says so.
    package let description: String?
  }

  /// The version that is current.
  static let schemaVersion = "runtime-tools.registry_index.v0.1"

  /// Well-formed entries, the first of each id, in order.
  package let entries: [Entry]
  /// What is wrong with entries, each with the id that it belongs to; nil for entries without one.
  let errors: [(id: String?, error: LintError)]
  /// Every id that an entry has, judged or not.
  private let ids: Set<[UInt8]>

  /// Reads what stands where the index should be.
  ///
  /// - Parameter path: how errors name the file, relative to the root.
  /// - Returns: the index, or why nothing else can be judged.
  package static func read(_ fact: FileFact, at path: String) -> (index: RegistryIndex?, errors: [LintError]) {
    let object: Value
    switch LintDocument(fact) {
    case .absent: return (nil, [LintError(.registryIndexUnreadable, detail: "\(path): it is not there")])
    case .outside: return (nil, [LintError(.pathEscape, detail: path)])
    case .unusable(let reason): return (nil, [LintError(.registryIndexUnreadable, detail: "\(path): \(reason)")])
    case .doubled(let value, let pointers):
      guard value["registries"]?.kind == .array else {
        return (nil, [LintError(.registryIndexUnreadable, detail: path)])
      }
      return (nil, pointers.map { LintError(.duplicateKey, "\(path)#\($0)") })
    case .object(let value): object = value
    }
    guard let list = object["registries"], list.kind == .array else {
      return (nil, [LintError(.registryIndexUnreadable, detail: "\(path): registries must be a list")])
    }
    guard object["schema_version"]?.string?.isIdentical(to: schemaVersion) == true else {
      return (nil, [LintError(.registryIndexSchemaMismatch, detail: path)])
    }
    return (RegistryIndex(list), [])
  }

  private init(_ list: Value) {
    var entries: [Entry] = []
    var errors: [(id: String?, error: LintError)] = []
    var ids: Set<[UInt8]> = []
    for (position, element) in list.elements.enumerated() {
      let id = element["id"]?.nonEmptyString
      if let id, !ids.insert(id.byteKey).inserted {
        errors.append((id, LintError(.duplicateRegistryID, id)))
        continue
      }
      guard let id, let probes = element["probes"]?.nonEmptyString, let profiles = element["profiles"]?.nonEmptyString
      else {
        errors.append(
          (id, LintError(.registryEntryInvalid, id ?? "#\(position)", detail: "line \(element.position.line)")))
        continue
      }
      entries.append(
        Entry(id: id, probes: probes, profiles: profiles, description: element["description"]?.string))
    }
    self.entries = entries
    self.errors = errors
    self.ids = ids
  }

  /// Whether an entry has this id, well formed or not.
  func names(_ id: String) -> Bool { ids.contains(id.byteKey) }

  /// The entry of an id.
  package func entry(_ id: String) -> Entry? { entries.first { $0.id.isIdentical(to: id) } }
}

/// The two files of a registry.
package enum RegistryPart: String, Sendable, CaseIterable {
  /// What is tried.
  case probes
  /// Under which policy.
  case profiles

  var schemaVersion: String {
    switch self {
    case .probes: "runtime-tools.probe_registry.v0.2"
    case .profiles: "runtime-tools.profile_registry.v0.2"
    }
  }

  fileprivate var codes: (missing: LintCode, unreadable: LintCode, schema: LintCode, shape: LintCode) {
    switch self {
    case .probes: (.probesFileMissing, .probeRegistryUnreadable, .probeRegistrySchemaMismatch, .probesNotObject)
    case .profiles:
      (.profilesFileMissing, .profileRegistryUnreadable, .profileRegistrySchemaMismatch, .profilesNotObject)
    }
  }
}

/// One registry as its two files say it.
package struct Registry: Sendable {
  /// Its entry of the index.
  package let entry: RegistryIndex.Entry
  /// Probes by id, the object of them; nil when its file is not usable.
  package let probes: Value?
  /// Profiles by id, the object of them; nil when its file is not usable.
  package let profiles: Value?
  /// What is wrong with the files as such.
  package let fileErrors: [LintError]

  /// Reads both files, each for itself.
  package init(_ entry: RegistryIndex.Entry, probes: FileFact, profiles: FileFact) {
    self.entry = entry
    var errors: [LintError] = []
    self.probes = Self.read(.probes, probes, entry.probes, entry.id, &errors)
    self.profiles = Self.read(.profiles, profiles, entry.profiles, entry.id, &errors)
    fileErrors = LintError.once(errors)
  }

  private static func read(
    _ part: RegistryPart, _ fact: FileFact, _ path: String, _ id: String, _ errors: inout [LintError]
  ) -> Value? {
    let codes = part.codes
    let object: Value
    // A path that is not safe by its spelling was never looked at.
    switch SafePath.isSafe(path) ? LintDocument(fact) : .outside {
    case .outside:
      errors.append(LintError(.pathEscape, "\(id):\(path)"))
      return nil
    case .absent:
      errors.append(LintError(codes.missing, id, detail: path))
      return nil
    case .unusable(let reason):
      errors.append(LintError(codes.unreadable, id, detail: "\(path): \(reason)"))
      return nil
    case .doubled(_, let pointers):
      errors += pointers.map { LintError(.duplicateKey, "\(path)#\($0)") }
      return nil
    case .object(let value): object = value
    }
    guard object["schema_version"]?.string?.isIdentical(to: part.schemaVersion) == true else {
      errors.append(LintError(codes.schema, id, detail: path))
      return nil
    }
    if object["registry_id"]?.string?.isIdentical(to: id) != true {
      errors.append(LintError(.registryIDMismatch, "\(id):\(part.rawValue)", detail: path))
    }
    guard let entries = object[part.rawValue], entries.kind == .object else {
      errors.append(LintError(codes.shape, id, detail: path))
      return nil
    }
    return entries
  }

  /// The files of policies that its profiles name, where they are safe by their spelling.
  package var profilePaths: [String] {
    guard let profiles else { return [] }
    return profiles.members.compactMap { $0.value["profile_path"]?.nonEmptyString }.filter(SafePath.isSafe)
  }
}
