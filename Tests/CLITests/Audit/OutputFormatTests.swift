import Formats
import Glibc
import Rules
import Testing

/// Each format is what it says to be, on a tree with nothing in it and on one whose every text is meant to break it.
/// Where the machine has them, `xmllint` and Python's `jsonschema` judge too.
@Suite struct OutputFormatTests {
  enum Tree: String, CaseIterable {
    case clean, hostile
  }

  /// In two parts, so that no scan takes this file for a violation.
  private static let home = "/ho" + "me/ann/x"
  private static let nasty = "]]><script>&amp;`|%0A\u{202E}\u{7}\u{1B}[2J::error::no\u{FFFE}'\""

  private static func entries(_ tree: Tree) -> [String: Entry] {
    guard tree == .hostile else { return ["a.py": "x = 1\n"] }
    let long = String(repeating: "é]]>", count: 1 << 18)
    return [
      "src/\(nasty).py": "p = '\(home)/\(nasty)' # \(nasty)\n",
      "src/line\nbreak.py": "p = '\(home)'\n",
      "src/long.py": "p = '\(home)' + '\(long)' + '\(home)'\n",
      "src/accepted.py": "p = '\(home)'  # auditor:ignore hard-path -- \(nasty)\n",
      "src/broken.py": .bytes(Array("p = '\(home)/".utf8) + [0xFF, 0xC3, 0x28] + Array("'\n".utf8)),
      "unreadable.schema.json": "{]",
      "auditor.yaml": "contracts: [unreadable.schema.json]\ngates: [{map: absent.yaml}]\n",
    ]
  }

  private static let package = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")

  /// Whether the machine has a judge of its own. In CI it has to: what nobody judged is not valid.
  private static func has(_ judge: [String], _ workspace: Workspace) throws -> Bool {
    let isThere = try workspace.start(judge).status == 0
    if !isThere {
      print("skipped: \(judge.joined(separator: " ")) fails here; scripts/install-dependencies.sh installs it")
      #expect(getenv("CI") == nil, "CI has to have \(judge[0])")
    }
    return isThere
  }

  private func output(_ words: [String], of workspace: Workspace, to file: String) throws -> Outcome {
    let outcome = try workspace.run(words)
    try workspace.put(.bytes(outcome.standardOutput), at: file)
    return outcome
  }

  @Test(
    arguments: [
      ("scan", "json", "scan_report"), ("scan", "sarif", "sarif"), ("scan", "sarif-github", "sarif"),
      ("scan", "gitlab", "code_quality"), ("audit", "json", "dod_report"), ("audit", "sarif", "sarif"),
      ("audit", "sarif-github", "sarif"), ("audit", "gitlab", "code_quality"),
      ("audit", "oscal", "oscal_assessment_results"),
    ], Tree.allCases)
  func `JSON is valid by its published schema`(
    format: (command: String, name: String, schema: String), tree: Tree
  ) throws {
    let workspace = try Workspace(Self.entries(tree))
    _ = try output([format.command, "--format", format.name, "--category", "c"], of: workspace, to: "../out.json")
    let schema = "\(Self.package)/reports/schema/\(format.schema).schema.json"
    let own = try workspace.run("schema", "validate", "--schema", schema, "../out.json")
    #expect(own.status == ExitStatus.clean.rawValue, "\(own)")
    guard try Self.has(["python3", "-c", "import jsonschema"], workspace) else { return }
    let check = "import json,sys,jsonschema; jsonschema.validate(*(json.load(open(p)) for p in sys.argv[1:]))"
    let other = try workspace.start(["python3", "-c", check, "../out.json", schema])
    #expect(other.status == 0, "\(other)")
  }

