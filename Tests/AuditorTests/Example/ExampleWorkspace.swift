import Auditor
import Formats
import Rules

/// The example workspace as `examples/make-workspace.sh` makes it, audited once for all tests.
enum ExampleWorkspace {
  /// One audit, and where it took place.
  struct Audited {
    let run: AuditRun
    let root: String
    /// `examples/README.md`.
    let guide: DocumentedTables

    /// Items of a phase that are missing, with paths relative to the workspace.
    func missing(_ phase: PhaseResult) -> [String] {
      phase.missing.map { item in
        guard let place = item.code.utf8.firstIndex(of: UInt8(ascii: ":")) else { return item.code }
        let path = item.code[item.code.index(after: place)...]
        guard path.hasPrefix(root + "/") else { return item.code }
        return String(item.code[...place]) + path.dropFirst(root.utf8.count + 1)
      }
    }
  }

  struct NotMade: Error {
    let complaint: String
  }

  /// The project that these tests belong to.
  static let project = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")

  static let environment = [
    "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
  ]

  private static let outcome = Result { try audit() }

  static func audited() throws -> Audited { try outcome.get() }

  private static func audit() throws -> Audited {
    // The folder is the script's to name, and the test's to remove.
    let enclosure = try TemporaryFolder()
    let made = try ChildProcess.run(
      "\(project)/examples/make-workspace.sh", [],
      environment: environment.merging(["TMPDIR": enclosure.path]) { $1 })
    guard made.status == 0 else { throw NotMade(complaint: String(decoding: made.errorOutput, as: UTF8.self)) }
    let root = String(decoding: made.output.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    // Suppressions age; the example is audited on a day when one has expired and one has not.
    let request = Audit.Request(
      root: root, reportsFolder: "\(root)/reports", now: try Timestamp(parsing: "2026-06-01T12:00:00Z"),
      environment: environment, toolVersion: "0")
    let run = try Audit(request).run { _, _ in }
    return Audited(
      run: run, root: root, guide: DocumentedTables(try FileReader.read("\(project)/examples/README.md")))
  }
}

/// The tables of a Markdown page, by the heading that they stand under.
struct DocumentedTables {
  private var rowsByHeading: [String: [[String]]] = [:]

  init(_ bytes: [UInt8]) {
    var heading = ""
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let text = String(decoding: line, as: UTF8.self)
      if text.hasPrefix("## ") { heading = String(text.dropFirst(3)) }
      if text.hasPrefix("| ") { rowsByHeading[heading, default: []].append(Self.cells(text)) }
    }
  }

  /// The rows of the table under a heading, without its head; cells without back-ticks.
  func rows(under heading: String) -> [[String]] { Array(rowsByHeading[heading, default: []].dropFirst()) }

  private static func cells(_ row: String) -> [String] {
    row.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map { cell in
      cell.split { $0 == " " || $0 == "`" }.joined(separator: " ")
    }
  }
}
