import Formats

/// The answer of `bundle lint-registry` (BUNDLE_RULES section 11).
package struct RegistryLint: Sendable {
  /// The ids of the registries that were judged.
  package let registries: [String]
  /// Empty means clean.
  package let errors: [LintError]

  /// What stopped the lint before any registry.
  package init(refusal: [LintError]) {
    registries = []
    errors = LintError.once(refusal)
  }

  /// The registries that a lint has to read: all, or the one that was asked for.
  package static func selection(_ index: RegistryIndex, _ wanted: String?) -> [RegistryIndex.Entry] {
    index.entries.filter { entry in wanted.map(entry.id.isIdentical) ?? true }
  }

  /// Judges registries.
  ///
  /// - Parameters:
  ///   - wanted: the registry that was asked for; nil for all.
  ///   - registries: those of `selection`, read.
  ///   - files: what is at the files of policies (`Registry.profilePaths`), by `byteKey`.
  package init(_ index: RegistryIndex, wanted: String?, registries: [Registry], files: [[UInt8]: FileFact]) {
    self.registries = registries.map(\.entry.id)
    var errors: [LintError] = []
    if let wanted, !index.names(wanted) { errors.append(LintError(.registryNotFound, wanted)) }
    errors += index.errors.filter { found in
      guard let wanted else { return true }
      return found.id?.isIdentical(to: wanted) == true
    }.map(\.error)
    for registry in registries { errors += registry.fileErrors + registry.entryErrors(files) }
    self.errors = LintError.once(errors)
  }
}

extension Registry {
  /// What is wrong with probes and profiles; they are judged only together.
  func entryErrors(_ files: [[UInt8]: FileFact]) -> [LintError] {
    guard let probes, let profiles else { return [] }
    var errors: [LintError] = []
    for member in probes.members {
      errors += RegistryEntryCheck.errors(
        of: member.value, id: member.name, subject: "\(entry.id):\(member.name)", as: RegistryEntryCheck.probe)
    }
    let known = probes.byKey
    for member in profiles.members {
      let subject = "\(entry.id):\(member.name)"
      errors += RegistryEntryCheck.errors(
        of: member.value, id: member.name, subject: subject, as: RegistryEntryCheck.profile)
      if let path = member.value["profile_path"]?.string { errors += Self.pathErrors(path, subject, files) }
      if let refs = member.value["probe_refs"], refs.kind == .array {
        errors += Self.referenceErrors(refs, subject) { known[$0.byteKey] != nil }
      }
    }
    return errors
  }

  /// What is wrong with the file of a policy.
  static func pathErrors(_ path: String, _ subject: String, _ files: [[UInt8]: FileFact]) -> [LintError] {
    guard SafePath.isSafe(path) else { return [LintError(.pathEscape, "\(subject):\(path)")] }
    switch files[path.byteKey] ?? .absent {
    case .outside: return [LintError(.pathEscape, "\(subject):\(path)")]
    case .absent, .irregular: return [LintError(.profilePathMissing, subject, detail: path)]
    case .bytes, .unreadable: return []
    }
  }

  /// What is wrong with the references of a profile.
  static func referenceErrors(_ refs: Value, _ subject: String, _ isKnown: (String) -> Bool) -> [LintError] {
    if refs.count == 0 { return [LintError(.profileNoProbeRefs, subject)] }
    var errors: [LintError] = []
    var seen: Set<[UInt8]> = []
    for ref in refs.strings {
      if !seen.insert(ref.byteKey).inserted {
        errors.append(LintError(.duplicateProbeRef, "\(subject):\(ref)"))
      } else if !isKnown(ref) {
        errors.append(LintError(.unknownProbeRef, "\(subject):\(ref)"))
      }
    }
    return errors
  }
}
