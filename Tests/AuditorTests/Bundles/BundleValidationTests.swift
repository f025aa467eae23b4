import Auditor
import Formats
import Glibc
import Rules
import Testing

@Suite("Validating a bundle")
struct BundleValidationTests {
  @Test("a whole run is valid, through LATEST and by itself")
  func valid() throws {
    let world = try BundleWorld()
    for bundle in ["out", "out/run-1", "./out/../out"] {
      let outcome = world.work(bundle).validate()
      #expect(outcome.answer.errors == [])
      #expect(outcome.answer.place?.shown == "out/run-1")
      #expect(outcome.answer.runID == "run-1")
      #expect(outcome.answer.state == .complete)
      #expect(outcome.exitStatus == .clean)
    }
  }

  /// Section 2.
  static let places: [BundleDamage] = [
    BundleDamage("LATEST with ASCII white space around it", []) {
      try $0.folder.write(" \t\nrun-1\u{B}\r\n", to: "root/out/LATEST")
    },
    BundleDamage("LATEST with another run", ["latest_dangling"]) {
      try $0.folder.write("run-2", to: "root/out/LATEST")
    },
    BundleDamage("LATEST that names a file", ["latest_dangling"]) {
      try $0.folder.write("f", to: "root/out/LATEST")
      try $0.folder.write("", to: "root/out/f")
    },
    BundleDamage("LATEST that climbs", ["latest_invalid"]) { try $0.folder.write("../outside", to: "root/out/LATEST") },
    BundleDamage("LATEST that is a path", ["latest_invalid"]) { try $0.folder.write("./run-1", to: "root/out/LATEST") },
    BundleDamage("LATEST of two lines", ["latest_invalid"]) {
      try $0.folder.write("run-1\nrun-2", to: "root/out/LATEST")
    },
    BundleDamage("LATEST that begins with a dot", ["latest_invalid"]) {
      try $0.folder.write(".run", to: "root/out/LATEST")
    },
    BundleDamage("LATEST that is no UTF-8", ["latest_invalid"]) { try $0.folder.write([0xFF], to: "root/out/LATEST") },
    BundleDamage("LATEST with 129 characters", ["latest_invalid"]) {
      try $0.folder.write(String(repeating: "a", count: 129), to: "root/out/LATEST")
    },
    BundleDamage("LATEST with 128 characters", ["latest_dangling"]) {
      try $0.folder.write(String(repeating: "a", count: 128), to: "root/out/LATEST")
    },
    BundleDamage("LATEST that is a link", ["latest_invalid"]) {
      try $0.folder.removeFile("root/out/LATEST")
      try $0.folder.write("run-1", to: "root/out/there")
      try $0.folder.link("root/out/LATEST", to: "there")
    },
    BundleDamage("LATEST that is a link to nothing", ["latest_invalid"]) {
      try $0.folder.removeFile("root/out/LATEST")
      try $0.folder.link("root/out/LATEST", to: "nowhere")
    },
    BundleDamage("LATEST that is a folder", ["latest_invalid"]) {
      try $0.folder.removeFile("root/out/LATEST")
      try $0.folder.makeFolder("root/out/LATEST")
    },
    BundleDamage("LATEST that names a link out of the root", ["latest_invalid"]) {
      try $0.folder.write("away", to: "root/out/LATEST")
      try $0.folder.link("root/out/away", to: "../../outside")
    },
    BundleDamage("LATEST that names a link out of the bundle root", ["latest_invalid"]) {
      try $0.folder.write("away", to: "root/out/LATEST")
      try $0.folder.makeFolder("root/elsewhere")
      try $0.folder.link("root/out/away", to: "../elsewhere")
    },
    BundleDamage("LATEST that names the bundle root itself", ["latest_invalid"]) {
      try $0.folder.write("self", to: "root/out/LATEST")
      try $0.folder.link("root/out/self", to: ".")
    },
    // Nothing in LATEST: the directory itself is the run, and it was never committed.
    BundleDamage("LATEST that is empty", ["index_missing"]) { try $0.folder.write(" \n", to: "root/out/LATEST") },
  ]

  @Test("finds the run directory, or says why there is none", arguments: places)
  func place(damage: BundleDamage) throws { try check(damage) }

