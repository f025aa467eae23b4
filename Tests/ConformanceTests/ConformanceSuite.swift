import Glibc
import Testing

/// A suite of cases with a runner of its own, outside of this repository.
struct ConformanceSuite: Sendable, CustomTestStringConvertible {
  /// As `suites.txt` names it: `gates`, `formats/json`.
  let name: String

  var testDescription: String { name }

  /// The suites that are done, which `suites.txt` lists.
  static let done: [ConformanceSuite] = {
    guard let text = TextFile.read("\(packageRoot)/Tests/ConformanceTests/suites.txt") else { return [] }
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { ConformanceSuite(name: String($0)) }
  }()

  /// The folder with the cases: `AUDITOR_CONFORMANCE`, else `../shared/conformance` beside the package; nil when it is
  /// not there.
  static let folder: String? = {
    let named = getenv("AUDITOR_CONFORMANCE").map { String(cString: $0) }
    let folder = named ?? "\(packageRoot)/../shared/conformance"
    if access(folder, R_OK) == 0 { return folder }
    print("skipped: no conformance cases at \(folder); AUDITOR_CONFORMANCE names another folder")
    return nil
  }()

  /// What to run for this binary, in the folder with the cases; nil for a name that no runner knows.
  func command(for binary: String) -> [String]? {
    let parts = name.split(separator: "/").map(String.init)
    switch (parts[0], parts.count) {
    case ("formats", 2): return ["formats/run.py", "--suite", parts[1], "--cmd", binary]
    case ("dod", 1): return ["dod/run_cases.py", "--cases", "dod/cases", "--cmd", "\(binary) dod"]
    case ("drift", 1): return ["drift/run_cases.py", "--cases", "drift/cases", "--cmd", "\(binary) drift"]
    case ("bundles", 1): return ["bundles/run_cases.py", "--cases", "bundles/cases", "--cmd", binary]
    case ("forensics", 1):
      return [
        "forensics/run_cases.py", "--cases", "forensics/cases", "--cmd", "\(binary) dod", "--real",
        "forensics/real_expected.json", "--real-root", "dod/real",
      ]
    case ("gates", 1): return ["gates/run_cases.py", "--cases", "gates/cases", "--cmd", binary, "--strict-exit"]
    case ("contracts", 1), ("instances", 1), ("evidence", 1):
      return ["contracts/run_cases.py", "--suite", parts[0], "--cmd", binary]
    case ("reality", 1): return ["reality/run_cases.py", "--cases", "reality/cases", "--cmd", binary]
    default: return nil
    }
  }

  /// This package.
  static let packageRoot = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
}

/// Small text files.
enum TextFile {
  static func read(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&buffer, 1, buffer.count, file)
    return String(decoding: buffer.prefix(count), as: UTF8.self)
  }
}
