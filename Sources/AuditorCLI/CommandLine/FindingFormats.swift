import Formats
import Reports
import Rules

/// The formats in which other tools take findings, for every command that has some.
enum FindingFormats {
  /// Their names, as `--format` takes them.
  static let names = ["sarif", "sarif-github", "github", "gitlab", "markdown"]

  /// Names this run among several of one commit.
  static let category = Flag(
    "category", .value("NAME"), help: "With --format sarif: names this run among several of one commit")

  /// Writes a format to standard output, as it is made.
  ///
  /// - Parameters:
  ///   - summary: the Markdown of the command, which may tell more than findings.
  ///   - source: the bytes of a file that a finding is about.
  /// - Returns: false for a name that is none of these.
  static func write(
    _ format: String, _ set: FindingSet, summary: MarkdownSummary, _ arguments: Arguments, _ console: Console,
    source: @escaping (String) -> [UInt8]?
  ) throws -> Bool {
    switch format {
    case "sarif", "sarif-github":
      let report = SARIFReport(
        set, profile: format == "sarif" ? .full : .github, category: arguments.value(category), source: source)
      try report.write { console.write($0) }
      if let omission = report.omission { console.complain("auditor: \(omission)") }
    case "github": console.write(Array(try GitHubAnnotations(set).text().utf8))
    case "gitlab": try GitLabCodeQuality(set).write { console.write($0) }
    case "markdown": console.write(Array(try summary.text().utf8))
    default: return false
    }
    return true
  }
}

extension Flag {
  static let junitSchema = Flag(
    "junit-schema", .choice(JUnitSchema.allCases.map(\.rawValue)),
    help: "The dialect of JUnit XML: valid for Jenkins or for Ant too, or with file and line (default: jenkins)")
}

extension Arguments {
  /// The dialect that JUnit XML is written in.
  var junitSchema: JUnitSchema { value(.junitSchema).flatMap(JUnitSchema.init) ?? .jenkins }
}
