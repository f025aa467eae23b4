import Formats
import Reports

/// The formats in which other tools take findings, for every command that has some.
enum FindingFormats {
  /// Their names, as `--format` takes them.
  static let names = ["sarif", "sarif-github", "github", "gitlab", "markdown"]

  /// Names this run among several of one commit.
  static let category = Flag(
    "category", .value("NAME"), help: "With --format sarif: names this run among several of one commit")

  /// The text of a format, or nil for a name that is none of these.
  ///
  /// - Parameters:
  ///   - summary: the Markdown of the command, which may tell more than findings.
  ///   - source: the bytes of a file that a finding is about.
  static func render(
    _ format: String, _ set: FindingSet, summary: MarkdownSummary, category: String?,
    source: @escaping (String) -> [UInt8]?
  ) -> [UInt8]? {
    switch format {
    case "sarif": SARIFReport(set, profile: .full, category: category, source: source).bytes()
    case "sarif-github": SARIFReport(set, profile: .github, category: category, source: source).bytes()
    case "github": Array(GitHubAnnotations(set).text.utf8)
    case "gitlab": GitLabCodeQuality(set).bytes()
    case "markdown": Array(summary.text.utf8)
    default: nil
    }
  }
}
