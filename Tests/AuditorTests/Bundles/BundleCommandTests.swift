import Auditor
import Formats
import Glibc
import Rules
import Testing

@Suite("Opening a bundle without trusting it")
struct BundleOpeningTests {
  private func view(_ world: BundleWorld) throws -> BundleView {
    guard case .view(let view) = world.work().open().answer else { throw Refused() }
    return view
  }

  struct Refused: Error {}

  @Test("lists what is wrong by kind, in index order")
  func lists() throws {
    let world = try BundleWorld()
    try world.remove("fixtures.json")
    try world.put("summary.md", "#")
    try world.damage("artifact_index.json", SHA256.digest(Array(#"{"counts": {}}"#.utf8)).hex, "")
    try world.addEntry("{\"path\": \"out/run-0/x\"}")
    try world.addEntry("{\"path\": \"/etc/passwd\"}")
    try world.damage("artifact_index.json", "\"missing\": []", "\"missing\": [\"out/run-1/late\"]")
    let view = try view(world)
    #expect(view.missing == ["out/run-1/fixtures.json"])
    #expect(view.digestMismatches == ["out/run-1/summary.md"])
    #expect(view.sizeMismatches == ["out/run-1/summary.md"])
    #expect(view.undigested == ["out/run-1/mismatch_summary.json"])
    #expect(view.refusedPaths == ["/etc/passwd", "out/run-0/x"])
    #expect(view.declaredMissing == ["out/run-1/late"])
    #expect(view.problems == [])
  }

  @Test("works on what strict readers refuse")
  func damaged() throws {
    let world = try BundleWorld()
    try world.put("run_status.json", "[]")
    try world.put("artifact_index.json", "{}")
    let view = try view(world)
    #expect(view.problems == [.runStatusUnreadable, .indexInvalid])
    #expect(view.hasIndex && view.hasStatus)
    #expect(view.state == nil && view.indexStatus == nil && view.missing == [])
    try world.remove("artifact_index.json")
    try world.put("run_status.json", #"{"state": "in_progress"}"#)
    let unfinished = try self.view(world)
    #expect(unfinished.problems == [] && unfinished.state == .inProgress && !unfinished.hasIndex)
  }

  @Test("fails only where there is no run directory")
  func refused() throws {
    let world = try BundleWorld()
    #expect(world.work("absent").open().exitStatus == .noVerdict)
    try world.folder.write("gone", to: "root/out/LATEST")
    #expect(world.work().open().exitStatus == .findings)
  }
}

@Suite("Reindexing a bundle")
struct ReindexTests {
  private let time = ReportTime(environment: ["SOURCE_DATE_EPOCH": "1767225600"])

  private func repair(_ world: BundleWorld, _ bundle: String = "out") -> [String] {
    BundleWorld.told(world.work(bundle).repair(at: time).answer.errors)
  }

  @Test("--strict asks about the bytes only, and writes nothing")
  func strict() throws {
    let world = try BundleWorld()
    try world.alter("summary.json", "d1", "d2")
    try world.commit(missing: ["out/run-1/late"], status: "partial")
    #expect(world.work().reindexStrict().answer.status == "ok")
    try world.put("summary.md", "#")
    let refused = world.work().reindexStrict()
    #expect(BundleWorld.told(refused.answer.errors) == ["digest_mismatch summary.md", "size_mismatch summary.md"])
    #expect(refused.exitStatus == .findings)
    #expect(try world.names("out") == ["LATEST", "run-1"])
  }

  @Test("--repair indexes what is there in core order, then what else was known")
  func order() throws {
    let world = try BundleWorld()
    try world.put("extra.jsonl", "\n \n{\"schema_version\": 3}\n")
    try world.put("unknown.json", "{}")
    try world.addEntry(try world.entry("extra.jsonl"))
    try world.put("summary.md", "# Changed\n")
    #expect(repair(world) == [])
    let index = try world.json("out/run-1/artifact_index.json")
    #expect(
      index["artifacts"]?.elements.map { $0["path"]?.text ?? "" }
        == CoreArtifact.allCases.map { "out/run-1/\($0.rawValue)" } + ["out/run-1/extra.jsonl"])
    #expect(index["artifacts"]?[15]?["schema_version"]?.integer == 3)
    #expect(index.members.map(\.name) == ["schema_version", "run_id", "world_id", "artifacts", "missing", "status"])
    #expect(index["status"]?.text == "ok")
    #expect(world.errors() == [])
    #expect(try world.names("out") == ["LATEST", "run-1"])
    #expect(try !world.names("out/run-1").contains { $0.hasSuffix(".tmp") })
  }

  @Test("--repair forgets nothing that was expected, and knows nothing outside of the run")
  func missing() throws {
    let world = try BundleWorld()
    try world.remove("fixtures.json")
    try world.addEntry("{\"path\": \"out/run-1/lost.txt\"}")
    try world.addEntry("{\"path\": \"out/run-0/other.txt\"}")
    try world.addEntry("{\"path\": \"../outside/secret.json\"}")
    try world.damage(
      "artifact_index.json", "\"missing\": []", "\"missing\": [\"out/run-1/late\", \"/x\", \"out/run-1/lost.txt\"]")
    #expect(repair(world) == [])
    let index = try world.json("out/run-1/artifact_index.json")
    #expect(
      index["missing"]?.elements.map(\.text) == ["out/run-1/fixtures.json", "out/run-1/lost.txt", "out/run-1/late"])
    #expect(index["status"]?.text == "partial")
    let log = try world.json("out/run-1/repair_log.json")
    #expect(log.members.map(\.name) == ["schema_version", "bundle_dir", "repaired_at_unix", "before", "after"])
    #expect(log["repaired_at_unix"]?.number == 1_767_225_600)
    #expect(
      log["before"]?["refused_paths"]?.elements.map(\.text) == ["../outside/secret.json", "out/run-0/other.txt", "/x"])
    #expect(log["before"]?["missing"]?.elements.map(\.text) == ["out/run-1/lost.txt", "out/run-1/fixtures.json"])
    #expect(log["after"]?["declared_missing"]?.count == 3)
    #expect(log["after"]?["missing"]?.count == 0)
    // What was missing and came late is indexed by the next repair.
    try world.put("late", "")
    #expect(repair(world) == [])
    #expect(try world.json("out/run-1/artifact_index.json")["missing"]?.count == 2)
  }

  @Test("a failed run stays failed, whoever says so", arguments: [true, false])
  func failed(byIndex: Bool) throws {
    let world = try BundleWorld()
    if byIndex { try world.commit(status: "failed") } else { try world.alter("run_status.json", "complete", "failed") }
    #expect(repair(world) == [])
    #expect(try world.json("out/run-1/artifact_index.json")["status"]?.text == "failed")
  }

  @Test("an index that is no index knows no paths, and identity comes from the manifest")
  func unreadableIndex() throws {
    let world = try BundleWorld()
    try world.put("artifact_index.json", "{broken")
    try world.remove("run_status.json")
    #expect(repair(world) == [])
    let index = try world.json("out/run-1/artifact_index.json")
    #expect(index["run_id"]?.text == "run-1")
    #expect(index["artifacts"]?.count == 14)
    #expect(try world.json("out/run-1/repair_log.json")["before"]?["index_status"]?.isNull == true)
  }

  @Test("identity: manifest, then index, then status")
  func identity() throws {
    let world = try BundleWorld()
    try world.damage("run_manifest.json", "\"run_id\": \"run-1\"", "\"run_id\": \"\"")
    try world.damage("artifact_index.json", "\"world_id\": \"world-a\"", "\"world_id\": \"world-i\"")
    #expect(repair(world) == [])
    let index = try world.json("out/run-1/artifact_index.json")
    #expect(index["run_id"]?.text == "run-1" && index["world_id"]?.text == "world-a")
    try world.remove("run_manifest.json")
    try world.put("artifact_index.json", "[]")
    #expect(repair(world) == [])
    #expect(try world.json("out/run-1/artifact_index.json")["world_id"]?.text == "world-a")
    try world.put("artifact_index.json", "[]")
    try world.remove("run_status.json")
    #expect(repair(world) == ["identity_unknown"])
  }

  /// Section 8, refusals.
  static let refusals: [BundleDamage] = [
    BundleDamage("no run", ["latest_dangling"]) { try $0.folder.write("x", to: "root/out/LATEST") },
    BundleDamage("an unreadable status", ["run_status_unreadable run_status.json"]) {
      try $0.put("run_status.json", "1")
    },
    BundleDamage("a status outside", ["path_escape run_status.json"]) {
      try $0.link("run_status.json", to: "../LATEST")
    },
    BundleDamage("a run in progress", ["in_progress"]) { try $0.damage("run_status.json", "complete", "in_progress") },
    BundleDamage("a run that was never committed", ["index_missing"]) { try $0.remove("artifact_index.json") },
    BundleDamage("an index outside", ["path_escape artifact_index.json"]) {
      try $0.link("artifact_index.json", to: "../LATEST")
    },
    BundleDamage("a lock that leads outside", ["locked"]) {
      try $0.folder.link("root/out/.runtime.lock", to: "../../outside/lock")
    },
  ]

  @Test("--repair refuses, writing nothing", arguments: refusals)
  func refusal(damage: BundleDamage) throws {
    let world = try BundleWorld()
    try damage.act(world)
    let before = try (world.names("out"), world.names("out/run-1"))
    #expect(repair(world) == damage.expected)
    #expect(try world.names("out") == before.0)
    #expect(try world.names("out/run-1") == before.1)
    #expect(try FolderListing.names(in: "\(world.folder.path)/outside") == ["secret.json"])
  }

  @Test("one writer at a time; a lock that nobody holds blocks nobody and is taken away")
  func lock() throws {
    let world = try BundleWorld()
    try world.folder.write("stale", to: "root/out/.runtime.lock")
    #expect(repair(world) == [])
    #expect(try world.names("out") == ["LATEST", "run-1"])

    try world.folder.write("held", to: "root/out/.runtime.lock")
    let descriptor = unsafe open("\(world.folder.path)/root/out/.runtime.lock", O_RDWR)
    try #require(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    #expect(repair(world) == ["locked"])
    #expect(repair(world, "out/run-1") == ["locked"])
    #expect(try FileReader.read("\(world.folder.path)/root/out/.runtime.lock") == Array("held".utf8))
    let waited = world.work().repair(at: time, patience: .milliseconds(30))
    #expect(BundleWorld.told(waited.answer.errors) == ["locked"])
    close(descriptor)
    #expect(repair(world) == [])
  }

  @Test("what a killed writer left is taken away by the next")
  func leftovers() throws {
    let world = try BundleWorld()
    try world.put("artifact_index.json.99999.tmp", "{")
    try world.put("repair_log.json.1.tmp", "{")
    try world.put("other.json.1.tmp", "{")
    #expect(repair(world) == [])
    #expect(try world.names("out/run-1").filter { $0.hasSuffix(".tmp") } == ["other.json.1.tmp"])
  }

  @Test("a run directory that is the root itself")
  func rootIsRun() throws {
    let world = try BundleWorld()
    let root = "\(world.folder.path)/root/out/run-1"
    let work = BundleWork(bundle: root, root: root)
    // An index that was made below another root would have its paths expected here, and missing.
    try world.put("artifact_index.json", "[]")
    #expect(work.repair(at: time).answer.errors == [])
    #expect(try world.names("out") == ["LATEST", "run-1"])
    #expect(try world.json("out/run-1/repair_log.json")["bundle_dir"]?.text == ".")
    #expect(try world.json("out/run-1/artifact_index.json")["artifacts"]?[0]?["path"]?.text == "run_status.json")
    #expect(work.validate().answer.errors == [])
  }
}

@Suite("Promoting a bundle")
struct PromotionTests {
  /// Section 9, reasons.
  static let reasons: [BundleDamage] = [
    BundleDamage("a clean run", []) { _ in },
    BundleDamage("no manifest", ["apply_preflight_missing", "manifest_missing", "not_clean_channel"]) {
      try $0.remove("run_manifest.json")
      try $0.commit()
    },
    BundleDamage(
      "a manifest that is no object",
      ["apply_preflight_missing", "bundle_integrity_unverified", "manifest_missing", "not_clean_channel"]
    ) {
      try $0.put("run_manifest.json", "[]")
      try $0.commit()
    },
    BundleDamage("no status", ["run_status_missing"]) {
      try $0.remove("run_status.json")
      try $0.commit()
    },
    BundleDamage("an unusable status", ["bundle_integrity_unverified", "run_status_missing"]) {
      try $0.alter("run_status.json", "complete", "?")
    },
    BundleDamage("in progress", ["bundle_in_progress", "bundle_integrity_unverified"]) {
      try $0.alter("run_status.json", "complete", "in_progress")
    },
    BundleDamage("another channel", ["not_clean_channel"]) {
      try $0.alter("run_manifest.json", "launchd_clean", "direct")
    },
    BundleDamage("an empty record", ["apply_preflight_missing"]) {
      try $0.put("apply_preflight.json", "{}")
      try $0.put("run_manifest.json", #"{"channel": "launchd_clean", "apply_preflight": {"record": {}}}"#)
      try $0.commit()
    },
    BundleDamage("sandboxed already", ["already_sandboxed"]) {
      try $0.damage("apply_preflight.json", "false", "true")
      try $0.alter("run_manifest.json", "\"sandboxed\": false", "\"sandboxed\": true")
    },
    BundleDamage("unknown whether sandboxed", []) {
      try $0.damage("apply_preflight.json", "\"sandboxed\": false", "\"error\": \"x\"")
      try $0.alter("run_manifest.json", "\"sandboxed\": false", "\"error\": \"x\"")
    },
    BundleDamage("apply_ok that is no boolean", ["apply_failed"]) {
      try $0.damage("apply_preflight.json", "\"apply_ok\": true", "\"apply_ok\": 1")
      try $0.alter("run_manifest.json", "\"apply_ok\": true", "\"apply_ok\": 1")
    },
    BundleDamage("never committed", ["bundle_integrity_unverified"]) { try $0.remove("artifact_index.json") },
    BundleDamage("a changed file", ["bundle_integrity_unverified"]) { try $0.put("summary.md", "") },
    BundleDamage("documents at odds", ["bundle_integrity_unverified"]) { try $0.alter("summary.json", "d1", "d2") },
    BundleDamage("a manifest that is not indexed", ["bundle_integrity_unverified"]) {
      try $0.damage("artifact_index.json", try $0.entry("run_manifest.json") + ",", "")
    },
    BundleDamage("a status that is not indexed", ["bundle_integrity_unverified"]) {
      try $0.damage("artifact_index.json", try $0.entry("run_status.json") + ",", "")
    },
    BundleDamage("a failed run", ["bundle_failed"]) { try $0.alter("run_status.json", "complete", "failed") },
    BundleDamage("an index that says failed", ["bundle_failed"]) { try $0.commit(status: "failed") },
    BundleDamage("an index that says failed, unverified", ["bundle_integrity_unverified"]) {
      try $0.commit(status: "failed")
      try $0.put("summary.md", "")
    },
    BundleDamage("something missing", ["bundle_incomplete"]) {
      try $0.commit(missing: ["out/run-1/x"], status: "partial")
    },
    BundleDamage("no results", ["decision_stage_artifacts_missing"]) {
      try $0.remove("runtime_results.json")
      try $0.commit()
    },
    BundleDamage("a matrix that is not indexed", ["decision_stage_artifacts_missing"]) {
      try $0.damage("artifact_index.json", try $0.entry("expected_matrix.json") + ",", "")
    },
    BundleDamage("mixed lanes", ["lane_violation"]) {
      try $0.alter("baseline_results.json", "\"baseline\"", "\"oracle\"")
    },
  ]

  @Test("derives why not", arguments: reasons)
  func reason(damage: BundleDamage) throws {
    let world = try BundleWorld()
    try damage.act(world)
    #expect(try world.promotability().reasons.map(\.rawValue) == damage.expected)
  }

  @Test("a packet points at the run, and at optional documents only where they are")
  func packet() throws {
    let world = try BundleWorld()
    try world.put("impact_map.json", "{}")
    try world.remove("oracle_results.json")
    try world.remove("fixtures.json")
    try world.commit()
    let outcome = world.work().promote(to: "\(world.folder.path)/root/deep/er/packet.json", requiresPromotable: true)
    #expect(outcome.answer.out == "deep/er/packet.json")
    let packet = try world.json("deep/er/packet.json")
    #expect(
      packet.members.map(\.name) == [
        "schema_version", "run_manifest", "expected_matrix", "runtime_results", "runtime_events", "baseline_results",
        "oracle_results", "mismatch_packets", "summary", "path_witnesses", "impact_map", "promotability",
      ])
    #expect(packet["oracle_results"]?.text == "out/run-1/oracle_results.json")
    #expect(packet["promotability"]?["gating_inputs"]?["sandbox_check_self"]?["sandboxed"]?.boolean == false)
    #expect(try world.names("deep/er") == ["packet.json"])
  }

