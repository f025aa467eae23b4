/// What can be wrong with a plan or a registry, by the names of BUNDLE_RULES sections 10 and 11.
package enum LintCode: String, Sendable, CaseIterable {
  // Section 10: plans.
  /// The plan is absent, no JSON, or no object.
  case planUnreadable = "plan_unreadable"
  /// A path leads outside of the root.
  case pathEscape = "path_escape"
  /// An object has a member twice.
  case duplicateKey = "duplicate_key"
  /// The plan is of another version.
  case planSchemaMismatch = "plan_schema_mismatch"
  /// The plan sets `schema_versions`.
  case planSchemaVersionsOverride = "plan_schema_versions_override"
  /// No usable `plan_id`.
  case planIDMissing = "plan_id_missing"
  /// No usable `registry_id`.
  case registryIDMissing = "registry_id_missing"
  /// `profiles` is no list.
  case profilesNotList = "profiles_not_list"
  /// A lane that is none, or no boolean.
  case laneInvalid = "lane_invalid"
  /// The preflight profile is not there.
  case applyPreflightProfileMissing = "apply_preflight_profile_missing"
  /// The plan names no profile.
  case profilesEmpty = "profiles_empty"
  /// No registry has this id.
  case registryNotFound = "registry_not_found"
  /// A listed profile has no usable id.
  case profileIDInvalid = "profile_id_invalid"
  /// A profile is listed again.
  case duplicateProfile = "duplicate_profile"
  /// The registry has no such profile.
  case unknownProfile = "unknown_profile"
  /// The profile has no path.
  case profilePathAbsent = "profile_path_absent"
  /// The file of the profile is not there.
  case profilePathMissing = "profile_path_missing"
  /// The profile refers to no probe.
  case profileNoProbeRefs = "profile_no_probe_refs"
  /// A probe is referred to again.
  case duplicateProbeRef = "duplicate_probe_ref"
  /// The registry has no such probe.
  case unknownProbeRef = "unknown_probe_ref"
  /// A mach-lookup probe with a driver that a deny-default profile would stop.
  case machLookupDriver = "mach_lookup_driver"

  // Section 11: registries.
  /// The registry index is absent, no JSON, no object, or without a list.
  case registryIndexUnreadable = "registry_index_unreadable"
  /// The registry index is of another version.
  case registryIndexSchemaMismatch = "registry_index_schema_mismatch"
  /// An entry lacks id, probes or profiles.
  case registryEntryInvalid = "registry_entry_invalid"
  /// A further entry with an id that is taken.
  case duplicateRegistryID = "duplicate_registry_id"
  /// No file of probes.
  case probesFileMissing = "probes_file_missing"
  /// No file of profiles.
  case profilesFileMissing = "profiles_file_missing"
  /// The file of probes is no JSON object.
  case probeRegistryUnreadable = "probe_registry_unreadable"
  /// The file of profiles is no JSON object.
  case profileRegistryUnreadable = "profile_registry_unreadable"
  /// The file of probes is of another version.
  case probeRegistrySchemaMismatch = "probe_registry_schema_mismatch"
  /// The file of profiles is of another version.
  case profileRegistrySchemaMismatch = "profile_registry_schema_mismatch"
  /// The file names another registry.
  case registryIDMismatch = "registry_id_mismatch"
  /// `probes` is no object.
  case probesNotObject = "probes_not_object"
  /// `profiles` is no object.
  case profilesNotObject = "profiles_not_object"
  /// A probe is no object.
  case probeNotObject = "probe_not_object"
  /// A profile is no object.
  case profileNotObject = "profile_not_object"
  /// A member that probes do not have.
  case probeUnexpectedKey = "probe_unexpected_key"
  /// A member that probes must have.
  case probeMissingKey = "probe_missing_key"
  /// A member that profiles do not have.
  case profileUnexpectedKey = "profile_unexpected_key"
  /// A member that profiles must have.
  case profileMissingKey = "profile_missing_key"
  /// A probe stands under another id than its own.
  case probeIDMismatch = "probe_id_mismatch"
  /// A profile stands under another id than its own.
  case profileIDMismatch = "profile_id_mismatch"
  /// A member of a probe has a wrong type.
  case probeFieldType = "probe_field_type"
  /// A member of a profile has a wrong type.
  case profileFieldType = "profile_field_type"
  /// `expected` is out of range.
  case probeExpectedInvalid = "probe_expected_invalid"
  /// A control that is none.
  case probeControlUnknown = "probe_control_unknown"
  /// `mode` is out of range.
  case profileModeInvalid = "profile_mode_invalid"

  // What the contract leaves open.
  /// The folder given as root cannot be opened.
  case rootUnreadable = "root_unreadable"
  /// A probe or profile of the command line is not in its registry.
  case notFound = "not_found"

  /// What was named on the command line is not there or cannot be read at all.
  var meansNoVerdict: Bool {
    switch self {
    case .planUnreadable, .registryIndexUnreadable, .rootUnreadable: true
    default: false
    }
  }
}

