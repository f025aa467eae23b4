import Auditor
import Formats
import Reports
import Rules

extension Command {
  /// What a reader of this tool makes of a file.
  static let parse = Command(
    ["parse"], summary: "Show how auditor reads a YAML, JSON, JSON Lines or Markdown file",
    description: """
      Reads FILE ('-' for standard input) as strictly as every other command does and prints what it holds: the \
      documents of YAML and JSON as JSON, or the headings, tasks, code, links, tables and metadata of Markdown. The \
      language is --from, else what the file's name says. The exit status is 4 when the file cannot be read or is \
      malformed; the message names the line and what was expected.
      """,
    operands: .one("FILE"), flags: [from, .format(["json", "text"]), .json],
    examples: [
      Example("auditor parse auditor.yaml", "the configuration as JSON"),
      Example("auditor parse --from markdown docs/dod/DOD__PHASE_1.md", "tasks and metadata with their lines"),
      Example("auditor parse --from jsonl - < feed.jsonl", "one document a line, from standard input"),
    ]
  ) { arguments, console in
    let path = arguments.operands[0]
    guard let language = arguments.value(from) ?? languageName(of: path) else {
      throw UsageError.invalidValue(
        flag: "from", value: path, expected: "--from yaml, json, jsonl or markdown: the name does not tell")
    }
    let bytes = path == "-" ? try StandardInput.bytes() : try FileReader.read(path)
    do throws(FormatError) {
      console.write(try ParsedText(bytes, language: language).json())
      return .clean
    } catch {
      console.complain("\(path):\(error)")
      return .noVerdict
    }
  }

  private static let languages = ["yaml", "json", "jsonl", "markdown"]
  private static let from = Flag("from", .choice(languages), help: "The language of the file (default: by its name)")

  private static func languageName(of path: String) -> String? {
    let endings = [
      ".yaml": "yaml", ".yml": "yaml", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".md": "markdown",
      ".markdown": "markdown",
    ]
    return endings.first { path.hasSuffix($0.key) }?.value
  }
}