  @Test("a bundle directory must be there and below the root")
  func bundleDirectory() throws {
    let world = try BundleWorld()
    #expect(world.errors("absent") == ["bundle_not_found"])
    #expect(world.work("absent").validate().exitStatus == .noVerdict)
    #expect(world.errors("out/LATEST") == ["bundle_not_found"])
    #expect(world.errors("../outside") == ["path_escape"])
    try world.folder.link("root/link", to: "../outside")
    #expect(world.errors("link") == ["path_escape"])
    try world.folder.link("entry", to: "root/out")
    #expect(world.errors("../entry") == [])
    let noRoot = BundleWork(bundle: "\(world.folder.path)/root/out", root: "\(world.folder.path)/absent")
    #expect(noRoot.validate().exitStatus == .noVerdict)
  }

  /// Section 3.
  static let states: [BundleDamage] = [
    BundleDamage("a run that is still writing", ["in_progress"]) {
      try $0.alter("run_status.json", "complete", " in_progress\\n")
    },
    BundleDamage("a failed run", []) { try $0.alter("run_status.json", "complete", "failed") },
    BundleDamage("a state with white space", []) {
      try $0.alter("run_status.json", "\"complete\"", "\"\\tcomplete \"")
    },
    BundleDamage("an unknown state", ["run_status_unreadable run_status.json"]) {
      try $0.alter("run_status.json", "complete", "completed")
    },
    BundleDamage("a state that is no text", ["run_status_unreadable run_status.json"]) {
      try $0.alter("run_status.json", "\"complete\"", "1")
    },
    BundleDamage("a status that is no object", ["run_status_unreadable run_status.json"]) {
      try $0.put("run_status.json", "[]")
    },
    BundleDamage("a status that is no JSON", ["run_status_unreadable run_status.json"]) {
      try $0.put("run_status.json", "{")
    },
    BundleDamage("a status with two states", ["run_status_unreadable run_status.json"]) {
      try $0.alter("run_status.json", "\"state\": ", "\"state\": \"in_progress\", \"state\": ")
    },
    BundleDamage("a status out of the run", ["path_escape run_status.json"]) {
      try $0.folder.write(BundleWorld.documents[0].text, to: "root/out/status.json")
      try $0.link("run_status.json", to: "../status.json")
    },
    BundleDamage("a status out of the root", ["path_escape run_status.json"]) {
      try $0.link("run_status.json", to: "../../../outside/secret.json")
    },
    BundleDamage("no status", []) {
      try $0.remove("run_status.json")
      try $0.commit()
    },
  ]

  @Test("refuses by the state", arguments: states)
  func state(damage: BundleDamage) throws { try check(damage) }

  /// Section 4, terminal errors.
  static let indexes: [BundleDamage] = [
    BundleDamage("absent", ["index_missing"]) { try $0.remove("artifact_index.json") },
    BundleDamage("out of the run", ["path_escape artifact_index.json"]) {
      try $0.folder.write(try $0.text("artifact_index.json"), to: "root/out/i.json")
      try $0.link("artifact_index.json", to: "../i.json")
    },
    BundleDamage("within the run, by a link", []) {
      try $0.put("i.json", try $0.text("artifact_index.json"))
      try $0.link("artifact_index.json", to: "i.json")
    },
    BundleDamage("a folder", ["index_unreadable artifact_index.json"]) {
      try $0.remove("artifact_index.json")
      try $0.folder.makeFolder("root/out/run-1/artifact_index.json")
    },
    BundleDamage("a list", ["index_unreadable artifact_index.json"]) { try $0.put("artifact_index.json", "[]") },
    BundleDamage("half written", ["index_unreadable artifact_index.json"]) {
      try $0.put("artifact_index.json", "{\"run_id\":")
    },
    BundleDamage("no UTF-8", ["index_unreadable artifact_index.json"]) {
      try $0.folder.write([0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D], to: "root/out/run-1/artifact_index.json")
    },
    BundleDamage("with a doubled key", ["index_unreadable artifact_index.json"]) {
      try $0.damage("artifact_index.json", "\"status\": \"ok\"", "\"status\": \"failed\", \"status\": \"ok\"")
    },
    BundleDamage("without a version", ["index_invalid artifact_index.json"]) {
      try $0.damage("artifact_index.json", "\"runtime-tools.artifact_index.v0.1\"", "null")
    },
    BundleDamage("with an empty run id", ["index_invalid artifact_index.json"]) {
      try $0.damage("artifact_index.json", "\"run_id\": \"run-1\"", "\"run_id\": \"\"")
    },
    BundleDamage("with a number for its world", ["index_invalid artifact_index.json"]) {
      try $0.damage("artifact_index.json", "\"world-a\"", "5")
    },
    BundleDamage("with an entry that is no object", ["index_invalid artifact_index.json"]) { try $0.addEntry("\"x\"") },
    BundleDamage("with an entry without a path", ["index_invalid artifact_index.json"]) {
      try $0.addEntry("{\"path\": \"\"}")
    },
    BundleDamage("without missing", ["index_invalid artifact_index.json"]) {
      try $0.damage("artifact_index.json", "\"missing\": []", "\"missing\": null")
    },
    BundleDamage("with an empty path missing", ["index_invalid artifact_index.json"]) {
      try $0.damage("artifact_index.json", "\"missing\": []", "\"missing\": [\"\"]")
    },
    BundleDamage("of another version", ["index_schema_unsupported artifact_index.json"]) {
      try $0.damage("artifact_index.json", "index.v0.1", "index.v0.2")
    },
    BundleDamage("of an older prefix", []) {
      try $0.damage("artifact_index.json", "runtime-tools.artifact", "hardened-runtime.artifact")
    },
    BundleDamage("of an unknown status", ["index_status_unexpected artifact_index.json"]) {
      try $0.commit(status: "fine")
    },
    BundleDamage("that says failed", []) { try $0.commit(status: "failed") },
    BundleDamage("that lists what was missing", ["artifact_listed_missing gone.json", "path_escape ../x"]) {
      try $0.commit(missing: ["out/run-1/gone.json", "../x", "out/run-1/gone.json"], status: "partial")
    },
  ]

