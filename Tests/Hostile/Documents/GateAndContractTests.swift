import EndToEnd
import Testing

/// Gate maps, contracts and their references, written to lead out, round or nowhere.
@Suite struct GateAndContractTests {
  private static func gate(_ id: String, flag: String = "flag.txt", bundle: String = "bundle/", needs: [String] = [])
    -> String
  {
    """
      - gate_id: "\(id)"
        scope: global
        passed_flag_path_template: "\(flag)"
        bundle_root_template: "\(bundle)"
        upstream_gate_dependencies: [\(needs.map { "\"\($0)\"" }.joined(separator: ", "))]
        verification_method: {kind: sha256_bundle_digest, digest_field: sha256_hex}

    """
  }

  private static func map(_ gates: [String]) -> Entry { .file("version: \"1.0\"\ngates:\n" + gates.joined()) }

  private static let verify = HostileRun.command(
    "gates", "verify", "--json", "--root", ".", "--gate-map", "gate_map.yaml", answering: [0, 1, 2, 4])
  private static let lint = HostileRun.command("gates", "lint", "--gate-map", "gate_map.yaml", answering: [0, 1, 4])
  private static let audit = HostileRun.command(
    "audit", "--json", "--no-cache", answering: [1, 2, 4], saying: Planted.paths[0], Planted.paths[1])

  private static let count = SizeTests.isLong ? 10_000 : 1_000
  private static let climbing = [
    "../outside/x", "/etc/passwd", "/dev/zero", "a/../../outside/x", "~/x", "", ".", "..", "{x}", "{{{{", "\\u0000",
    "link/x", "fifo",
  ]

