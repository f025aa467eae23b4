import Formats
import Rules
import Testing

@Suite("The registry of phases")
struct PhaseRegistryTests {
  @Test(
    "knows fixtures by kind or flag",
    arguments: [
      ("kind: FIXTURE", true), ("kind: other", false), ("is_fixture: true", true), ("is_fixture: yes", true),
      ("is_fixture: ' On '", true), ("is_fixture: 2", true), ("is_fixture: 0", false), ("is_fixture: no", false),
      ("verdict: PROVEN", false),
    ])
  func fixtures(member: String, isFixture: Bool) throws {
    #expect(try registry("phases:\n  P:\n    \(member)\n").entry("P")?.isFixture == isFixture)
  }

  @Test(
    "requires a list of names, or nothing",
    arguments: [
      ("requires:", RegistryEntry.Requires.none), ("requires: []", .phases([])),
      ("requires: [A, 7]", .phases(["A", "7"])),
      ("requires: A", .malformed), ("requires: {A: B}", .malformed), ("requires: [[A]]", .malformed),
      ("requires: [~]", .malformed), ("verdict: X", .none),
    ])
  func requires(member: String, expected: RegistryEntry.Requires) throws {
    #expect(try registry("phases:\n  P:\n    \(member)\n").entry("P")?.requires == expected)
  }

  @Test(
    "that cannot be understood is refused with its place",
    arguments: [
      ("[1]", 1), ("a: 1\nphases: 7\n", 2), ("phases:\n  P: {}\n  P: {}\n", 3), ("---\na: 1\n---\nb: 2\n", nil),
    ]
      as [(String, Int?)])
  func refused(text: String, line: Int?) {
    #expect {
      try registry(text)
    } throws: { error in
      (error as? PhaseRegistry.Problem)?.location.line == line
    }
  }

  @Test("may be empty", arguments: ["", "# nothing\n", "phases:\n", "other: 1\n", "{}"])
  func empty(text: String) throws {
    let registry = try registry(text)
    #expect(registry.entry("P") == nil)
    #expect(registry.verdict(of: "P") == "DESIGNED")
  }

  private func registry(_ text: String) throws -> PhaseRegistry {
    try PhaseRegistry(try YAML.readStream(Array(text.utf8)), path: "r.yaml")
  }
}