  @Test("stops at an index that cannot be used", arguments: indexes)
  func index(damage: BundleDamage) throws { try check(damage) }

  /// Section 4.2.
  static let entries: [BundleDamage] = [
    BundleDamage("rule 1: climbs out", ["path_escape ../outside/secret.json"]) {
      try $0.addEntry("{\"path\": \"../outside/secret.json\", \"file_size\": 2}")
    },
    BundleDamage("rule 1: spelled unsafely, though it would stay inside", ["path_escape out/../out/run-1/x"]) {
      try $0.addEntry("{\"path\": \"out/../out/run-1/x\"}")
    },
    BundleDamage("rule 1: a link out of the root", ["path_escape away.json"]) {
      try $0.link("away.json", to: "../../../outside/secret.json")
      try $0.addEntry("{\"path\": \"out/run-1/away.json\"}")
    },
    BundleDamage("rule 1: a link to nothing outside of the root", ["path_escape away.json"]) {
      try $0.link("away.json", to: "../../../outside/absent.json")
      try $0.addEntry("{\"path\": \"out/run-1/away.json\"}")
    },
    BundleDamage("rule 2: another run's file", ["path_outside_bundle out/run-0/x.json"]) {
      try $0.folder.write("{}", to: "root/out/run-0/x.json")
      try $0.addEntry("{\"path\": \"out/run-0/x.json\"}")
    },
    BundleDamage("rule 2: another run's file that is not there", ["path_outside_bundle out/run-10/x.json"]) {
      try $0.addEntry("{\"path\": \"out/run-10/x.json\"}")
    },
    BundleDamage("rule 2: the run directory itself", ["path_outside_bundle out/run-1"]) {
      try $0.addEntry("{\"path\": \"out/run-1\"}")
    },
    BundleDamage("rule 2: a link to another run", ["path_outside_bundle other.json"]) {
      try $0.folder.write("{}", to: "root/out/run-0/x.json")
      try $0.link("other.json", to: "../run-0/x.json")
      try $0.addEntry("{\"path\": \"out/run-1/other.json\"}")
    },
    BundleDamage("rule 3: the same path again", ["duplicate_artifact summary.md"]) {
      try $0.addEntry(try $0.entry("summary.md"))
    },
    BundleDamage("rule 3 before rule 4", ["artifact_missing gone", "duplicate_artifact gone"]) {
      try $0.addEntry("{\"path\": \"out/run-1/gone\"}")
      try $0.addEntry("{\"path\": \"out/run-1/gone\"}")
    },
    BundleDamage("rule 4: deleted", ["artifact_missing summary.md"]) { try $0.remove("summary.md") },
    BundleDamage("rule 4: a link in a circle", ["artifact_missing summary.md"]) {
      try $0.link("summary.md", to: "summary.md")
    },
    BundleDamage("rule 4: below a file", ["artifact_missing summary.md/x"]) {
      try $0.addEntry("{\"path\": \"out/run-1/summary.md/x\"}")
    },
    BundleDamage("rule 5: a folder", ["not_regular_file summary.md"]) {
      try $0.remove("summary.md")
      try $0.folder.makeFolder("root/out/run-1/summary.md")
    },
    BundleDamage("rule 5: a FIFO", ["not_regular_file summary.md"]) {
      try $0.remove("summary.md")
      try $0.folder.makeFIFO("root/out/run-1/summary.md")
    },
    BundleDamage("links that stay inside are followed", []) {
      try $0.put("kept/summary.md", try $0.text("summary.md"))
      try $0.link("summary.md", to: "kept/summary.md")
    },
    BundleDamage("rule 6: no size", ["size_missing summary.md"]) {
      try $0.damage("artifact_index.json", "\"file_size\": 10,", "")
    },
    BundleDamage("rule 6: a size with a point", ["size_missing summary.md"]) {
      try $0.damage("artifact_index.json", "\"file_size\": 10,", "\"file_size\": 10.0,")
    },
    BundleDamage("rule 6: true is no size", ["size_missing summary.md"]) {
      try $0.damage("artifact_index.json", "\"file_size\": 10,", "\"file_size\": true,")
    },
    BundleDamage("rule 6: another size", ["size_mismatch summary.md"]) {
      try $0.damage("artifact_index.json", "\"file_size\": 10,", "\"file_size\": 11,")
    },
    BundleDamage("rule 6: a size beyond 64 bits", ["size_mismatch summary.md"]) {
      try $0.damage("artifact_index.json", "\"file_size\": 10,", "\"file_size\": 100000000000000000000,")
    },
    BundleDamage("rule 7: another digest of the same size", ["digest_mismatch summary.md"]) {
      try $0.put("summary.md", "# SUMMARY\n")
    },
    BundleDamage("rules 6 and 7 together", ["digest_mismatch summary.md", "size_mismatch summary.md"]) {
      try $0.put("summary.md", "#")
    },
    BundleDamage("rule 7: an empty digest", ["digest_missing summary.md"]) {
      try $0.damage("artifact_index.json", SHA256.digest(Array("# Summary\n".utf8)).hex, "")
    },
    BundleDamage("rule 7: a digest in upper case", ["digest_mismatch summary.md"]) {
      let digest = SHA256.digest(Array("# Summary\n".utf8)).hex
      try $0.damage("artifact_index.json", digest, digest.uppercased())
    },
    BundleDamage("rule 7: another version than stated", ["schema_version_mismatch fixtures.json"]) {
      try $0.damage("artifact_index.json", "\"f.v1\"", "\"f.v2\"")
    },
    BundleDamage("rule 7: null where a version is stated", ["schema_version_mismatch mismatch_packets.jsonl"]) {
      try $0.damage("artifact_index.json", "\"p.v1\"", "null")
    },
    BundleDamage("rule 7: no version recorded", []) {
      try $0.damage("artifact_index.json", ", \"schema_version\": \"f.v1\"", "")
    },
  ]

