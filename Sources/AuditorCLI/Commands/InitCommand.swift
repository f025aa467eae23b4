import Auditor
import Formats
import Reports
import Rules

extension Command {
  /// Begins the auditing of a tree.
  static let start = Command(
    ["init"], summary: "Begin: look at a tree and write a configuration, a definition of done and a CI file",
    description: """
      Looks at PATH (default: the working directory) and writes what is missing: auditor.yaml with comments, naming what was \
      found; a first definition of done where there is none; a CI file for GitHub or GitLab, whichever the tree or its \
      remote suggests. A file that is there is never changed.
      """,
    operands: .optional("PATH"), flags: [pipeline, dryRun],
    examples: [
      Example("auditor init", "then look at auditor.yaml, and run 'auditor audit'"),
      Example("auditor init --dry-run", "the text of every file, and nothing written"),
      Example("auditor init --ci gitlab service", "another tree, with a pipeline of one's choice"),
    ]
  ) { arguments, console in
    let environment = processEnvironment()
    let start = ProjectStart(arguments.operands.first ?? ".", environment: environment)
    let asked = arguments.value(pipeline) ?? "auto"
    var facts = try start.facts(
      pipeline: StartingFacts.Pipeline(rawValue: asked), today: ReportTime(environment: environment).timestamp.date)
    if asked == "none" { facts.pipeline = nil }
    let files = StartingFiles(facts)
    let isDryRun = arguments.has(dryRun)
    for line in files.findings { console.tell("found    \(printable(line))\n") }
    for step in try start.write(files, isDryRun: isDryRun) {
      let word = step.isKept ? "kept   " : isDryRun ? "would  " : "wrote  "
      console.tell("\(word)  \(step.file.path)  \(step.isKept ? "it was there" : step.file.purpose)\n")
      guard isDryRun, !step.isKept else { continue }
      console.print(
        step.file.text.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }.joined(
          separator: "\n"))
    }
    for hint in files.hints where asked != "none" || !hint.contains("--ci") { console.note(hint) }
    console.note("next: auditor audit")
    return .clean
  }

  private static let pipeline = Flag(
    "ci", .choice(["auto", "github", "gitlab", "none"]), help: "Which CI file to write (default: auto)")
  private static let dryRun = Flag("dry-run", help: "Print what would be written, and write nothing")
}
