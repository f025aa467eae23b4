import Formats

extension Sample {
  /// The documents of a small promotable run, by name.
  static func runDocuments(_ run: String, world: String = "w", state: String = "complete", updated: Int = 100) -> [(
    String, String
  )] {
    let identity = #""run_id": "\#(run)", "world_id": "\#(world)""#
    let record = #"{"apply_ok": true}"#
    return [
      ("run_status.json", #"{\#(identity), "state": "\#(state)", "updated_at_unix": \#(updated)}"#),
      ("run_manifest.json", #"{\#(identity), "channel": "launchd_clean", "apply_preflight": {"record": \#(record)}}"#),
      ("apply_preflight.json", record),
      (
        "baseline_results.json",
        #"{"results": [{"operation": "a", "status": "allow"}, {"operation": "a", "status": "error"}]}"#
      ),
      ("expected_matrix.json", "{}"), ("runtime_results.json", "{}"),
      (
        "runtime_events.normalized.json",
        #"[{"operation": "b", "actual": "deny", "match": false}, {"operation": "a", "actual": "allow", "match": true, "intended_op_witnessed": true}, {"actual": "deny"}]"#
      ),
      ("oracle_results.json", #"{"results": [{"operation": "a", "decision": "deny"}]}"#), ("summary.md", "# \(run)\n"),
    ]
  }

  /// A committed run below a folder; paths in its index are relative to the tree, or to what is left without `root/`.
  static func bundle(
    _ run: String, in folder: String = "out", root: String = "", world: String = "w", state: String = "complete",
    updated: Int = 100, changed: [String: String] = [:]
  ) -> [String: Entry] {
    var entries: [String: Entry] = [:]
    var index: [String] = []
    for (name, text) in runDocuments(run, world: world, state: state, updated: updated) {
      let text = changed[name] ?? text
      entries["\(root)\(folder)/\(run)/\(name)"] = .file(text)
      index.append(
        #"{"path": "\#(folder)/\#(run)/\#(name)", "file_size": \#(text.utf8.count), "sha256": "\#(SHA256.digest(Array(text.utf8)).hex)", "schema_version": null}"#
      )
    }
    entries["\(root)\(folder)/\(run)/artifact_index.json"] = .file(
      #"{"schema_version": "runtime-tools.artifact_index.v0.1", "run_id": "\#(run)", "world_id": "\#(world)", "artifacts": [\#(index.joined(separator: ", "))], "missing": [], "status": "ok"}"#
    )
    return entries
  }
}

extension [String: Entry] {
  /// Two trees in one; the later wins.
  static func + (left: Self, right: Self) -> Self { left.merging(right) { $1 } }
}