  @Test(
    "refuses to write over the evidence or out of the root",
    arguments: [
      ("../outside/p.json", "path_escape"), ("away/p.json", "path_escape"), ("dangling", "path_escape"),
      (".", "path_escape"),
      ("out/run-1/artifact_index.json", "out_overwrites_artifact"),
      ("out/run-1/repair_log.json", "out_overwrites_artifact"),
      ("out/run-1/../run-1/summary.md", "out_overwrites_artifact"), ("out/run-1/extra.txt", "out_overwrites_artifact"),
      ("alias/summary.json", "out_overwrites_artifact"), ("link.json", "out_overwrites_artifact"),
      ("out/LATEST", "out_overwrites_artifact"), ("out/run-1/oracle_results.json", "out_overwrites_artifact"),
    ])
  func refusal(out: String, code: String) throws {
    let world = try BundleWorld()
    try world.folder.link("root/away", to: "../outside")
    try world.folder.link("root/dangling", to: "../outside/new.json")
    try world.folder.link("root/alias", to: "out/run-1")
    try world.folder.link("root/link.json", to: "out/run-1/summary.json")
    try world.put("extra.txt", "x")
    try world.addEntry(try world.entry("extra.txt"))
    let names = try world.names("out/run-1")
    let answer = world.work().promote(to: "\(world.folder.path)/root/\(out)", requiresPromotable: true).answer
    #expect(answer.errors.map(\.code.rawValue) == [code])
    #expect(answer.out == nil && answer.promotability != nil)
    #expect(try world.names("out/run-1") == names)
    #expect(world.errors() == [])
    #expect(try FolderListing.names(in: "\(world.folder.path)/outside") == ["secret.json"])
  }

  @Test("--require-promotable writes a promotable packet or none")
  func required() throws {
    let world = try BundleWorld()
    try world.alter("run_manifest.json", "launchd_clean", "direct")
    let refused = world.work().promote(to: "\(world.folder.path)/root/p.json", requiresPromotable: true)
    #expect(refused.answer.errors.map(\.code) == [.notPromotable])
    #expect(refused.exitStatus == .findings)
    #expect(try world.names(".") == ["out"])
  }
}
