import Formats
import Rules
import Testing

@Suite("A gate map")
struct GateMapTests {
  static func map(_ gates: String) throws -> GateMap {
    try GateMap(try JSON.read(Array("{\"gates\": [\(gates)]}".utf8)), path: "map.json")
  }

  private static func gate(_ id: String, _ more: String = "") -> String {
    """
    {"gate_id": "\(id)", "passed_flag_path_template": "f", "bundle_root_template": "b",
     "verification_method": {"kind": "sha256_bundle_digest"}\(more.isEmpty ? "" : ", ")\(more)}
    """
  }

  @Test("of the right shape has no findings")
  func clean() throws {
    let map = try Self.map(Self.gate("g", #""segment": "1A", "scope": "x", "upstream_gate_dependencies": null"#))
    #expect(map.findings.isEmpty)
    #expect(map.gate("g")?.law.kind == .bundle)
    #expect(map.gate("G") == nil)
  }

  @Test("finds what is wrong, each at its line")
  func findings() throws {
    let text = """
      {"gates": [
        {"gate_id": "g",
         "passed_flag_path_template": 3,
         "verification_method": {"kind": "md5", "path_base": "home",
          "orderin": "x"}
        },
        {"segment": "1A"}]}
      """
    let map = try GateMap(try JSON.read(Array(text.utf8)), path: "m.json")
    let told = map.findings.map { "\($0.location.line ?? 0): \($0.message)" }
    #expect(told.contains { $0.hasPrefix("3: passed_flag_path_template must be a text") })
    #expect(told.contains { $0.hasPrefix("2: the gate needs 'bundle_root_template'") })
    #expect(told.contains { $0.hasPrefix("4: hashing law 'md5' is unknown") })
    #expect(told.contains { $0.hasPrefix("4: path_base 'home'") })
    #expect(told.contains { $0.hasPrefix("5: unknown key 'orderin'") && $0.contains("'ordering'") })
    #expect(told.contains { $0.hasPrefix("7: the gate needs 'gate_id'") })
    #expect(map.gates.map(\.id) == ["g"])
    #expect(map.findings.allSatisfy { $0.location.path == "m.json" })
  }

  @Test("that is none is refused", arguments: ["[]", "3", "{}", #"{"gates": {}}"#, #"{"gates": null}"#])
  func refused(text: String) throws {
    let document = try JSON.read(Array(text.utf8))
    #expect(throws: ShapeProblem.self) { try GateMap(document, path: "m") }
  }

  @Test("keeps the last of two gates with one id, and says so")
  func duplicate() throws {
    let map = try Self.map(Self.gate("g", #""authorizes_outputs": ["old"]"#) + "," + Self.gate("g"))
    #expect(map.gates.count == 1)
    #expect(map.gates[0].authorizedOutputs.isEmpty)
    #expect(map.findings.count == 1)
  }

  @Test("tells ids apart that look alike: nothing is normalised")
  func notNormalised() throws {
    let map = try Self.map(Self.gate("\u{E9}") + "," + Self.gate("e\u{301}"))
    #expect(map.gates.count == 2)
    #expect(map.gate("e\u{301}")?.position != map.gate("\u{E9}")?.position)
  }
}

@Suite("Required gates")
struct GateClosureTests {
  private let map: GateMap
  private let catalogue: OutputCatalogue

  init() throws {
    func gate(_ id: String, _ upstream: [String], _ outputs: [String]) -> String {
      let lists = [("upstream_gate_dependencies", upstream), ("authorizes_outputs", outputs)].map { key, ids in
        "\"\(key)\": [\(ids.map { "\"\($0)\"" }.joined(separator: ","))]"
      }
      return """
        {"gate_id": "\(id)", "passed_flag_path_template": "", "bundle_root_template": "", \
        "verification_method": {"kind": "x"}, \(lists.joined(separator: ","))}
        """
    }
    map = try GateMapTests.map(
      [
        gate("z", ["a"], ["out"]), gate("a", ["b"], ["late"]), gate("b", ["a", "b"], []), gate("\u{FFEE}", [], ["u"]),
        gate("\u{1F600}", [], ["u"]), gate("broken", ["ghost"], ["haunted"]),
      ].joined(separator: ","))
    catalogue = try OutputCatalogue(
      try JSON.read(
        Array(
          #"""
          {"outputs": [{"output_id": "out"}, {"output_id": "free", "read_requires_gates": []},
            {"output_id": "deep", "read_requires_gates": ["z"]}]}
          """#.utf8)), path: "c.json")
  }

  private func required(gates: [String] = [], outputs: [String] = [], catalogue: OutputCatalogue? = nil) throws
    -> [String]
  {
    try map.requiredGates(for: GateSelection(gates: gates, outputs: outputs), catalogue: catalogue).map(\.id)
  }

  @Test("are closed under what they depend on, and cycles end")
  func closed() throws {
    #expect(try required(gates: ["z"]) == ["a", "b", "z"])
    #expect(try required(outputs: ["out"]) == ["a", "b", "z"])
    #expect(try required(gates: ["b"]) == ["a", "b"])
  }

  @Test("come with what reading an output requires, also closed")
  func readRequires() throws {
    #expect(try required(outputs: ["deep"], catalogue: catalogue) == ["a", "b", "z"])
    #expect(try required(outputs: ["free"], catalogue: catalogue).isEmpty)
  }

  @Test("stand in code point order, not in that of UTF-16")
  func order() throws {
    #expect(try required(outputs: ["u"]) == ["\u{FFEE}", "\u{1F600}"])
  }

  @Test("cannot be named for what does not exist")
  func unknown() throws {
    #expect(throws: GateRequestError.unknownGate("nix", requiredBy: nil)) { try required(gates: ["nix"]) }
    #expect(throws: GateRequestError.unknownGate("ghost", requiredBy: "gate 'broken'")) {
      try required(outputs: ["haunted"])
    }
    #expect(throws: GateRequestError.unknownOutput("free")) { try required(outputs: ["free"]) }
    #expect(throws: GateRequestError.unknownOutput("late")) {
      try required(gates: ["nix"], outputs: ["late"], catalogue: catalogue)
    }
  }
}
