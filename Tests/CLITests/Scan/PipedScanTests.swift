import Formats
import Testing

/// `scan --stdin-jsonl`: rows in, rows out.
@Suite struct PipedScanTests {
  private func pipe(_ rows: Entry, _ arguments: String = "") throws -> Outcome {
    let workspace = try Workspace(["rows": rows])
    return try workspace.start(
      ["sh", "-c", "\"$0\" scan --stdin-jsonl \(arguments) < rows", BuiltBinary.path])
  }

  @Test func `a row for each row, in their order`() throws {
    let outcome = try pipe(
      .file(
        #"""
        {"path": "src/a.py", "content": "ROOT = \"/Users/alice/work\"\n", "id": {"repository": 7}}
        {"path": "src/b.py", "content_base64": "eCA9IDEK", "id": "b"}

        {"path": "c.bin", "content_base64": "AAEC"}
        """#))
    #expect(outcome.status == 1, "\(outcome)")
    let rows = try JSONLines.read(outcome.standardOutput)
    #expect(rows.map { $0["status"]?.text ?? "" } == ["scanned", "scanned", "binary"])
    #expect(rows[0]["findings"]?.texts(of: "rule_id") == ["hard-path.home"])
    #expect(rows[0].at("id", "repository")?.integer == 7)
    #expect(rows[1]["id"]?.text == "b")
    #expect(rows[1]["bytes"]?.integer == 6)
    #expect(rows[2]["row"]?.integer == 4)
    #expect(outcome.standardError.isEmpty)
  }

  @Test(arguments: [
    (#"{"path": "a"}"#, "either 'content' or 'content_base64'"),
    (#"{"path": "a", "content": "x", "content_base64": "eA=="}"#, "either 'content' or 'content_base64'"),
    (#"{"path": "a", "content": 1}"#, "content must be a text"),
    (#"{"path": "a", "content_base64": "?"}"#, "not base64"),
    (#"{"content": "x"}"#, "needs 'path'"),
    (#"{"path": "a", "content": "x", "pth": 1}"#, "pth"),
    (#"["path"]"#, "must be a mapping"),
    (#"{"path": "#, "JSON"),
    ("\u{1}", "JSON"),
  ]) func `a row that cannot be used is answered, and so are the others`(row: String, reason: String) throws {
    let good = #"{"path": "b.py", "content": "x = 1\n"}"#
    let outcome = try pipe(.file("\(good)\n\(row)\n\(good)\n"))
    #expect(outcome.status == 4, "\(outcome)")
    let rows = try JSONLines.read(outcome.standardOutput)
    #expect(rows.map { $0["status"]?.text ?? "" } == ["scanned", "error", "scanned"])
    #expect(rows[1]["reason"]?.text.contains(reason) ?? false, "\(outcome)")
  }

  @Test func `a row without end costs no memory and no other row`() throws {
    let workspace = try Workspace()
    let long = "printf '{\"path\":\"a\",\"content\":\"'; head -c 150000000 /dev/zero | tr '\\0' x; printf '\"}\\n'"
    let good = "printf '{\"path\":\"b.py\",\"content\":\"x = 1\"}\\n'"
    let outcome = try workspace.start(
      ["sh", "-c", "ulimit -v 1500000; { \(long); \(good); } | \"$0\" scan --stdin-jsonl", BuiltBinary.path])
    #expect(outcome.status == 4, "\(outcome)")
    let rows = try JSONLines.read(outcome.standardOutput)
    #expect(rows.map { $0["status"]?.text ?? "" } == ["error", "scanned"])
  }

  @Test func `nothing came in`() throws {
    #expect(try pipe("").status == 4)
    #expect(try pipe("{\"path\": \"a\", \"content\": \"\"}").status == 0)
  }

  @Test func `levels and rules are those of the command line`() throws {
    let row: Entry = #"{"path": "a.py", "content": "ROOT = \"/Users/alice/work\"\n"}"#
    #expect(try pipe(row, "--fail-on never").status == 0)
    let disabled = try pipe(row, "--disable hard-path")
    #expect(disabled.status == 0)
    #expect(try JSONLines.read(disabled.standardOutput)[0]["findings"]?.count == 0)
    #expect(try pipe(row, "--staged").status == 64)
    #expect(try pipe(row, "src").status == 64)
  }
}