  static let cases = [
    HostileCase(
      "gates whose paths lead out",
      [
        "gate_map.yaml": map(climbing.enumerated().flatMap { [gate("f\($0)", flag: $1), gate("b\($0)", bundle: $1)] }),
        "link": .link(to: "../outside"),
        "fifo": .fifo, "../outside/x/secret": .file(Promises.secret),
        "flag.txt": "sha256_hex = \(String(repeating: "0", count: 64))\n",
      ], verify, lint, audit),
    HostileCase(
      "gates that need each other",
      [
        "gate_map.yaml": map([
          gate("a", needs: ["b", "a"]), gate("b", needs: ["c"]), gate("c", needs: ["a", "nothing"]),
        ])
      ], verify, lint, audit),
    HostileCase(
      "very many gates, each needing the next",
      ["gate_map.yaml": map((0..<count).map { gate("g\($0)", needs: ["g\($0 + 1)"]) })], verify, lint),
    HostileCase(
      "very many gates that all need all before them",
      ["gate_map.yaml": map((0..<150).map { index in gate("g\(index)", needs: (0..<index).map { "g\($0)" }) })], verify),
    HostileCase("gates of one name", ["gate_map.yaml": map((0..<300).map { _ in gate("same") })], verify, lint, audit),
    HostileCase(
      "a gate map of aliases", ["gate_map.yaml": DefinitionTests.bomb], .audit(telling: ["gate_map.yaml"]), lint),
    HostileCase(
      "a bundle with everything in it",
      [
        "gate_map.yaml": map([gate("a")]), "flag.txt": "sha256_hex = \(String(repeating: "0", count: 64))\n",
        "bundle/a.csv": "1\n", "bundle/fifo": .fifo, "bundle/socket": .socket,
        "bundle/out": .link(to: "../../outside"), "bundle/loop": .link(to: "loop"),
        "bundle/zero": .link(to: "/dev/zero"), "bundle/new\nline": "x\n",
      ], verify, audit),
    HostileCase(
      "flags that are anything",
      [
        "gate_map.yaml": map((0..<6).map { gate("f\($0)", flag: "flag\($0)") }),
        "flag0": .bytes([0xFF]), "flag1": .file(String(repeating: "sha256_hex = ", count: 100_000)), "flag2": .fifo,
        "flag3": .folder, "flag4": "", "flag5": .sparse(2 << 30), "bundle/a": "x",
      ], verify, audit),
    HostileCase(
      "contracts that refer to themselves and each other",
      [
        "a.schema.json": "{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\", \"$ref\": \"#\"}",
        "b.schema.json": "{\"$ref\": \"c.schema.json\"}",
        "c.schema.json": "{\"$ref\": \"b.schema.json\"}",
        "d.schema.json": "{\"$dynamicRef\": \"#x\", \"$dynamicAnchor\": \"x\"}", "x.json": "{\"a\": [1]}",
      ], audit, .command("schema", "validate", "--schema", "a.schema.json", "x.json", answering: [1, 4]),
      .command("schema", "validate", "--schema", "b.schema.json", "x.json", answering: [1, 4]),
      .command("schema", "validate", "--schema", "d.schema.json", "x.json", answering: [0, 1, 4])),
    HostileCase(
      "contracts that refer to the world",
      [
        "a.schema.json": "{\"$ref\": \"../outside/x.json\"}", "b.schema.json": "{\"$ref\": \"file:///etc/passwd\"}",
        "c.schema.json": "{\"$ref\": \"https://127.0.0.1:1/x\"}",
        "d.schema.json": "{\"$ref\": \"/dev/zero\"}", "e.schema.json": "{\"$id\": \"http://[\", \"$ref\": \"%00\"}",
        "../outside/x.json": .file("{\"const\": \"\(Promises.secret)\"}"), "x.json": "{}",
      ], audit, .command("schema", "validate", "--schema", "a.schema.json", "x.json", answering: [4])),
    HostileCase(
      "a schema that takes a power of two steps",
      [
        "bomb.json": .file(
          "{\"$defs\": {\"a40\": true, "
            + (0..<40).map {
              "\"a\($0)\": {\"allOf\": [{\"$ref\": \"#/$defs/a\($0 + 1)\"}, {\"$ref\": \"#/$defs/a\($0 + 1)\"}]}"
            }.joined(separator: ", ")
            + "}, \"$ref\": \"#/$defs/a0\"}"), "x.json": "{}",
      ], .command("schema", "validate", "--schema", "bomb.json", "x.json", answering: [1, 4], saying: "was given up")),
    HostileCase(
      "a schema whose patterns take powers elsewhere",
      [
        "bomb.json":
          "{\"items\": {\"anyOf\": [{\"pattern\": \"^(a+)+$\"}, {\"pattern\": \"^(a|aa)*c\"}, {\"pattern\": \"(.*)*b\"}]}}",
        "huge.json": "{\"pattern\": \"((a{1000}){1000}){1000}\"}",
        "x.json": .file("[\"" + String(repeating: "a", count: 5_000) + "!\"]"),
      ], .command("schema", "validate", "--schema", "bomb.json", "x.json", answering: [1]),
      .command("schema", "validate", "--schema", "huge.json", "x.json", answering: [4])),
    HostileCase(
      "numbers beyond all types",
      [
        "s.json": "{\"items\": {\"multipleOf\": 1e-300, \"maximum\": 1e400, \"minLength\": 99999999999999999999}}",
        "x.json": .file(
          "[1e999999999, -0, 1E+400, \(String(repeating: "9", count: 20_000)), 0.\(String(repeating: "0", count: 20_000))1, 1e-999999999]"
        ),
      ], .command("schema", "validate", "--schema", "s.json", "x.json", answering: [0, 1, 4]),
      .command("parse", "x.json", answering: [0, 4])),
    HostileCase(
      "an interface pack that leads out",
      [
        "p/engine_outputs.catalogue.yaml":
          "outputs:\n- {output_id: a, scope: scope_global, path_template: ../../outside/x, schema_ref: ../../../etc/passwd}\n",
        "p/engine_gates.map.yaml": .link(to: "/dev/zero"), "p/contracts": .link(to: "../../outside"),
      ], .command("contracts", "lint", "--pack", "p", answering: [1, 4]), audit),
  ]

  @Test(arguments: cases) func `keeps every promise`(_ example: HostileCase) throws { try example.check() }
}
