import Auditor
import Formats
import Glibc

/// A small project whose audit is clean, and copies of it in which `auditor` is run while something goes wrong.
final class FaultBench: Sendable {
  /// What a run came to.
  struct Outcome: Sendable {
    /// The exit status, or 128 and the signal.
    let status: Int32
    let output: String
    let complaints: String
    /// The files in the folders that are written to.
    let files: [String: [UInt8]]
    /// How often each call was made; what `fired` was done to.
    let log: [String: String]
    /// It did not end.
    var isHanging = false
  }

  static let environment = [
    "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
  ]

  /// It stands beside the test bundle.
  static let binary: String = {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    let parts = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).split(separator: "/")
    return "/" + parts.dropLast().joined(separator: "/") + "/auditor"
  }()

  let shim: FaultShim
  private let folder: String

  init() throws {
    shim = try FaultShim.shared.get()
    folder = try TemporaryTree.make()
    try TemporaryTree.script(Self.project, [Self.binary], in: folder)
  }

  deinit { TemporaryTree.remove(folder) }

  /// A copy of the project, with the reports of an earlier run where reports are written.
  func copy() throws -> String {
    let copy = try TemporaryTree.make()
    try TemporaryTree.script("cp -a \"$1/.\" .", [folder], in: copy)
    return copy
  }

  /// Runs a command in a new copy, and takes the copy away.
  func run(_ command: FaultCommand, _ fault: Fault? = nil) throws -> Outcome {
    let copy = try copy()
    defer { TemporaryTree.remove(copy) }
    return try run(command.words, in: copy, fault)
  }

  /// Runs a command in a copy, at so many seconds after 1970 (nil: by the clock). What it prints is told without the place of
  /// the copy.
  func run(_ words: [String], in copy: String, _ fault: Fault? = nil, epoch: Int? = 86_400) throws -> Outcome {
    var environment = Self.environment.merging([
      "HOME": "\(copy)/home", "LD_PRELOAD": shim.path,
      "AUDITOR_FAULT_LOG": "\(copy)/calls", "GIT_CEILING_DIRECTORIES": copy,
    ]) { $1 }
    environment["SOURCE_DATE_EPOCH"] = epoch.map(String.init)
    environment["AUDITOR_FAULT"] = fault?.setting
    unlink("\(copy)/calls")
    var limits = ChildProcess.Limits()
    limits.seconds = 120
    let ended: ChildProcess.Outcome
    do throws(ProcessError) {
      ended = try ChildProcess.run(
        "env", ["--chdir", "\(copy)/tree", Self.binary] + words, environment: environment, limits: limits)
    } catch {
      guard case .tooLong = error.reason else { throw error }
      return Outcome(status: -1, output: "", complaints: "", files: [:], log: [:], isHanging: true)
    }
    return Outcome(
      status: ended.status, output: told(ended.output, copy), complaints: told(ended.errorOutput, copy),
      files: try TemporaryTree.files(below: ["out", "tree/dod", "tree/observability"], of: copy),
      log: log("\(copy)/calls"))
  }

  private func told(_ bytes: [UInt8], _ copy: String) -> String {
    String(decoding: bytes, as: UTF8.self).replacing(copy, with: "COPY")
  }

  private func log(_ path: String) -> [String: String] {
    let text = String(decoding: (try? FileReader.read(path)) ?? [], as: UTF8.self)
    var log: [String: String] = [:]
    for line in text.split(separator: "\n") {
      guard let blank = line.firstIndex(of: " ") else { continue }
      log[String(line[..<blank])] = String(line[line.index(after: blank)...])
    }
    return log
  }

  private static let project = #"""
    mkdir -p tree/src tree/dod tree/evidence tree/gates/run/bundle out home
    cat > rule.yaml <<'END'
    rules:
      - id: hard-path.home
        message: a home folder is written down
        severity: error
        languages: [python]
        pattern-regex: 'HOME_OF_ALICE'
        metadata: {remediation: take it from the environment}
        examples: {match: ["x = 'HOME_OF_ALICE'"], ok: ["x = 1"]}
    END
    cd tree
    printf 'def area(width, height):\n    return width * height\n' > src/area.py
    printf '*.old\n' > .gitignore
    printf 'x = "HOME_OF_ALICE"\n' > src/kept.old
    cat > auditor.yaml <<'END'
    scan: {exclude: ["evidence/**"]}
    dod: {docs: dod, feed: evidence/feed.jsonl, registry: dod/registry.yaml}
    gates: [{map: gates/gates.map.yaml, root: gates/run}]
    END
    git init -q
    git -c user.name=A -c user.email=a@example.org commit -q --allow-empty -m S
    printf -- '# Operations\n\n## 0. Metadata\n- **Phase / Task ID**: OPS\n- **Gate**: G1\n- **Commit SHA**: %s\n' "$(git rev-parse HEAD)" > dod/DOD__OPS.md
    printf '# Definition of done\n\n## 0. Metadata\n' > dod/DOD_TEMPLATE.md
    printf 'phases:\n  OPS: {verdict: DESIGNED, requires: []}\n' > dod/registry.yaml
    printf '42 checks held\n' > evidence/run.log
    digest() { sha256sum < "$1" | cut -d ' ' -f 1; }
    cat > evidence/feed.jsonl <<END
    {"ts":"2026-01-01T10:00:00Z","phase_id":"OPS","action":"started"}
    {"ts":"2026-01-01T10:00:01Z","phase_id":"OPS","action":"completed","evidence":["evidence/run.log"]}
    {"ts":"2026-01-01T10:00:02Z","phase_id":"OPS","action":"verified","hashes":{"evidence/run.log":"$(digest evidence/run.log)"}}
    END
    printf 'amount\n1\n2\n' > gates/run/bundle/sales.csv
    printf 'sha256_hex = %s\n' "$(digest gates/run/bundle/sales.csv)" > gates/run/flag.txt
    cat > gates/gates.map.yaml <<'END'
    version: "1.0"
    gates:
      - gate_id: sales
        scope: global
        passed_flag_path_template: flag.txt
        bundle_root_template: bundle/
        verification_method: {kind: sha256_bundle_digest, digest_field: sha256_hex}
    END
    export HOME="$PWD/../home" SOURCE_DATE_EPOCH=0
    "$1" audit . --rules ../rule.yaml --reports-dir ../out/reports --ledger ../ledger.sqlite --no-cache --quiet > /dev/null
    cp ../out/reports/dod_report.latest.json ../report.json
    rm -rf ../home/.cache
    """#
}
