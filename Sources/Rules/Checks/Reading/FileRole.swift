import Formats
import Scanning

/// What a file is to its repository: the same line is a violation in a program, data in a test and history in a report.
///
/// Told by the conventions of paths (folders such as `tests`, names such as `store_test.go`), by the language, and where
/// a name alone would mislead by the content.
struct FileRole {
  /// What it is made for.
  enum Kind {
    /// It is run.
    case program
    /// A program reads it to know what to do.
    case configuration
    /// People read it.
    case document
    /// A program wrote it down: results, logs, snapshots.
    case record
  }

  let kind: Kind
  /// Whether it tests other code, or is data of a test.
  let isTest: Bool
  /// Whether it shows how something is used, with data that is made up.
  let isDemonstration: Bool
  /// Whether its job is to find out or to prove that something holds; tests are such files too.
  let isVerification: Bool

  init(of file: SourceFile) {
    let path = PathWords(file.path)
    kind = FileRole.kind(of: file, path)
    isTest = FileRole.isTest(file, path)
    isDemonstration = !path.all.isDisjoint(with: FileRole.demonstrating)
    isVerification = isTest || !path.all.isDisjoint(with: FileRole.verifying)
  }

  /// Words of files, functions and folders that verify.
  static let verifying: Set<String> = [
    "verify", "verifies", "verifier", "verification", "verified", "prove", "proves", "prover", "proof", "proofs",
    "validate", "validates", "validator", "validation", "check", "checks", "checker", "gate", "gates", "reality",
    "evidence", "attest", "attestation", "conformance", "invariant", "invariants", "acceptance", "smoke", "drill",
    "compliance", "readiness", "qa", "certify", "certification", "stress", "assert", "selftest", "healthcheck", "audit",
  ]

  private static let demonstrating: Set<String> = [
    "demo", "demos", "demonstration", "example", "examples", "sample", "samples", "tutorial", "tutorials", "golden",
    "playground", "quickstart", "fixture", "fixtures", "seed", "seeds", "template", "templates", "storybook", "stories",
  ]

  private static let testFolders: Set<String> = [
    "test", "tests", "__tests__", "spec", "specs", "testing", "testdata", "test_data", "fixtures", "__fixtures__",
    "__mocks__", "e2e", "unittests", "testcases", "androidtest", "testfixtures",
  ]

  private static let recordFolders: Set<String> = [
    "artifact", "artifacts", "evidence", "report", "reports", "log", "logs", "receipt", "receipts", "snapshot",
    "snapshots", "telemetry", "observability", "result", "results", "archive", "archives", "backup", "backups",
    "history", "output", "outputs", "dump", "dumps", "proofs", "records", "recordings", "golden", "runs", "traces",
  ]

  private static let recordExtensions: Set<String> = [
    "jsonl", "ndjson", "sarif", "log", "csv", "tsv", "out", "err", "har", "ipynb", "patch", "diff", "lock", "sum",
    "map",
    "trace", "cast", "snap", "tap", "svg", "html", "htm", "xsd", "bib", "tex", "po",
  ]

  /// Words that only a file about something that happened has.
  static let recordSigns = LineMatching(
    #""(?:timestamp|ts|ts_utc|generated_at|created_at|recorded_at|captured_at|started_at|finished_at|exit_code|sha256"#
      + #"|duration_ms|generatedAt|createdAt|run_id|lockfileVersion|git_head|evidence|verdict)""#)

  private static func kind(of file: SourceFile, _ path: PathWords) -> Kind {
    if recordExtensions.contains(path.fileExtension) { return .record }
    guard let language = file.language else { return .configuration }
    switch language.name {
    case "markdown": return path.fileExtension == "txt" && isBelowRecords(path) ? .record : .document
    case "json":
      if isBelowRecords(path) { return .record }
      return recordSigns.matches(file.bytes.prefix(65_536)) ? .record : .configuration
    case "yaml", "xml", "toml", "ini": return isBelowRecords(path) ? .record : .configuration
    case "css": return .document
    case "make", "dockerfile", "terraform", "nix": return .configuration
    default: return .program
    }
  }

  private static func isBelowRecords(_ path: PathWords) -> Bool { !path.folders.isDisjoint(with: recordFolders) }

  private static func isTest(_ file: SourceFile, _ path: PathWords) -> Bool {
    if !path.folders.isDisjoint(with: testFolders) { return true }
    guard path.isNamedAsTest else { return false }
    // A script called `test_restart.py` may be a drill against the real thing: then it asserts nothing and no test runner
    // knows it.
    guard let language = file.language, ["python", "shell", "ruby"].contains(language.name) else { return true }
    return language.name != "shell" && testSigns.contains { file.bytes[...].contains($0) }
  }

  private static let testSigns: [StaticString] = [
    "import pytest", "from pytest", "unittest", "TestCase", "\n    assert ", "\n        assert ", "RSpec", "minitest",
    "AssertionError",
  ]
}

/// A path as words.
struct PathWords {
  /// The folders, in lower case.
  let folders: Set<String>
  /// Every word of the folders and of the file's name.
  let all: Set<String>
  /// What follows the last dot, in lower case; empty without one.
  let fileExtension: String
  /// Whether the name follows the conventions of tests: `test_x.py`, `x_test.go`, `x.spec.ts`, `XTests.swift`.
  let isNamedAsTest: Bool

  init(_ path: String) {
    let parts = path.split(separator: "/")
    let name = parts.last ?? ""
    let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name
    folders = Set(parts.dropLast().map { $0.lowercased() })
    all = Set(Words.split(parts.joined(separator: "/")))
    fileExtension = stem.endIndex == name.endIndex ? "" : name[stem.endIndex...].dropFirst().lowercased()
    let words = Words.split(stem)
    let marks: Set<String> = ["test", "tests", "spec", "specs"]
    isNamedAsTest =
      words.first.map { ["test", "tests", "conftest"].contains($0) } ?? false
      || words.last.map(marks.contains) ?? false
  }
}

extension ArraySlice<UInt8> {
  /// Whether these bytes stand somewhere in it.
  func contains(_ text: StaticString) -> Bool {
    let wanted = text.withUTF8Buffer { unsafe Array($0) }
    let bytes = span
    guard let first = wanted.first, wanted.count <= bytes.count else { return wanted.isEmpty }
    for start in 0...(bytes.count - wanted.count) where bytes[start] == first {
      var same = 1
      while same < wanted.count, bytes[start + same] == wanted[same] { same += 1 }
      if same == wanted.count { return true }
    }
    return false
  }
}
