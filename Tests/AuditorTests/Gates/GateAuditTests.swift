import Auditor
import Formats
import Glibc
import Rules
import Testing

@Suite("Verifying gates")
struct GateAuditTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("secret", to: "outside/file")
    try folder.write("first", to: "root/b/a")
    try folder.write("second", to: "root/b/sub/c")
    try seal("firstsecond")
  }

  private func seal(_ content: String) throws {
    try folder.write("sha = \(SHA256.digest(Array(content.utf8)).hex)\n", to: "root/b/_flag")
  }

  private func verify(
    law: String = "sha256_bundle_digest", more: String = "", flag: String = "b/_flag", index: String = "b/index.json",
    pins: [(name: String, text: String)] = [], isComparingMembers: Bool = false
  ) throws -> GateResult {
    try folder.write(
      """
      gates:
      - gate_id: g
        passed_flag_path_template: '\(flag)'
        bundle_root_template: b/
        index_path_template: '\(index)'
        verification_method: {kind: \(law), digest_field: sha, exclude_filenames: [_flag, index.json]\(more)}
      """, to: "map.yaml")
    let outcome = GateAudit(
      GateAudit.Request(
        root: "\(folder.path)/root", gateMap: "\(folder.path)/map.yaml", selection: GateSelection(gates: ["g"]),
        pins: GatePins(pins)),
      isComparingMembers: isComparingMembers
    ).run()
    return try #require(outcome.gates.first)
  }

  @Test("passes what is as it was sealed")
  func pass() throws {
    let result = try verify()
    #expect(result.status == .pass)
    #expect(result.expectedDigest == result.actualDigest)
    #expect(result.reason == .digestsAgree(members: 2))
  }

  @Test("fails a changed byte and an added file, and knows both digests")
  func tampered() throws {
    try folder.write("forged", to: "root/b/.hidden")
    let result = try verify()
    #expect(result.status == .fail)
    #expect(result.actualDigest == SHA256.digest(Array("forgedfirstsecond".utf8)).hex)
    #expect(result.expectedDigest != result.actualDigest)
  }

  @Test("never passes an empty bundle, even when the flag holds the digest of nothing")
  func empty() throws {
    try seal("")
    #expect(try verify().status == .fail)
    try folder.removeFile("root/b/a")
    try folder.removeFile("root/b/sub/c")
    #expect(try verify().reason == .nothingToHash)
  }

  @Test("reads files of the bundle through links inside and refuses every link to the outside")
  func links() throws {
    try folder.link("root/b/z", to: "a")
    try folder.link("root/b/zz-folder", to: "sub")
    try seal("firstsecondfirst")
    #expect(try verify().status == .pass)
    try folder.link("root/b/_link", to: "../../outside")
    let result = try verify()
    #expect(result.status == .conflict)
    #expect(result.reason == .outsideRoot(.member, path: "_link"))
    #expect(result.actualDigest == nil)
  }

  @Test("ignores a FIFO in a bundle and does not wait for one that is listed", .timeLimit(.minutes(5)))
  func fifo() throws {
    try folder.makeFIFO("root/b/pipe")
    #expect(try verify().status == .pass)
    try folder.write(#"[{"path": "pipe"}]"#, to: "root/b/index.json")
    #expect(try verify(law: "sha256_index_json_ascii_lex_raw_bytes").status == .conflict)
    #expect(try verify(flag: "b/pipe").status == .conflict)
  }

  @Test(
    "refuses listed members outside, also behind one that is absent",
    arguments: [
      "../../outside/file", "/etc/passwd", "link/file", "sub/../../../outside/file", "../../outside/none",
    ])
  func listedOutside(path: String) throws {
    try folder.link("root/b/link", to: "../../outside")
    for order in ["ascii_lex", "index_order"] {
      try folder.write(#"{"files": [{"path": "absent"}, {"path": "\#(path)"}]}"#, to: "root/b/index.json")
      let result = try verify(law: "sha256_index_json_ascii_lex_raw_bytes", more: ", ordering: \(order)")
      #expect(result.reason == .outsideRoot(.member, path: path))
      #expect(result.status == .conflict)
    }
  }

  @Test("names the members that differ from what the index carries")
  func differing() throws {
    let digest = SHA256.digest(Array("second".utf8)).hex
    try folder.write(
      #"[{"path": "a", "sha": "\#(digest)"}, {"path": "sub/c", "sha": "\#(digest)"}]"#, to: "root/b/index.json")
    try seal("other")
    let result = try verify(law: "sha256_index_json_ascii_lex_raw_bytes")
    #expect(result.status == .fail)
    #expect(result.differingMembers == ["a"])
  }

  @Test(
    "compares members with their index in the same pass, under every law",
    arguments: ["sha256_bundle_digest", "sha256_index_json_ascii_lex_raw_bytes", "sha256_member_digest_concat"])
  func comparing(law: String) throws {
    let (right, wrong) = (SHA256.digest(Array("first".utf8)).hex, SHA256.digest(Array("other".utf8)).hex)
    for (digest, differing) in [(right, []), (wrong, ["a"])] {
      try folder.write("first", to: "root/b/a")
      try folder.write("", to: "root/b/empty")
      try folder.write(
        #"{"members": [{"path": "a", "sha": "\#(digest)"}, {"path": "empty", "sha": "\#(SHA256.digest([]).hex)"}]}"#,
        to: "root/b/index.json")
      switch law {
      case "sha256_bundle_digest": try seal("firstsecond")
      case "sha256_member_digest_concat": try seal(digest + SHA256.digest([]).hex)
      default: try seal("first")
      }
      #expect(try verify(law: law).status == .pass)
      let compared = try verify(law: law, isComparingMembers: true)
      #expect(compared.comparedMembers == 2)
      #expect(compared.differingMembers == differing)
      #expect(compared.status == (differing.isEmpty ? .pass : .fail))
      if !differing.isEmpty { #expect(compared.reason == .membersDiffer(count: 1, of: 2)) }
    }
  }

  @Test("a listed file that a law over listed digests never reads is read when members are compared")
  func comparingAbsent() throws {
    let law = "sha256_member_digest_concat"
    try folder.write(#"{"members": [{"path": "none", "sha": "\#(SHA256.digest([]).hex)"}]}"#, to: "root/b/index.json")
    try seal(SHA256.digest([]).hex)
    #expect(try verify(law: law).status == .pass)
    #expect(try verify(law: law, isComparingMembers: true).reason == .absent(.member, path: "none"))
  }

  @Test("reports what is missing in the order of the law")
  func missing() throws {
    #expect(try verify(flag: "b/{seed}").reason == .unresolved(.flag, template: "b/{seed}"))
    #expect(try verify(index: "{x}").status == .missing)
    #expect(try verify(flag: "b/none").reason == .absent(.flag, path: "b/none"))
    #expect(try verify(law: "sha256_member_digest_concat").reason == .absent(.index, path: "b/index.json"))
    #expect(try verify(law: "sha256_member_digest_concat", index: "").reason == .noIndexTemplate)
    try folder.write(#"["no object", {"path": "absent"}]"#, to: "root/b/index.json")
    #expect(try verify(law: "sha256_index_json_ascii_lex_raw_bytes").status == .conflict)
    try folder.write(#"[{"path": "absent"}, {"path": "a"}]"#, to: "root/b/index.json")
    #expect(try verify(law: "sha256_index_json_ascii_lex_raw_bytes").reason == .absent(.member, path: "absent"))
  }

  @Test("refuses a pin that climbs out of the root")
  func pinEscape() throws {
    let result = try verify(flag: "b/{p}", pins: [("p", "../../outside/file")])
    #expect(result.reason == .outsideRoot(.flag, path: "b/../../outside/file"))
    #expect(result.expectedDigest == nil)
  }

  @Test("never passes a law that it does not know")
  func unknownLaw() throws {
    #expect(try verify(law: "sha512").reason == .unknownLaw("sha512"))
    #expect(try verify(more: ", path_base: home").status == .pass)
    try folder.write("[]", to: "root/b/index.json")
    let listed = try verify(law: "sha256_index_json_ascii_lex_raw_bytes", more: ", path_base: home")
    #expect(listed.reason == .unknownPathBase)
  }

  @Test("hashes members larger than any buffer, two gates at once, with the digests of each alone")
  func large() throws {
    var gates = "gates:\n"
    for gate in 0..<5 {
      let bytes = [UInt8](repeating: UInt8(gate), count: gate * 300_001)
      try folder.write(bytes, to: "root/g\(gate)/big")
      try folder.write("x", to: "root/g\(gate)/small")
      try folder.write("sha=\(SHA256.digest(bytes + Array("x".utf8)).hex)", to: "root/flag\(gate)")
      gates += """
        - gate_id: g\(gate)
          passed_flag_path_template: flag\(gate)
          bundle_root_template: g\(gate)
          verification_method: {kind: sha256_bundle_digest, digest_field: sha}

        """
    }
    try folder.write(gates, to: "many.yaml")
    for jobs in [1, 2, 8] {
      let request = GateAudit.Request(root: "\(folder.path)/root", gateMap: "\(folder.path)/many.yaml")
      let outcome = GateAudit(request, jobs: jobs).run()
      #expect(outcome.gates.map(\.status) == Array(repeating: .pass, count: 5))
      #expect(outcome.answer.requiredGates == ["g0", "g1", "g2", "g3", "g4"])
      #expect(outcome.inputs.map(\.role) == ["gate-map"] + Array(repeating: "gate-flag", count: 5))
      #expect(outcome.exitStatus == .clean)
    }
  }

  @Test("gives no verdict on a map, a catalogue or a root that it cannot read")
  func unreadable() throws {
    try folder.write("gates: [", to: "broken.yaml")
    try folder.write("gates: []", to: "empty.yaml")
    func outcome(root: String = "root", map: String = "empty.yaml", catalogue: String? = nil) -> GateOutcome {
      GateAudit(
        GateAudit.Request(
          root: "\(folder.path)/\(root)", gateMap: "\(folder.path)/\(map)",
          catalogue: catalogue.map { "\(folder.path)/\($0)" })
      ).run()
    }
    #expect(outcome().answer.status == "PASS")
    for (result, code) in [
      (outcome(map: "broken.yaml"), "GATE_MAP_UNREADABLE"), (outcome(map: "none.yaml"), "GATE_MAP_UNREADABLE"),
      (outcome(catalogue: "empty.yaml"), "CATALOGUE_UNREADABLE"), (outcome(root: "none"), "ROOT_UNREADABLE"),
    ] {
      #expect(result.answer.refusal?.code == code)
      #expect(result.answer.status == "ERROR")
      #expect(result.exitStatus == .noVerdict)
      #expect(result.unevaluated.count == 1)
    }
    #expect(outcome(map: "broken.yaml").unevaluated.first?.location.line == 1)
  }
}
