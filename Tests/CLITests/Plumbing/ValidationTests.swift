import Testing

/// `schema validate` and `junit summarize` on files that are wrong: each is told, the others are judged.
@Suite struct ValidationTests {
  @Test func `an unreadable instance does not hide the others`() throws {
    let workspace = try Workspace([
      "schema.json": #"{"type": "object", "required": ["a"]}"#, "good.json": #"{"a": 1}"#, "bad.yaml": "b: 1\n",
      "broken.json": "{", "latin.json": .bytes([0x22, 0xE4, 0x22]), "folder": .folder,
    ])
    let files = ["broken.json", "good.json", "gone.json", "bad.yaml", "latin.json", "folder"]
    let outcome = try workspace.run(["schema", "validate", "--schema", "schema.json"] + files)
    #expect(outcome.status == 4, "\(outcome)")
    for place in ["broken.json:1:2", "gone.json: cannot", "latin.json:1:2", "folder: cannot"] {
      #expect(outcome.complaints.contains(place), "\(outcome)")
    }
    #expect(outcome.output.contains("good.json: valid"))
    #expect(outcome.output.contains("bad.yaml: at the top (1:1): the required property 'a' is missing"), "\(outcome)")
    #expect(try workspace.run("schema", "validate", "--schema", "schema.json", "bad.yaml").status == 1)
  }

  @Test(arguments: [
    ("<testsuite", "report.xml:1:"), ("<!DOCTYPE x [<!ENTITY e 'x'>]><testsuite/>", "report.xml:1:"),
    ("<html/>", "report.xml:1:"), ("", "report.xml:1:"),
  ]) func `what is no JUnit XML gets no verdict`(text: String, place: String) throws {
    let workspace = try Workspace(["report.xml": .file(text)])
    let outcome = try workspace.run("junit", "summarize", "report.xml")
    #expect(outcome.status == 4, "\(outcome)")
    #expect(outcome.complaints.contains(place), "\(outcome)")
  }

  @Test func `totals that lie are found out`() throws {
    let workspace = try Workspace(["report.xml": #"<testsuite tests="2"><testcase name="a"/></testsuite>"#])
    #expect(try workspace.run("junit", "summarize", "report.xml").status == 1)
  }
}
