/// A small interface pack that is clean, to be spoilt by tests.
struct SamplePack {
  static let engine = "docs/model_spec/data-engine"
  static let pack = "\(engine)/interface_pack"
  static let catalogue = "\(pack)/engine_outputs.catalogue.yaml"
  static let map = "\(pack)/engine_gates.map.yaml"
  static let receipt = "\(pack)/contracts/receipt.schema.yaml"
  static let schemas = "\(engine)/layer-1/specs/contracts/2B/schemas.2B.yaml"

  /// Path below the pack root to text.
  var files: [String: String] = [
    catalogue: """
    outputs:
    - output_id: stops
      scope: scope_manifest_fingerprint_seed
      owner_segment: 2B
      path_template: data/stops/seed={seed}/manifest_fingerprint={manifest_fingerprint}/part-*.parquet
      partitions: [seed, manifest_fingerprint]
      schema_ref: schemas.2B.yaml#/egress/stops
      dictionary_ref: dictionary.yaml#stops
      read_requires_gates: [gate.2B]
    - output_id: zones
      scope: scope_global
      owner_segment: 6A
      path_template: data/zones.json
      partitions:
      schema_ref: shared/zones.yaml
      read_requires_gates: [gate.6A]
    """,
    map: """
    gates:
    - gate_id: gate.2B
      segment: 2B
      scope: fingerprint
      passed_flag_path_template: v/2B/{manifest_fingerprint}/_passed.flag
      bundle_root_template: v/2B/{manifest_fingerprint}/
      index_schema_ref: schemas.2B.yaml#seal
      verification_method: {kind: sha256_bundle_digest, digest_field: hex, exclude_filenames: [_passed.flag]}
      authorizes_outputs: [stops]
      upstream_gate_dependencies: []
    - gate_id: gate.6A
      segment: 6A
      scope: scope_seed
      passed_flag_path_template: v/6A/{seed}/_passed.flag
      bundle_root_template: v/6A/{seed}/
      index_path_template: v/6A/{seed}/index.json
      receipt_schema_ref: \(pack)/contracts/receipt.schema.yaml
      verification_method: {kind: sha256_index_json_ascii_lex_raw_bytes, digest_field: hex, ordering: index_order, path_base: run_root}
      authorizes_outputs: [zones]
      upstream_gate_dependencies: [gate.2B]
    """,
    schemas: """
    egress:
      stops: {type: object}
    validation:
      $id: '#seal'
      list: [{type: array}, {type: string}]
    """,
    "\(engine)/layer-1/specs/contracts/1A/dictionary.yaml": "datasets:\n- {id: stops}\n",
    "\(pack)/shared/zones.yaml": "type: array\n",
    "\(pack)/contracts/common.schema.yaml": """
    $id: common.schema.yaml
    $defs:
      hex: {type: string, pattern: '^[0-9a-f]+$'}
      name: {$anchor: name, type: string}
    """,
    receipt: """
    $id: elsewhere/receipt.schema.yaml
    type: object
    properties:
      digest: {$ref: 'common.schema.yaml#/$defs/hex'}
      who: {$ref: 'common.schema.yaml#name'}
      stop: {$ref: '../layer-1/specs/contracts/2B/schemas.2B.yaml#/egress/stops'}
      $ref: {type: string}
      plain: {const: {$ref: nowhere.yaml}}
    """,
    "docs/model_spec/platform/contracts/runs/run.schema.yaml":
      "properties:\n  receipt: {$ref: ../../../data-engine/interface_pack/contracts/receipt.schema.yaml}\n",
  ]

  /// Writes the pack below a folder.
  func write(to folder: TemporaryFolder, below name: String) throws {
    for (path, text) in files { try folder.write(text, to: "\(name)/\(path)") }
  }
}