/// One thing that is wrong with a plan or a registry.
package struct LintError: Sendable, Hashable {
  /// What.
  package let code: LintCode
  /// With what: an id, a member, a path; nil for the whole file.
  package let subject: String?
  /// More for people; no part of the contract.
  package let detail: String?

  /// An error with a subject, or with none.
  package init(_ code: LintCode, _ subject: String? = nil, detail: String? = nil) {
    self.code = code
    self.subject = subject
    self.detail = detail
  }

  /// Each pair of code and subject once, the first of equals, in the order found.
  static func once(_ errors: [LintError]) -> [LintError] {
    var seen: Set<[UInt8]> = []
    return errors.filter {
      seen.insert(Array($0.code.rawValue.utf8) + [0] + Array(($0.subject ?? "\u{1}").utf8)).inserted
    }
  }

  /// The exit status of a command that ends with these errors.
  package static func exitStatus(of errors: [LintError]) -> ExitStatus {
    if errors.isEmpty { return .clean }
    return errors.contains { $0.code.meansNoVerdict } ? .noVerdict : .findings
  }
}

extension LintCode {
  /// What the code means and what to do, in one line.
  package var meaning: String {
    switch self {
    case .planUnreadable: "the plan is absent, or no JSON object"
    case .pathEscape: "leads outside of the root and was not opened"
    case .duplicateKey: "the member stands twice in one object; readers would disagree on which counts"
    case .planSchemaMismatch: "schema_version must be '\(PlanLint.schemaVersion)'"
    case .planSchemaVersionsOverride: "a plan may not set schema_versions"
    case .planIDMissing: "plan_id must be a text that is not empty"
    case .registryIDMissing: "registry_id must be a text that is not empty"
    case .profilesNotList: "profiles must be a list"
    case .laneInvalid: "lanes must hold only baseline, scenario and oracle, each true or false"
    case .applyPreflightProfileMissing: "the profile of the preflight is not there"
    case .profilesEmpty: "the plan names no profile"
    case .registryNotFound: "the registry index has no registry of this id"
    case .profileIDInvalid: "a profile id must be a text that is not empty"
    case .duplicateProfile: "the profile is listed again"
    case .unknownProfile: "the registry has no such profile"
    case .profilePathAbsent: "the profile names no file"
    case .profilePathMissing: "the profile's file is not there"
    case .profileNoProbeRefs: "the profile refers to no probe"
    case .duplicateProbeRef: "the probe is referred to again"
    case .unknownProbeRef: "the registry has no such probe"
    case .machLookupDriver: "a mach-lookup probe under a deny-default profile needs the driver \(PlanLint.machDriver)"
    case .registryIndexUnreadable: "the registry index is absent, or no JSON object with a list of registries"
    case .registryIndexSchemaMismatch: "schema_version must be '\(RegistryIndex.schemaVersion)'"
    case .registryEntryInvalid: "id, probes and profiles must be texts that are not empty"
    case .duplicateRegistryID: "another registry has this id; only the first counts"
    case .probesFileMissing: "the file of its probes is not there"
    case .profilesFileMissing: "the file of its profiles is not there"
    case .probeRegistryUnreadable: "the file of its probes is no JSON object"
    case .profileRegistryUnreadable: "the file of its profiles is no JSON object"
    case .probeRegistrySchemaMismatch: "schema_version must be '\(RegistryPart.probes.schemaVersion)'"
    case .profileRegistrySchemaMismatch: "schema_version must be '\(RegistryPart.profiles.schemaVersion)'"
    case .registryIDMismatch: "the file names another registry"
    case .probesNotObject: "probes must be an object of probes by id"
    case .profilesNotObject: "profiles must be an object of profiles by id"
    case .probeNotObject, .profileNotObject: "must be an object"
    case .probeUnexpectedKey, .profileUnexpectedKey: "no such member is known"
    case .probeMissingKey, .profileMissingKey: "the member is required"
    case .probeIDMismatch, .profileIDMismatch: "its id is not the key under which it stands"
    case .probeFieldType, .profileFieldType: "the member has a wrong type"
    case .probeExpectedInvalid: "expected must be 'allow' or 'deny'"
    case .probeControlUnknown: "controls are baseline, allow_default, deny_default"
    case .profileModeInvalid: "mode must be 'sbpl' or 'blob'"
    case .rootUnreadable: "the root cannot be opened"
    case .notFound: "the registry has no entry of this id"
    }
  }
}
