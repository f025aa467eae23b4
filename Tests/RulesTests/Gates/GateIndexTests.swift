import Formats
import Rules
import Testing

@Suite("A gate's index")
struct GateIndexTests {
  private func law(_ more: String) throws -> HashLaw {
    let map = try GateMapTests.map(
      """
      {"gate_id": "g", "verification_method": {"kind": "sha256_bundle_digest", "digest_field": "sha", \(more)}}
      """)
    return try #require(map.gate("g")).law
  }

  private func paths(_ index: String, _ more: String = #""ordering": "ascii_lex""#) throws -> [String] {
    try GateIndex.files(in: Array(index.utf8), law: try law(more)).map(\.path)
  }

  @Test(
    "lists files under the first key that is not empty",
    arguments: [
      #"[{"path": "x"}]"#, #"{"items": [{"path": "x"}], "files": [{"path": "y"}]}"#,
      #"{"items": [], "members": null, "entries": [{"path": "x"}], "files": [{"path": "y"}]}"#,
      #"{"files": [{"path": "x"}, {"path": ""}, {"path": null}, {}]}"#,
    ])
  func shapes(index: String) throws {
    #expect(try paths(index) == ["x"])
  }

  @Test("is sorted by whole paths as bytes, or kept as listed")
  func order() throws {
    let names = ["a/b", "a-b", "a.b", "a0", "B", "\u{1F600}", "\u{FFEE}", "e\u{301}", "\u{E9}", "a/b"]
    let index = "[" + names.map { "{\"path\": \"\($0)\"}" }.joined(separator: ",") + "]"
    #expect(
      try paths(index) == ["B", "a-b", "a.b", "a/b", "a/b", "a0", "e\u{301}", "\u{E9}", "\u{FFEE}", "\u{1F600}"])
    #expect(try paths(index, #""ordering": "index_order""#) == names)
  }

  @Test("leaves out names and whole paths that are excluded, literally")
  func exclusion() throws {
    let index =
      #"[{"path": "d/_passed.flag"}, {"path": "d/x"}, {"path": "x"}, {"path": "\#u{E9}"}, {"path": "y.flag"}]"#
    let excluded = "\"exclude_filenames\": [\"_passed.flag\", \"d/x\", \"e\u{301}\", \"*.flag\"]"
    #expect(try paths(index, excluded) == ["x", "y.flag", "\u{E9}"])
  }

  @Test(
    "of another shape is unreadable",
    arguments: ["{files: [", "3", #"["x"]"#, #"{"files": {}}"#, #"[{"path": 5}]"#, "\u{FEFF}[]", ""])
  func unreadable(index: String) throws {
    #expect(throws: GateIndex.Problem.self) { try paths(index) }
  }

  @Test("joins the digests of its members as written, in array order")
  func joined() throws {
    let index = #"{"members": [], "items": [{"sha": "b"}, {"sha": " A"}, {"path": "no digest"}, {"sha": ""}]}"#
    let joined = try GateIndex.joinedDigests(in: Array(index.utf8), law: try law(#""ordering": "ascii_lex""#))
    #expect(joined.text == Array("b A".utf8))
    #expect(joined.count == 2)
    for bad in ["[]", #"{"members": "x"}"#, #"{"members": [1]}"#, #"{"members": [{"sha": 1}]}"#] {
      #expect(throws: GateIndex.Problem.self) {
        try GateIndex.joinedDigests(in: Array(bad.utf8), law: try law(#""ordering": "x""#))
      }
    }
  }
}