  @Test("checks every entry against the bytes", arguments: entries)
  func entry(damage: BundleDamage) throws { try check(damage) }

  /// Sections 4.3 and 5.
  static let contents: [BundleDamage] = [
    BundleDamage("another run in the manifest", ["run_id_mismatch run_manifest.json"]) {
      try $0.alter("run_manifest.json", "run-1", "run-2")
    },
    BundleDamage("another world in the status", ["world_id_mismatch run_status.json"]) {
      try $0.alter("run_status.json", "world-a", "world-b")
    },
    BundleDamage("ids that are no texts", []) { try $0.alter("run_manifest.json", "\"run-1\"", "1") },
    BundleDamage("LATEST beside the index", ["run_id_mismatch out/LATEST"]) {
      try $0.folder.write("run-9", to: "root/out/LATEST")
      for document in BundleWorld.documents {
        try $0.folder.write(document.text, to: "root/out/run-9/\(document.name)")
      }
      let index = try $0.text("artifact_index.json").replacing("out/run-1", with: "out/run-9")
      try $0.folder.write(index, to: "root/out/run-9/artifact_index.json")
    },
    BundleDamage("another plan in the summary", ["plan_digest_mismatch summary.json"]) {
      try $0.alter("summary.json", "d1", "d2")
    },
    BundleDamage("another plan in the status", ["plan_digest_mismatch run_status.json"]) {
      try $0.alter("run_status.json", "d1", "d2")
    },
    BundleDamage("another preflight record", ["preflight_mismatch apply_preflight.json"]) {
      try $0.alter("apply_preflight.json", "1.0", "2")
    },
    BundleDamage("a manifest without a record", ["preflight_mismatch apply_preflight.json"]) {
      try $0.alter("run_manifest.json", "apply_preflight", "preflight")
    },
    BundleDamage("no manifest to differ from", []) {
      try $0.remove("run_manifest.json")
      try $0.commit()
    },
    BundleDamage(
      "documents that are no objects",
      [
        "artifact_unreadable apply_preflight.json", "artifact_unreadable run_manifest.json",
        "artifact_unreadable summary.json",
      ]
    ) {
      for name in ["apply_preflight.json", "run_manifest.json", "summary.json"] { try $0.put(name, "[]") }
      try $0.commit()
    },
    BundleDamage(
      "lane documents of a wrong shape",
      [
        "artifact_unreadable baseline_results.json", "artifact_unreadable oracle_results.json",
        "artifact_unreadable path_witnesses.json", "artifact_unreadable runtime_events.normalized.json",
        "artifact_unreadable runtime_results.json",
      ]
    ) {
      try $0.put("baseline_results.json", "{\"results\": {}}")
      try $0.put("oracle_results.json", "[]")
      try $0.put("path_witnesses.json", "{}")
      try $0.put("runtime_events.normalized.json", "{}")
      try $0.put("runtime_results.json", "[]")
      try $0.commit()
    },
    BundleDamage("a document out of the run", ["path_escape summary.json"]) {
      try $0.remove("summary.json")
      try $0.commit()
      try $0.link("summary.json", to: "../../../outside/secret.json")
    },
    BundleDamage("a scenario row among the baseline", ["lane_violation baseline_results.json"]) {
      try $0.alter("baseline_results.json", "\"lane\": \"baseline\"", "\"lane\": \"scenario\"")
    },
    BundleDamage("a null lane among the baseline", ["lane_violation baseline_results.json"]) {
      try $0.alter("baseline_results.json", "\"lane\": \"baseline\"", "\"lane\": null")
    },
    BundleDamage("rows without a lane", []) { try $0.alter("baseline_results.json", ", \"lane\": \"baseline\"", "") },
    BundleDamage("an oracle that observed", ["lane_violation oracle_results.json"]) {
      try $0.alter("oracle_results.json", "\"errno\": null", "\"errno\": 0")
    },
    BundleDamage("an oracle in the scenario", ["lane_violation oracle_results.json"]) {
      try $0.alter("oracle_results.json", "\"oracle\"", "\"scenario\"")
    },
    BundleDamage("an oracle's event", ["lane_violation runtime_events.normalized.json"]) {
      try $0.alter("runtime_events.normalized.json", "\"lane\": \"scenario\"", "\"lane\": \"oracle\"")
    },
    BundleDamage("a baseline probe in the results", ["lane_violation runtime_results.json"]) {
      try $0.alter("runtime_results.json", "\"lane\": \"scenario\"", "\"lane\": \"baseline\"")
    },
    BundleDamage("a baseline profile in the results", ["lane_violation runtime_results.json"]) {
      try $0.alter("runtime_results.json", "\"schema_version\": \"r.v1\"", "\"lane\": \"baseline\"")
    },
    BundleDamage("a witness of the oracle", ["lane_violation path_witnesses.json"]) {
      try $0.alter("path_witnesses.json", "\"baseline\"", "\"oracle\"")
    },
    BundleDamage("a witness without a lane", ["lane_violation path_witnesses.json"]) {
      try $0.alter("path_witnesses.json", "\"lane\": \"scenario\"", "")
    },
    BundleDamage("a witness that is no object", ["lane_violation path_witnesses.json"]) {
      try $0.alter("path_witnesses.json", "{\"lane\": \"scenario\"}", "3")
    },
    BundleDamage("a lane that did not run and left evidence", ["lane_violation summary.json"]) {
      try $0.alter("summary.json", "\"oracle\": true", "\"oracle\": false")
    },
    BundleDamage("two lanes that did not run, told once", ["lane_violation summary.json"]) {
      try $0.alter("summary.json", "true", "false")
    },
    BundleDamage("a lane that did not run and left nothing", []) {
      try $0.remove("oracle_results.json")
      try $0.alter("summary.json", "\"oracle\": true", "\"oracle\": false")
    },
  ]

  @Test("holds the documents against the index, each other and their lanes", arguments: contents)
  func content(damage: BundleDamage) throws { try check(damage) }

  @Test("integrity and content are judged together, and nothing is told twice")
  func together() throws {
    let world = try BundleWorld()
    try world.damage("run_manifest.json", "world-a", "world-b")
    #expect(world.errors() == ["digest_mismatch run_manifest.json", "world_id_mismatch run_manifest.json"])
  }

  private func check(_ damage: BundleDamage) throws {
    let world = try BundleWorld()
    try damage.act(world)
    #expect(world.errors() == damage.expected)
  }
}
