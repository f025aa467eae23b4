import Auditor
import Formats
import Glibc
import Rules
import Testing

/// A root with one whole, committed, promotable run, to be damaged by a test. `root/out/run-1` is the run, `outside/`
/// lies beside the root.
struct BundleWorld {
  static let run = "out/run-1"
  static let world = "world-a"

  let folder: TemporaryFolder

  /// The documents of the run as they are before any damage, by name.
  static let documents: [(name: String, text: String)] = [
    (
      "run_status.json",
      #"{"schema_version": "runtime-tools.run_status.v0.1", "run_id": "run-1", "world_id": "world-a", "plan_digest": "d1", "state": "complete", "updated_at_unix": 100.5}"#
    ),
    (
      "run_manifest.json",
      #"{"schema_version": "m.v1", "run_id": "run-1", "world_id": "world-a", "channel": "launchd_clean", "plan_digest": "d1", "apply_preflight": {"record": {"apply_ok": true, "sandbox_check_self": {"sandboxed": false}, "n": 1}}}"#
    ),
    ("apply_preflight.json", #"{"sandbox_check_self": {"sandboxed": false}, "n": 1.0, "apply_ok": true}"#),
    ("baseline_results.json", #"{"results": [{"operation": "file-read*", "status": "allow", "lane": "baseline"}, 7]}"#),
    ("path_witnesses.json", #"{"records": [{"lane": "baseline"}, {"lane": "scenario"}]}"#),
    ("fixtures.json", #"{"schema_version": "f.v1"}"#),
    ("expected_matrix.generated.json", #"{"profiles": {}}"#),
    ("expected_matrix.json", #"{"profiles": {}}"#),
    (
      "runtime_results.json",
      #"{"p": {"schema_version": "r.v1", "probes": [{"operation": "file-read*", "actual": "deny", "lane": "scenario"}]}, "q": 5}"#
    ),
    (
      "runtime_events.normalized.json",
      #"[{"operation": "file-read*", "expected": "deny", "actual": "deny", "match": true, "intended_op_witnessed": true, "lane": "scenario"}]"#
    ),
    ("mismatch_summary.json", #"{"counts": {}}"#),
    ("mismatch_packets.jsonl", "\n{\"schema_version\": \"p.v1\"}\n{}\n"),
    (
      "oracle_results.json",
      #"{"results": [{"operation": "file-read*", "decision": "deny", "lane": "oracle", "errno": null}]}"#
    ),
    (
      "summary.json",
      #"{"plan_digest": "d1", "lanes": {"baseline": true, "scenario": true, "oracle": true}}"#
    ),
    ("summary.md", "# Summary\n"),
  ]

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("{}", to: "outside/secret.json")
    for document in Self.documents { try put(document.name, document.text) }
    try folder.write("run-1\n", to: "root/out/LATEST")
    try commit()
  }

  /// Writes a file of the run.
  func put(_ name: String, _ text: String) throws { try folder.write(text, to: "root/\(Self.run)/\(name)") }

  /// The text of a file of the run.
  func text(_ name: String) throws -> String {
    String(decoding: try FileReader.read("\(folder.path)/root/\(Self.run)/\(name)"), as: UTF8.self)
  }

  func remove(_ name: String) throws { try folder.removeFile("root/\(Self.run)/\(name)") }

  /// Makes a link in the run's place of a file.
  func link(_ name: String, to target: String) throws {
    unsafe unlink("\(folder.path)/root/\(Self.run)/\(name)")
    try folder.link("root/\(Self.run)/\(name)", to: target)
  }

  /// Changes a document after the run was committed, or the index itself.
  func damage(_ name: String, _ old: String, _ new: String) throws {
    let before = try text(name)
    let after = before.replacing(old, with: new)
    try #require(before != after, "'\(old)' is not in \(name)")
    try put(name, after)
  }

  /// Changes a document before the run was committed.
  func alter(_ name: String, _ old: String, _ new: String) throws {
    try damage(name, old, new)
    try commit()
  }

  /// Writes the index anew over what is there.
  func commit(missing: [String] = [], status: String = "ok") throws {
    let entries = try Self.documents.map(\.name).filter { FileStatus.exists("\(folder.path)/root/\(Self.run)/\($0)") }
      .map(entry)
    try put(
      "artifact_index.json",
      """
      {"schema_version": "runtime-tools.artifact_index.v0.1", "run_id": "run-1", "world_id": "world-a",
       "artifacts": [
      \(entries.joined(separator: ",\n"))
      ], "missing": [\(missing.map { "\"\($0)\"" }.joined(separator: ", "))], "status": "\(status)"}
      """)
  }

  /// The index's entry of a file of the run.
  func entry(_ name: String) throws -> String {
    let bytes = try FileReader.read("\(folder.path)/root/\(Self.run)/\(name)")
    var version = JSONWriter()
    if let stated = SelfStatement.schemaVersion(of: bytes, path: name) { version.value(stated) } else { version.null() }
    return
      #"{"path": "\#(Self.run)/\#(name)", "file_size": \#(bytes.count), "sha256": "\#(SHA256.digest(bytes).hex)", "schema_version": \#(String(decoding: version.bytes, as: UTF8.self))}"#
  }

  /// Puts text before the first entry of the index.
  func addEntry(_ entry: String) throws {
    try damage("artifact_index.json", "\"artifacts\": [\n", "\"artifacts\": [\n\(entry),\n")
  }

  func work(_ bundle: String = "out") -> BundleWork {
    BundleWork(bundle: "\(folder.path)/root/\(bundle)", root: "\(folder.path)/root")
  }

  /// The errors of `validate` as `CODE PATH`; paths of the run without its directory.
  func errors(_ bundle: String = "out") -> [String] { Self.told(work(bundle).validate().answer.errors) }

  static func told(_ errors: [BundleError]) -> [String] {
    errors.map { error in
      let path = error.path.map { $0.hasPrefix(run + "/") ? String($0.dropFirst(run.count + 1)) : $0 }
      return [error.code.rawValue, path].compactMap { $0 }.joined(separator: " ")
    }.sorted()
  }

  func promotability() throws -> Promotability {
    try #require(work().promote(to: "\(folder.path)/root/packet.json", requiresPromotable: false).answer.promotability)
  }

  /// A file below the root as JSON.
  func json(_ path: String) throws -> Value { try JSON.read(FileReader.read("\(folder.path)/root/\(path)")) }

  /// The names in a folder below the root.
  func names(_ path: String) throws -> [String] { try FolderListing.names(in: "\(folder.path)/root/\(path)") }
}

/// Something done to a world, and the errors that it has to lead to.
struct BundleDamage: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let expected: [String]
  let act: @Sendable (BundleWorld) throws -> Void

  init(_ description: String, _ expected: [String], _ act: @escaping @Sendable (BundleWorld) throws -> Void) {
    testDescription = description
    self.expected = expected.sorted()
    self.act = act
  }
}
