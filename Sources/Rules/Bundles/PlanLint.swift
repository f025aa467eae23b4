package import Formats

/// A plan, as far as it can be read (BUNDLE_RULES section 10).
package struct Plan: Sendable {
  /// Relative to the root; nil when it lies outside.
  package let path: String?
  /// The object; nil when there is none.
  package let document: Value?
  /// Nil when the plan cannot be used.
  package let digest: String?
  /// What keeps the plan from being read.
  package let errors: [LintError]

  /// Reads what stands at a path, which is nil for a file outside of the root.
  package init(_ fact: FileFact, at path: String?) {
    switch LintDocument(fact) {
    case .absent: self.init(path, nil, nil, [LintError(.planUnreadable, detail: "it is not there")])
    case .outside: self.init(path, nil, nil, [LintError(.pathEscape)])
    case .unusable(let reason): self.init(path, nil, nil, [LintError(.planUnreadable, detail: reason)])
    case .doubled(let value, let pointers):
      self.init(path, value, nil, pointers.map { LintError(.duplicateKey, "\(path ?? "")#\($0)") })
    case .object(let value): self.init(path, value, PlanDigest.digest(of: value), [])
    }
  }

  private init(_ path: String?, _ document: Value?, _ digest: String?, _ errors: [LintError]) {
    self.path = path
    self.document = document
    self.digest = digest
    self.errors = errors
  }

  /// The plan's id, where it is a text that is not empty.
  package var id: String? { document?["plan_id"]?.nonEmptyString }

  /// The id of the registry, where it is a text that is not empty.
  package var registryID: String? { document?["registry_id"]?.nonEmptyString }

  /// The profile of the preflight, where it is safe by its spelling and so may be looked for.
  package var preflightPath: String? {
    document?["apply_preflight_profile"]?.string.flatMap { SafePath.isSafe($0) ? $0 : nil }
  }
}

