import Formats
import Reports
import Rules
import Testing

@Suite("Telling gates")
struct GateAnswerTests {
  private struct Unsettled: Error {}

  private let answer: GateAnswer

  init() throws {
    let text = #"""
      {"gates": [
        {"gate_id": "good", "passed_flag_path_template": "f", "bundle_root_template": "b",
         "verification_method": {"kind": "sha256_bundle_digest"}},
        {"gate_id": "b\u001b[2Kad", "passed_flag_path_template": "f{x}", "bundle_root_template": "b"}]}
      """#
    let map = try GateMap(try JSON.read(Array(text.utf8)), path: "m.json")
    let digest = String(repeating: "ab", count: 32)
    let good = map.gates[0]
    let bad = map.gates[1]
    var failing = good.verdict(expected: "sealed", hashed: .digest(digest, members: 2))
    failing.differingMembers = (0..<25).map { "part-\($0)" }
    guard case .settled(let missing) = bad.paths(with: GatePins()) else {
      throw Unsettled()
    }
    answer = GateAnswer(
      requiredGates: ["good", bad.id, "good"],
      gates: [good.verdict(expected: digest, hashed: .digest(digest, members: 1)), missing, failing])
  }

  @Test("on a terminal: a line a gate, both digests of a failing one, and no name rewrites the screen")
  func text() {
    let lines = answer.text().split(separator: "\n").map(String.init)
    #expect(lines[0] == "PASS      good          1 member hashed, digest as sealed")
    #expect(lines[1].hasPrefix("MISSING   b\\u{1b}[2Kad  the path of the flag needs more pins: f{x}"))
    #expect(lines[2].hasPrefix("FAIL      good          the evidence is not what was sealed (2 members hashed)"))
    #expect(lines[2].hasSuffix(": sealed 'sealed', recomputed abababababab…"))
    #expect(lines[3] == "          differs: part-0")
    #expect(lines[23] == "          and 5 more; --format json names them all")
    #expect(lines[24] == "FAIL: 3 gates required: 1 PASS, 1 MISSING, 1 FAIL")
    #expect(lines.count == 25)
    #expect(!answer.text().utf8.contains(0x1B))
  }

  @Test("as JSON: whole digests, null where there is none, every differing member")
  func json() throws {
    var writer = JSONWriter()
    answer.write(to: &writer)
    let value = try JSON.read(writer.takeBytes())
    #expect(value["status"]?.string == "FAIL")
    #expect(value["reason"] == nil)
    #expect(value["required_gates"]?.elements.map(\.text) == answer.requiredGates)
    let gates = try #require(value["gates"]).elements
    #expect(gates[1]["actual_digest"]?.isNull == true)
    #expect(gates[1]["reason"]?.string == "UNRESOLVED_TEMPLATE")
    #expect(gates[2]["expected_digest"]?.string == "sealed")
    #expect(gates[2]["differing_members"]?.count == 25)
  }

  @Test("a request that cannot be served: ERROR, the reason, and no gates")
  func refusal() throws {
    let refused = GateAnswer(refusal: GateAnswer.Refusal(code: "UNKNOWN_GATE_ID", message: "no gate 'x'"))
    var writer = JSONWriter()
    refused.write(to: &writer)
    let value = try JSON.read(writer.takeBytes())
    #expect(value["status"]?.string == "ERROR")
    #expect(value["reason"]?.string == "UNKNOWN_GATE_ID")
    #expect(value["gates"]?.count == 0)
    #expect(refused.text() == "ERROR  no gate 'x'\n")
    #expect(refused.exitStatus == .noVerdict)
  }
}