  @Test(arguments: ["scan", "audit"], ["jenkins", "ant", "compat"])
  func `JUnit XML is valid by its published schema`(command: String, dialect: String) throws {
    for tree in Tree.allCases {
      let workspace = try Workspace(Self.entries(tree))
      let outcome = try output(
        [command, "--format", "junit", "--junit-schema", dialect], of: workspace, to: "../out.xml")
      #expect(try JUnitSummary(outcome.standardOutput).isConsistent)
      #expect(outcome.output.contains(" line=\"") == (dialect == "compat" && tree == .hostile))
      let schema = "\(Self.package)/reports/schema/junit.xsd"
      let own = try workspace.run("junit", "summarize", "--xsd", schema, "../out.xml")
      #expect(own.status == ExitStatus.clean.rawValue, "\(own)")
      guard try Self.has(["xmllint", "--version"], workspace) else { return }
      let other = try workspace.start(["xmllint", "--noout", "--schema", schema, "../out.xml"])
      #expect(other.status == 0, "\(other)")
    }
  }

  @Test func `the dialect counts in the file that audit writes`() throws {
    let workspace = try Workspace(Self.entries(.hostile))
    _ = try workspace.run("audit", "--junit-schema", "compat")
    #expect(String(decoding: try workspace.bytes(of: "reports/junit.xml"), as: UTF8.self).contains(" line=\"1\""))
    #expect(try workspace.run("audit", "--junit-schema", "xunit").status == ExitStatus.usage.rawValue)
  }

  @Test(arguments: ["scan", "audit"]) func `texts for people and for GitHub hold no markup of the tree`(
    command: String
  ) throws {
    let workspace = try Workspace(Self.entries(.hostile))
    let markdown = try workspace.run(command, "--format", "markdown")
    #expect(markdown.standardOutput.count < 64_000)
    // Code spans hold no markup, whatever stands in them.
    let parts = markdown.output.replacing("\\`", with: "").split(separator: "`", omittingEmptySubsequences: false)
    #expect(!parts.enumerated().contains { $0.offset.isMultiple(of: 2) && $0.element.contains("<script>") })
    let github = try workspace.run(command, "--format", "github")
    let lines = github.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(lines.count > 3 && lines.allSatisfy { $0.hasPrefix("::") && $0.utf8.count < 8_000 })
    #expect(!lines.contains { $0.hasPrefix("::error::no") })
    let text = try workspace.run(command, "--format", "text", "--color", "never")
    for output in [markdown.output, text.output, text.complaints] {
      #expect(!output.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" || $0 == "\u{7}" }, "\(output)")
    }
  }

  @Test func `a step summary takes what markdown says`() throws {
    let workspace = try Workspace(Self.entries(.hostile))
    let script = "\"$0\" scan --format markdown >> \"$GITHUB_STEP_SUMMARY\"; test $? -eq 1"
    let summary = "\(workspace.enclosure)/summary.md"
    let outcome = try workspace.start(
      ["sh", "-c", script, BuiltBinary.path], environment: ["GITHUB_STEP_SUMMARY": summary])
    #expect(outcome.status == 0, "\(outcome)")
    #expect(try workspace.bytes(of: "../summary.md").count < 1 << 20)
  }

  @Test func `other documents are well-formed, and the ledger exports lines of JSON`() throws {
    let workspace = try Workspace(Self.entries(.hostile))
    let page = try output(["audit", "--format", "html"], of: workspace, to: "../out.html")
    #expect(!page.output.contains("<script"))
    #expect(throws: Never.self) { try JSON.read(try workspace.run("audit", "--format", "oscal").standardOutput) }
    _ = try workspace.run("audit", "--ledger", "../l.sqlite")
    let export = try workspace.run("ledger", "export", "--ledger", "../l.sqlite")
    let lines = export.standardOutput.split(separator: 0x0A)
    #expect(export.status == ExitStatus.clean.rawValue && lines.count > 4)
    for line in lines { #expect(throws: Never.self) { try JSON.read(Array(line)) } }
    guard try Self.has(["xmllint", "--version"], workspace) else { return }
    let other = try workspace.start(["xmllint", "--noout", "../out.html"])
    #expect(other.status == 0, "\(other)")
  }
}
