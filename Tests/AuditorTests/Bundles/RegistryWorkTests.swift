import Auditor
import Formats
import Rules
import Testing

/// A root with a plan, a registry of two probes and two profiles, and policies; all clean.
struct PlanWorld {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("(deny default)", to: "outside/deny.sb")
    try folder.write(
      #"{"schema_version": "runtime-tools.plan.v0.1", "plan_id": "p", "registry_id": "fs", "profiles": ["a", "b"], "lanes": {"baseline": true, "scenario": true, "oracle": false}, "controls": {}, "apply_preflight_profile": "sb/allow.sb"}"#,
      to: "root/plan.json")
    try folder.write(
      #"{"schema_version": "runtime-tools.registry_index.v0.1", "registries": [{"id": "fs", "probes": "reg/probes.json", "profiles": "reg/profiles.json"}]}"#,
      to: "root/index.json")
    let probe =
      #""operation": "file-read*", "target": "/x", "expected": "allow", "supports_lanes": {"baseline": true, "scenario": true, "oracle": false}, "expected_primary_ops": [], "expected_predicates": ["x"], "capabilities_required": [], "controls_supported": ["baseline"]"#
    try folder.write(
      #"{"schema_version": "runtime-tools.probe_registry.v0.2", "registry_id": "fs", "world_id": "w", "probes": {"r": {"probe_id": "r", "name": "n", \#(probe), "filter_type": 5, "driver": null}, "w": {"probe_id": "w", "name": "n", \#(probe)}}}"#,
      to: "root/reg/probes.json")
    let profile = #""mode": "sbpl", "key_specific_rules": [], "family": null, "semantic_group": "g", "notes": null"#
    try folder.write(
      #"{"schema_version": "runtime-tools.profile_registry.v0.2", "registry_id": "fs", "world_id": "w", "profiles": {"a": {"profile_id": "a", "profile_path": "sb/allow.sb", "probe_refs": ["r"], \#(profile)}, "b": {"profile_id": "b", "profile_path": "sb/deny.sb", "probe_refs": ["r", "w"], \#(profile)}}}"#,
      to: "root/reg/profiles.json")
    try folder.write("(version 1)\n(allow default)\n", to: "root/sb/allow.sb")
    try folder.write("(version 1)\n(deny default)\n", to: "root/sb/deny.sb")
  }

  func edit(_ path: String, _ old: String, _ new: String) throws {
    let text = String(decoding: try FileReader.read("\(folder.path)/root/\(path)"), as: UTF8.self)
    let changed = text.replacing(old, with: new)
    try #require(changed != text, "'\(old)' is not in \(path)")
    try folder.write(changed, to: "root/\(path)")
  }

  private var work: RegistryWork {
    RegistryWork(index: "\(folder.path)/root/index.json", root: "\(folder.path)/root")
  }

  func lintPlan(_ path: String = "plan.json") -> PlanLint { work.lintPlan("\(folder.path)/root/\(path)") }

  func lint(_ registry: String? = nil) -> RegistryLint { work.lintRegistries(registry) }

  static func told(_ errors: [LintError]) -> [String] {
    errors.map { [$0.code.rawValue, $0.subject].compactMap { $0 }.joined(separator: " ") }.sorted()
  }
}

struct PlanDamage: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let expected: [String]
  let act: @Sendable (PlanWorld) throws -> Void

  init(_ description: String, _ expected: [String], _ act: @escaping @Sendable (PlanWorld) throws -> Void) {
    testDescription = description
    self.expected = expected.sorted()
    self.act = act
  }
}

