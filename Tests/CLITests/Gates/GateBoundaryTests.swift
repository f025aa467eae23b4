import Glibc
import Testing

/// Which files the process opens when paths and links lead out of the root, as the kernel saw it.
@Suite struct GateBoundaryTests {
  private static let canTrace = access("/usr/bin/strace", X_OK) == 0

  private static func map(flag: String, bundle: String, index: String, law: String, base: String = "bundle_root")
    -> Entry
  {
    .file(
      """
      gates:
      - gate_id: g
        passed_flag_path_template: '\(flag)'
        bundle_root_template: '\(bundle)'
        index_path_template: '\(index)'
        verification_method: {kind: \(law), digest_field: sha, exclude_filenames: [_flag], path_base: \(base)}
      """)
  }

  /// A way out, and the entries and the map that make it.
  private static let shapes: [(name: String, entries: [String: Entry], map: Entry)] = {
    let whole = "sha256_bundle_digest"
    let listed = "sha256_index_json_ascii_lex_raw_bytes"
    let index: (String) -> [String: Entry] = { ["root/b/index.json": .file(#"[{"path": "\#($0)"}]"#)] }
    return [
      ("flag by ..", [:], map(flag: "../out/_flag", bundle: "b", index: "", law: whole)),
      ("flag by link", ["root/l": .link(to: "../out/_flag")], map(flag: "l", bundle: "b", index: "", law: whole)),
      ("bundle by ..", [:], map(flag: "b/_flag", bundle: "../out", index: "", law: whole)),
      ("bundle by link", ["root/l": .link(to: "../out")], map(flag: "b/_flag", bundle: "l", index: "", law: whole)),
      (
        "file link in bundle", ["root/b/l": .link(to: "../../out/secret")],
        map(flag: "b/_flag", bundle: "b", index: "", law: whole)
      ),
      (
        "folder link in bundle", ["root/b/l": .link(to: "../../out")],
        map(flag: "b/_flag", bundle: "b", index: "", law: whole)
      ),
      ("index by ..", [:], map(flag: "b/_flag", bundle: "b", index: "../out/index.json", law: listed)),
      (
        "index by link", ["root/b/i": .link(to: "../../out/index.json")],
        map(flag: "b/_flag", bundle: "b", index: "b/i", law: listed)
      ),
      (
        "member by ..", index("../../out/secret"), map(flag: "b/_flag", bundle: "b", index: "b/index.json", law: listed)
      ),
      (
        "member from the root", index("../out/secret"),
        map(flag: "b/_flag", bundle: "b", index: "b/index.json", law: listed, base: "run_root")
      ),
      (
        "absolute member", index("/etc/hostname"), map(flag: "b/_flag", bundle: "b", index: "b/index.json", law: listed)
      ),
      (
        "member by link", index("l").merging(["root/b/l": .link(to: "../../out/secret")]) { $1 },
        map(flag: "b/_flag", bundle: "b", index: "b/index.json", law: listed)
      ),
      (
        "links in a row", ["root/b/l": .link(to: "m"), "root/b/m": .link(to: "../../out/secret")],
        map(flag: "b/_flag", bundle: "b", index: "", law: whole)
      ),
    ]
  }()

  @Test(
    .enabled(if: canTrace, "strace is not installed; scripts/install-dependencies.sh names it"),
    arguments: shapes.map(\.name))
  func `no file outside the root is opened`(shape: String) throws {
    let (_, entries, map) = try #require(Self.shapes.first { $0.name == shape })
    let base: [String: Entry] = [
      "root/b/a": "x", "root/b/_flag": "sha = 0", "out/secret": "SECRET-BYTES", "out/_flag": "sha = 0",
      "out/index.json": #"[{"path": "a"}]"#, "map.yaml": map,
    ]
    let workspace = try Workspace(base.merging(entries) { $1 })
    let outcome = try workspace.run(
      ["gates", "verify", "--root", "root", "--gate-map", "map.yaml", "--json"],
      through: ["strace", "-f", "-y", "-o", "trace", "-e", "trace=open,openat,openat2,creat"])
    #expect(outcome.output.contains("\"CONFLICT\""), "\(outcome)")
    #expect(!outcome.description.contains("SECRET-BYTES"))
    let trace = try workspace.start(["cat", "trace"]).output
    #expect(trace.contains("/root/b>") || trace.contains("/root>"), "the trace shows nothing of the root:\n\(trace)")
    for line in trace.split(separator: "\n") {
      #expect(!line.contains("/out/") && !line.contains("/out>") && !line.contains("/etc/hostname>"), "\(line)")
    }
  }
}
