import Formats
import Testing

/// `auditor parse` reads as every other command does, and shows what it read.
@Suite struct ParseTests {
  @Test(arguments: [
    ("a.yaml", "a: [1, yes]\n", #"[{"a":[1,"yes"]}]"#), ("a.json", #"{"a": 1}"#, #"[{"a":1}]"#),
    ("a.jsonl", "{}\n[2]\n", "[{},[2]]"),
  ]) func `documents come out as JSON`(name: String, text: String, documents: String) throws {
    let workspace = try Workspace([name: .file(text)])
    let outcome = try workspace.run("parse", name)
    #expect(outcome.status == 0, "\(outcome)")
    let expected = try JSON.read(Array(documents.utf8))
    let found = try outcome.json()["documents"]
    #expect(compact(found) == compact(expected), "\(outcome)")
  }

  @Test(arguments: [
    ("a.yaml", "a: [\n", "a.yaml:2:1: "), ("a.json", "{\"a\": 1,}\n", "a.json:1:9: "),
    ("a.jsonl", "{}\n{\n", "a.jsonl:2:"), ("b.json", "\u{FEFF}{}", "b.json:1:1: "), ("c.json", "", "c.json:1:1: "),
  ]) func `a malformed file is told with its place`(name: String, text: String, place: String) throws {
    let workspace = try Workspace([name: .file(text)])
    let outcome = try workspace.run("parse", name)
    #expect(outcome.status == 4, "\(outcome)")
    #expect(outcome.complaints.hasPrefix(place), "\(outcome)")
    #expect(outcome.standardOutput.isEmpty)
  }

  @Test func `standard input is a file too`() throws {
    let workspace = try Workspace(["in.yaml": "- 1\n"])
    let outcome = try workspace.start(["sh", "-c", "\"$0\" parse --from yaml - < in.yaml", BuiltBinary.path])
    #expect(outcome.status == 0, "\(outcome)")
  }

  @Test(arguments: [("[", 100_000), ("{\"a\":", 100_000), ("- ", 100_000), ("> ", 100_000)])
  func `nesting without end is refused or read, never a crash`(open: String, count: Int) throws {
    let workspace = try Workspace(["deep": .file(String(repeating: open, count: count))])
    for language in ["json", "yaml", "jsonl", "markdown"] {
      let outcome = try workspace.run("parse", "--from", language, "deep")
      #expect(outcome.status == 0 || outcome.status == 4, "\(language): exit \(outcome.status)")
      #expect(outcome.status == 0 || outcome.complaints.hasPrefix("deep:"), "\(outcome.complaints)")
    }
  }

  /// A value as text without blanks.
  private func compact(_ value: Value?) -> String {
    guard let value else { return "" }
    switch value.kind {
    case .array: return "[\(value.elements.map { compact($0) }.joined(separator: ","))]"
    case .object: return "{\(value.members.map { "\($0.name):\(compact($0.value))" }.joined(separator: ","))}"
    default: return value.text
    }
  }
}