/// The answer of `bundle lint-plan` (BUNDLE_RULES section 10).
package struct PlanLint: Sendable {
  /// The version that is current.
  static let schemaVersion = "runtime-tools.plan.v0.1"
  /// The driver that works under a profile that denies by default.
  static let machDriver = "sandbox_mach_probe"

  /// The plan.
  package let plan: Plan
  /// Empty means clean.
  package private(set) var errors: [LintError]
  /// The registry has to be looked at.
  package let needsRegistry: Bool

  /// Judges what a plan says by itself.
  ///
  /// - Parameter preflight: what is at `Plan.preflightPath`.
  package init(_ plan: Plan, preflight: FileFact) {
    self.plan = plan
    guard plan.errors.isEmpty, let document = plan.document else {
      errors = LintError.once(plan.errors)
      needsRegistry = false
      return
    }
    var errors = Self.headErrors(document)
    guard errors.isEmpty else {
      self.errors = errors
      needsRegistry = false
      return
    }
    errors += Self.laneErrors(document["lanes"])
    errors += Self.preflightErrors(document["apply_preflight_profile"], preflight)
    needsRegistry = document["profiles"]?.count ?? 0 > 0
    if !needsRegistry { errors.append(LintError(.profilesEmpty)) }
    self.errors = LintError.once(errors)
  }

  private static func headErrors(_ document: Value) -> [LintError] {
    var errors: [LintError] = []
    if document["schema_version"]?.string?.isIdentical(to: schemaVersion) != true {
      errors.append(LintError(.planSchemaMismatch))
    }
    if document["schema_versions"] != nil { errors.append(LintError(.planSchemaVersionsOverride)) }
    if document["plan_id"]?.nonEmptyString == nil { errors.append(LintError(.planIDMissing)) }
    if document["registry_id"]?.nonEmptyString == nil { errors.append(LintError(.registryIDMissing)) }
    if document["profiles"]?.kind != .array { errors.append(LintError(.profilesNotList)) }
    return errors
  }

  private static func laneErrors(_ lanes: Value?) -> [LintError] {
    guard let lanes, lanes.kind == .object else { return [LintError(.laneInvalid, "lanes")] }
    return lanes.members.compactMap { member in
      let isLane = Lane.allCases.contains { $0.rawValue.isIdentical(to: member.name) }
      return isLane && member.value.kind == .boolean ? nil : LintError(.laneInvalid, member.name)
    }
  }

  private static func preflightErrors(_ profile: Value?, _ fact: FileFact) -> [LintError] {
    guard let profile, !profile.isNull else { return [] }
    let path = profile.string ?? profile.sourceText
    guard profile.kind == .string, SafePath.isSafe(path) else {
      return [LintError(.pathEscape, "apply_preflight_profile:\(path)")]
    }
    switch fact {
    case .outside: return [LintError(.pathEscape, "apply_preflight_profile:\(path)")]
    case .absent, .irregular: return [LintError(.applyPreflightProfileMissing, path)]
    case .bytes, .unreadable: return []
    }
  }

  /// Adds what keeps the registry from being looked at.
  package mutating func refuse(_ found: [LintError]) { errors = LintError.once(errors + found) }

  /// Adds that the registry index has no usable entry of the plan's registry.
  package mutating func refuseRegistry(_ index: RegistryIndex) {
    guard let id = plan.registryID else { return }
    refuse([LintError(index.names(id) ? .registryEntryInvalid : .registryNotFound, id)])
  }

  /// Judges the profiles of the plan by its registry.
  ///
  /// - Parameter files: what is at the files of policies (`Registry.profilePaths`), by `byteKey`.
  package mutating func judge(_ registry: Registry, files: [[UInt8]: FileFact]) {
    guard registry.fileErrors.isEmpty, let probes = registry.probes, let profiles = registry.profiles else {
      return refuse(registry.fileErrors)
    }
    guard let listed = plan.document?["profiles"], let id = plan.registryID else { return }
    let check = ProfileCheck(
      probes: probes.byKey, files: files, isScenario: plan.document?["lanes"]?["scenario"]?.boolean == true)
    let known = profiles.byKey
    var seen: Set<[UInt8]> = []
    var found: [LintError] = []
    for (position, element) in listed.elements.enumerated() {
      guard let profileID = element.nonEmptyString else {
        found.append(LintError(.profileIDInvalid, "\(id):#\(position)"))
        continue
      }
      if !seen.insert(profileID.byteKey).inserted {
        found.append(LintError(.duplicateProfile, "\(id):\(profileID)"))
      } else if let profile = known[profileID.byteKey] {
        found += check.errors(of: profile, "\(id):\(profileID)")
      } else {
        found.append(LintError(.unknownProfile, "\(id):\(profileID)"))
      }
    }
    refuse(found)
  }
}

/// Judges one profile that a plan uses.
private struct ProfileCheck {
  /// The probes of the registry by id.
  let probes: [[UInt8]: Value]
  let files: [[UInt8]: FileFact]
  /// The plan runs the scenario lane.
  let isScenario: Bool

  func errors(of profile: Value, _ subject: String) -> [LintError] {
    var errors: [LintError] = []
    let path = profile["profile_path"]?.nonEmptyString
    if let path {
      errors += Registry.pathErrors(path, subject, files)
    } else {
      errors.append(LintError(.profilePathAbsent, subject))
    }
    guard let refs = profile["probe_refs"], refs.kind == .array, refs.count > 0 else {
      return errors + [LintError(.profileNoProbeRefs, subject)]
    }
    errors += Registry.referenceErrors(refs, subject) { probes[$0.byteKey] != nil }
    if isScenario, deniesByDefault(profile, path) {
      errors += refs.strings.filter(isStopped).map { LintError(.machLookupDriver, "\(subject):\($0)") }
    }
    return errors
  }

  private func isStopped(_ ref: String) -> Bool {
    guard let probe = probes[ref.byteKey], probe["operation"]?.string?.isIdentical(to: "mach-lookup") == true else {
      return false
    }
    return probe["driver"]?.string?.isIdentical(to: PlanLint.machDriver) != true
  }

  private func deniesByDefault(_ profile: Value, _ path: String?) -> Bool {
    if let path, case .bytes(let bytes)? = files[path.byteKey], bytes.contains(Array("(deny default)".utf8)) {
      return true
    }
    return profile["key_specific_rules"]?.strings.contains { rule in
      rule.unicodeScalars.drop { $0.properties.isWhitespace }.starts(with: "(deny default".unicodeScalars)
    } ?? false
  }
}
