import Formats
package import Rules

/// A run as a folder that somebody without this program can check: the reports, the rules, the files that verdicts rest on,
/// digests of all of them, and a script that needs nothing but `sha256sum`, `xmllint` and `sqlite3`.
///
/// It holds every input that decided a verdict. Source files are not in it, for they are in the repository; nor is a file
/// in which a secret was found, for a capsule is made to be passed on. What is not in it is named, with its digest.
package struct Capsule {
  /// A file whose content is known.
  package struct Made {
    /// Relative to the capsule.
    package let path: String
    /// What stands in it.
    package let bytes: [UInt8]
  }

  /// A file of the audited tree that is to be copied as it was judged.
  package struct Copied {
    /// What was judged.
    package let input: InputRecord
    /// Relative to the capsule.
    package let path: String
  }

  /// What was made for it, `SHA256SUMS` last.
  package let made: [Made]
  /// What is copied into it.
  package let copied: [Copied]
  /// Inputs that are not in it.
  package let absent: [InputRecord]
  /// SHA-256 of `SHA256SUMS`: names this capsule and no other.
  package let digest: String

  /// A capsule of a run.
  ///
  /// - Parameters:
  ///   - history: earlier runs, for the page.
  ///   - holdsSecret: tells of the path of an input whether `SecretMask` knows a secret in the file.
  package init(_ run: AuditRun, history: [PastRun] = [], holdsSecret: (String) -> Bool = { _ in false }) throws {
    let places = CapsulePlaces(run, holdsSecret: holdsSecret)
    var copied: [Copied] = []
    var seen: Set<String> = []
    var made: [Made] = []
    for input in run.inputs {
      switch places.place(of: input) {
      case .copy(let path): if seen.insert(path).inserted { copied.append(Copied(input: input, path: path)) }
      case .builtIn(let path, let bytes): if seen.insert(path).inserted { made.append(Made(path: path, bytes: bytes)) }
      case .absent: break
      }
    }
    absent = run.inputs.filter { if case .absent = places.place(of: $0) { true } else { false } }
    self.copied = copied
    made += [
      Made(path: "report.html", bytes: AuditPage(run, history: history).bytes()),
      Made(path: "dod_report.json", bytes: try AuditReportJSON(run).bytes()),
      Made(path: "junit.xml", bytes: try AuditJUnit(run).report.xml()),
      Made(path: "capsule.json", bytes: Self.manifest(run, places)),
      Made(path: "README.txt", bytes: CapsuleReadMe(run, copied: copied, absent: absent, places).bytes),
      Made(path: "verify.sh", bytes: EmbeddedFiles.bytes(named: "capsule/verify.sh") ?? []),
    ]
    var lines = made.map { ChecksumLine.text(SHA256.digest($0.bytes).hex, $0.path) }
    lines += copied.map { ChecksumLine.text($0.input.sha256, $0.path) }
    let sums = Array(lines.map { $0 + "\n" }.sorted().joined().utf8)
    digest = SHA256.digest(sums).hex
    self.made = made + [Made(path: "SHA256SUMS", bytes: sums)]
  }

  /// What the script and a reader of JSON want to know: which input is where.
  private static func manifest(_ run: AuditRun, _ places: CapsulePlaces) -> [UInt8] {
    var json = JSONWriter(.pretty)
    json.beginObject()
    json.member("format", "auditor.capsule/1")
    json.member("tool", "\(run.tool.name) \(run.tool.version)")
    json.member("ts", run.time.rfc3339)
    json.member("git_head", run.gitHead)
    json.member("exit_status", Int(run.exitStatus.rawValue))
    json.list("inputs", run.inputs) { input, json in
      let place = places.place(of: input)
      json.beginObject()
      json.member("path", input.path)
      json.member("role", input.role)
      json.member("sha256", input.sha256)
      json.member("file", place.path)
      if case .absent(let reason) = place { json.member("not_here", reason.rawValue) }
      json.endObject()
    }
    json.endObject()
    json.newline()
    return SecretMask.masked(json.takeBytes())
  }
}