@Suite("Linting a plan")
struct PlanLintTests {
  static let cases: [PlanDamage] = [
    PlanDamage("a clean plan", []) { _ in },
    PlanDamage("absent", ["plan_unreadable"]) { try $0.folder.removeFile("root/plan.json") },
    PlanDamage("a list", ["plan_unreadable"]) { try $0.folder.write("[]", to: "root/plan.json") },
    PlanDamage("outside, by a link", ["path_escape"]) {
      try $0.folder.removeFile("root/plan.json")
      try $0.folder.link("root/plan.json", to: "../outside/deny.sb")
    },
    PlanDamage("doubled keys", ["duplicate_key plan.json#/lanes/a~1b~0", "duplicate_key plan.json#/plan_id"]) {
      try $0.edit("plan.json", "\"plan_id\": \"p\"", "\"plan_id\": \"p\", \"plan_id\": \"q\", \"plan_id\": \"r\"")
      try $0.edit("plan.json", "\"baseline\": true", "\"a/b~\": 1, \"a/b~\": 2")
    },
    PlanDamage(
      "all five heads",
      [
        "plan_id_missing", "plan_schema_mismatch", "plan_schema_versions_override", "profiles_not_list",
        "registry_id_missing",
      ]
    ) { try $0.folder.write(#"{"schema_versions": {}, "lanes": 5}"#, to: "root/plan.json") },
    PlanDamage("lanes that are none", ["lane_invalid oracle", "lane_invalid probe"]) {
      try $0.edit("plan.json", "\"oracle\": false", "\"oracle\": 0, \"probe\": true")
    },
    PlanDamage("lanes that are no object", ["lane_invalid lanes"]) {
      try $0.edit("plan.json", "\"lanes\"", "\"lines\"")
    },
    PlanDamage("a preflight profile that climbs", ["path_escape apply_preflight_profile:../outside/deny.sb"]) {
      try $0.edit("plan.json", "\"sb/allow.sb\"", "\"../outside/deny.sb\"")
    },
    PlanDamage("a preflight profile that links out", ["path_escape apply_preflight_profile:away/deny.sb"]) {
      try $0.folder.link("root/away", to: "../outside")
      try $0.edit("plan.json", "\"sb/allow.sb\"", "\"away/deny.sb\"")
    },
    PlanDamage("a preflight profile that is gone", ["apply_preflight_profile_missing sb/none.sb"]) {
      try $0.edit("plan.json", "\"sb/allow.sb\"", "\"sb/none.sb\"")
    },
    PlanDamage("no preflight profile", []) { try $0.edit("plan.json", "\"sb/allow.sb\"", "null") },
    PlanDamage("no profiles: the registry is not looked at", ["lane_invalid x", "profiles_empty"]) {
      try $0.edit("plan.json", "[\"a\", \"b\"]", "[]")
      try $0.edit("plan.json", "\"baseline\"", "\"x\"")
      try $0.folder.removeFile("root/index.json")
    },
    PlanDamage("no registry index", ["registry_index_unreadable"]) { try $0.folder.removeFile("root/index.json") },
    PlanDamage("an unknown registry", ["registry_not_found net"]) { try $0.edit("plan.json", "\"fs\"", "\"net\"") },
    PlanDamage("a registry of another version", ["probe_registry_schema_mismatch fs"]) {
      try $0.edit("reg/probes.json", "v0.2", "v0.1")
    },
    PlanDamage("a registry that names another", ["registry_id_mismatch fs:profiles"]) {
      try $0.edit("reg/profiles.json", "\"fs\"", "\"net\"")
    },
    PlanDamage(
      "profiles that are none, doubled or unknown",
      ["duplicate_profile fs:a", "profile_id_invalid fs:#3", "profile_id_invalid fs:#4", "unknown_profile fs:z"]
    ) { try $0.edit("plan.json", "[\"a\", \"b\"]", "[\"a\", \"a\", \"a\", \"\", 7, \"z\"]") },
    PlanDamage("a profile without a file", ["profile_path_absent fs:a", "profile_path_missing fs:b"]) {
      try $0.edit("reg/profiles.json", "\"sb/allow.sb\"", "\"\"")
      try $0.edit("reg/profiles.json", "sb/deny.sb", "sb/gone.sb")
    },
    PlanDamage("a profile with a file outside", ["path_escape fs:a:/etc/hosts"]) {
      try $0.edit("reg/profiles.json", "\"sb/allow.sb\"", "\"/etc/hosts\"")
    },
    PlanDamage("references", ["duplicate_probe_ref fs:b:r", "profile_no_probe_refs fs:a", "unknown_probe_ref fs:b:x"]) {
      try $0.edit("reg/profiles.json", "[\"r\", \"w\"]", "[\"r\", \"r\", \"x\", \"x\"]")
      try $0.edit("reg/profiles.json", "[\"r\"]", "[]")
    }.allowing("duplicate_probe_ref fs:b:x"),
    PlanDamage(
      "mach-lookup under a profile whose file denies", ["mach_lookup_driver fs:b:r", "mach_lookup_driver fs:b:w"]
    ) {
      try $0.edit("reg/probes.json", "file-read*", "mach-lookup")
    },
    PlanDamage("mach-lookup with the driver", []) {
      try $0.edit("reg/probes.json", "file-read*", "mach-lookup")
      try $0.edit("reg/probes.json", "\"driver\": null", "\"driver\": \"sandbox_mach_probe\"")
      try $0.edit("reg/profiles.json", "[\"r\", \"w\"]", "[\"r\"]")
    },
    PlanDamage("mach-lookup under a profile whose rules deny", ["mach_lookup_driver fs:a:r"]) {
      try $0.edit("reg/probes.json", "file-read*", "mach-lookup")
      try $0.edit("plan.json", "\"a\", \"b\"", "\"a\"")
      try $0.edit("reg/profiles.json", "\"key_specific_rules\": []", "\"key_specific_rules\": [\"  (deny default x)\"]")
    },
    PlanDamage("mach-lookup without a scenario lane", []) {
      try $0.edit("reg/probes.json", "file-read*", "mach-lookup")
      try $0.edit("plan.json", "\"scenario\": true", "\"scenario\": false")
    },
  ]

  @Test("names everything that is wrong", arguments: cases)
  func lint(damage: PlanDamage) throws {
    let world = try PlanWorld()
    try damage.act(world)
    #expect(PlanWorld.told(world.lintPlan().errors) == damage.expected)
  }

  @Test("the digest is that of the plan as long as it can be used")
  func digest() throws {
    let world = try PlanWorld()
    let digest = world.lintPlan().plan.digest
    try world.edit("plan.json", "\"controls\": {}", "\"controls\": null, \"notes\": \"x\"")
    #expect(world.lintPlan().plan.digest == digest)
    try world.edit("plan.json", "\"notes\": \"x\"", "\"notes\": \"x\", \"notes\": \"y\"")
    #expect(world.lintPlan().plan.digest == nil)
    #expect(world.lintPlan().plan.id == "p")
  }
}

extension PlanDamage {
  /// The same with one more error expected.
  fileprivate func allowing(_ error: String) -> PlanDamage { PlanDamage(testDescription, expected + [error], act) }
}

@Suite("Linting registries")
struct RegistryLintTests {
  static let cases: [PlanDamage] = [
    PlanDamage("clean registries", []) { _ in },
    PlanDamage("no index", ["registry_index_unreadable"]) { try $0.folder.removeFile("root/index.json") },
    PlanDamage("an index without a list", ["registry_index_unreadable"]) {
      try $0.edit("index.json", "registries", "registry")
    },
    PlanDamage("an index with doubled keys", ["duplicate_key index.json#/registries/0/id"]) {
      try $0.edit("index.json", "\"id\": \"fs\"", "\"id\": \"fs\", \"id\": \"net\"")
    },
    PlanDamage("an index of another version", ["registry_index_schema_mismatch"]) {
      try $0.edit("index.json", "v0.1", "v0.2")
    },
    PlanDamage("entries", ["duplicate_registry_id fs", "registry_entry_invalid #2", "registry_entry_invalid net"]) {
      try $0.edit(
        "index.json", "}]",
        "}, {\"id\": \"fs\", \"probes\": \"x\", \"profiles\": \"y\"}, 5, {\"id\": \"net\", \"probes\": \"\", \"profiles\": \"p\"}]"
      )
    },
    PlanDamage("files outside", ["path_escape fs:../outside/deny.sb", "path_escape fs:away/deny.sb"]) {
      try $0.folder.link("root/away", to: "../outside")
      try $0.edit("index.json", "reg/probes.json", "../outside/deny.sb")
      try $0.edit("index.json", "reg/profiles.json", "away/deny.sb")
    },
    PlanDamage("files that are gone", ["probes_file_missing fs", "profiles_file_missing fs"]) {
      try $0.folder.removeFile("root/reg/probes.json")
      try $0.folder.removeFile("root/reg/profiles.json")
    },
    PlanDamage("files that are no JSON objects", ["probe_registry_unreadable fs", "profile_registry_unreadable fs"]) {
      try $0.folder.write("[]", to: "root/reg/probes.json")
      try $0.folder.write("{", to: "root/reg/profiles.json")
    },
    PlanDamage("old versions", ["probe_registry_schema_mismatch fs", "profile_registry_schema_mismatch fs"]) {
      try $0.edit("reg/probes.json", "v0.2", "v0.1")
      try $0.edit("reg/profiles.json", "v0.2", "v0.1")
    },
    PlanDamage("doubled keys in a file", ["duplicate_key reg/probes.json#/probes/r/name"]) {
      try $0.edit("reg/probes.json", "\"probe_id\": \"r\"", "\"probe_id\": \"r\", \"name\": \"m\"")
      try $0.edit("reg/profiles.json", "\"mode\": \"sbpl\"", "\"mode\": \"no\"")
    },
    PlanDamage(
      "files that name another registry are judged",
      [
        "registry_id_mismatch fs:probes", "unknown_probe_ref fs:a:r", "unknown_probe_ref fs:b:r",
        "probe_id_mismatch fs:s",
      ]
    ) {
      try $0.edit("reg/probes.json", "\"fs\"", "\"net\"")
      try $0.edit("reg/probes.json", "\"r\": {", "\"s\": {")
    },
    PlanDamage("members that are no objects", ["probes_not_object fs", "profiles_not_object fs"]) {
      try $0.edit("reg/probes.json", "\"probes\":", "\"probes\": [], \"old\":")
      try $0.edit("reg/profiles.json", "\"profiles\":", "\"profiles\": null, \"old\":")
    },
    PlanDamage("entries that are no objects", ["probe_not_object fs:x", "profile_not_object fs:y"]) {
      try $0.edit("reg/probes.json", "\"probes\": {", "\"probes\": {\"x\": 5, ")
      try $0.edit("reg/profiles.json", "\"profiles\": {", "\"profiles\": {\"y\": [], ")
    },
    PlanDamage(
      "keys",
      [
        "probe_missing_key fs:w.target", "probe_missing_key fs:r.target", "probe_unexpected_key fs:r.tarjet",
        "probe_unexpected_key fs:w.tarjet", "profile_missing_key fs:a.notes", "profile_missing_key fs:b.notes",
        "profile_unexpected_key fs:a.note", "profile_unexpected_key fs:b.note",
      ]
    ) {
      try $0.edit("reg/probes.json", "\"target\"", "\"tarjet\"")
      try $0.edit("reg/profiles.json", "\"notes\"", "\"note\"")
    },
    PlanDamage(
      "types",
      [
        "probe_field_type fs:r.driver", "probe_field_type fs:r.filter_type", "profile_field_type fs:a.family",
        "profile_field_type fs:b.family",
      ]
    ) {
      try $0.edit("reg/probes.json", "\"filter_type\": 5", "\"filter_type\": true")
      try $0.edit("reg/probes.json", "\"driver\": null", "\"driver\": 5")
      try $0.edit("reg/profiles.json", "\"family\": null", "\"family\": 1")
    },
    PlanDamage(
      "lists and lanes as a whole",
      [
        "probe_field_type fs:r.expected_predicates", "probe_field_type fs:r.supports_lanes",
        "probe_field_type fs:w.expected_predicates", "probe_field_type fs:w.supports_lanes",
      ]
    ) {
      try $0.edit("reg/probes.json", "[\"x\"]", "[\"x\", 1, 2]")
      try $0.edit("reg/probes.json", "\"oracle\": false}", "\"oracle\": false, \"more\": true}")
    },
    PlanDamage(
      "ranges",
      [
        "probe_control_unknown fs:r", "probe_control_unknown fs:w", "probe_expected_invalid fs:r",
        "probe_expected_invalid fs:w", "profile_mode_invalid fs:a", "profile_mode_invalid fs:b",
      ]
    ) {
      try $0.edit("reg/probes.json", "[\"baseline\"]", "[\"baseline\", \"x\", \"y\"]")
      try $0.edit("reg/probes.json", "\"allow\"", "\"maybe\"")
      try $0.edit("reg/profiles.json", "sbpl", "text")
    },
    PlanDamage("profiles", ["path_escape fs:a:a\\b", "profile_path_missing fs:b", "profile_no_probe_refs fs:a"]) {
      try $0.edit("reg/profiles.json", "\"sb/allow.sb\"", "\"a\\\\b\"")
      try $0.edit("reg/profiles.json", "sb/deny.sb", "sb")
      try $0.edit("reg/profiles.json", "[\"r\"]", "[]")
    },
  ]

  @Test("names everything that is wrong", arguments: cases)
  func lint(damage: PlanDamage) throws {
    let world = try PlanWorld()
    try damage.act(world)
    #expect(PlanWorld.told(world.lint().errors) == damage.expected)
  }

  @Test("one registry's errors stop no other's, and one can be asked for")
  func several() throws {
    let world = try PlanWorld()
    try world.edit("index.json", "[{", "[{\"id\": \"gone\", \"probes\": \"a.json\", \"profiles\": \"b.json\"}, {")
    #expect(world.lint().registries == ["gone", "fs"])
    #expect(PlanWorld.told(world.lint().errors) == ["probes_file_missing gone", "profiles_file_missing gone"])
    #expect(world.lint("fs").errors == [] && world.lint("fs").registries == ["fs"])
    #expect(PlanWorld.told(world.lint("net").errors) == ["registry_not_found net"])
  }
}
