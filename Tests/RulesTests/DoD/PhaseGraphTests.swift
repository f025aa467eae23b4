import Formats
import Rules
import Testing

/// Which phases come before which.
@Suite struct PhaseGraphTests {
  private func graph(
    _ registry: String, computed: [String: Verdict] = [:], documented: Set<String> = [], from start: [String]? = nil
  ) throws -> PhaseGraph {
    let registry = try PhaseRegistry(try YAML.readStream(Array(registry.utf8)), path: "registry.yaml")
    return PhaseGraph(registry, computed: computed, documented: documented, from: start)
  }

  private func told(_ graph: PhaseGraph) -> [String] { graph.findings.map { "\($0.ruleID) \($0.location)" } }

  @Test func `an honest registry`() throws {
    let graph = try graph("phases:\n  A: {verdict: PROVEN}\n  B: {verdict: PROVEN, requires: [A, A]}\n")
    #expect(told(graph) == [] && graph.cycles == [])
    #expect(graph.nodes.map(\.phaseID) == ["A", "B"] && graph.nodes[1].requires == ["A"])
  }

  @Test func `a cycle is told with its way, once`() throws {
    let graph = try graph(
      "phases:\n  C: {requires: [A]}\n  A: {requires: [X, B]}\n  B: {requires: [C]}\n  X: {}\n  Y: {requires: [A]}\n")
    #expect(graph.cycles == [["A", "B", "C"]])
    #expect(told(graph) == ["dod.gate-cycle registry.yaml:3:3"])
    #expect(graph.findings[0].message.hasSuffix("A → B → C → A"))
    #expect(graph.findings[0].evidence == ["registry.yaml:4:3", "registry.yaml:2:3"])
  }

  @Test func `a phase that requires itself, and two cycles that share a phase`() throws {
    #expect(try graph("phases: {A: {requires: [A]}}").cycles == [["A"]])
    let both = try graph("phases: {A: {requires: [B, C]}, B: {requires: [A]}, C: {requires: [A]}}")
    #expect(both.cycles == [["A", "B"]])
    let apart = try graph("phases: {A: {requires: [B]}, B: {requires: [A]}, C: {requires: [D]}, D: {requires: [C]}}")
    #expect(apart.cycles == [["A", "B"], ["C", "D"]])
  }

  @Test func `phases that nobody knows`() throws {
    let text = "phases:\n  A: {requires: [B, C]}\n"
    #expect(
      try told(graph(text)) == ["dod.gate-unknown-phase registry.yaml:2:3", "dod.gate-unknown-phase registry.yaml:2:3"])
    #expect(try told(graph(text, documented: ["B", "C"])) == [])
  }

  @Test func `proof on what is unproven`() throws {
    let text = "phases:\n  A: {verdict: PARTIAL}\n  B: {verdict: PROVEN, requires: [A]}\n"
    let found = try graph(text)
    #expect(told(found) == ["dod.gate-proven-on-unproven registry.yaml:3:3"])
    #expect(found.findings[0].evidence == ["registry.yaml:2:3"])
    #expect(try told(graph("phases: {A: {}, B: {verdict: PARTIAL, requires: [A]}}")) == [])
    let lie = "phases: {A: {verdict: PROVEN}, B: {verdict: DESIGNED, requires: [A]}}"
    #expect(try told(graph(lie, computed: ["A": .partial, "B": .proven])).count == 1)
    #expect(try told(graph(lie, computed: ["A": .proven, "B": .proven])) == [])
  }

  @Test func `from one phase only what it requires`() throws {
    let text = "phases: {A: {requires: [B]}, B: {requires: []}, C: {requires: [C]}}"
    let part = try graph(text, documented: ["D"], from: ["A"])
    #expect(part.nodes.map(\.phaseID) == ["A", "B"] && part.findings == [])
    #expect(try graph(text, documented: ["D"]).nodes.map(\.phaseID) == ["A", "B", "C", "D"])
  }

  @Test func `a registry as deep as it likes`() throws {
    let count = 20_000
    let entries = (0..<count).map { "P\($0): {requires: [P\(($0 + 1) % count)]}" }.joined(separator: ", ")
    #expect(try graph("phases: {\(entries)}").cycles.first?.count == count)
  }
}
