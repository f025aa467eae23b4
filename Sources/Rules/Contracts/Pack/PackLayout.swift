/// Where the parts of an interface pack lie below its root (LINT_RULES, the head).
package enum PackLayout {
  /// Everything of the data engine; bare file names are looked for here last.
  package static let engine = "docs/model_spec/data-engine"
  /// The interface pack itself.
  package static let interfacePack = "\(engine)/interface_pack"
  /// The outputs.
  package static let catalogue = "\(interfacePack)/engine_outputs.catalogue.yaml"
  /// The gates.
  package static let gateMap = "\(interfacePack)/engine_gates.map.yaml"
  /// Boundary contracts: files of this folder.
  package static let boundaryContracts = "\(interfacePack)/contracts"
  /// Platform contracts: files at any depth below this folder, which need not exist.
  package static let platformContracts = "docs/model_spec/platform/contracts"
  /// Instances that show what contracts mean.
  package static let examples = "\(interfacePack)/examples"
  /// What the name of a contract ends with.
  package static let contractEnding = ".schema.yaml"

  /// The folder of a layer's schemas and dictionaries.
  static func contracts(ofLayer layer: Int) -> String { "\(engine)/layer-\(layer)/specs/contracts" }

  /// The layer of a segment, by its first character (section 5, step 4); nil where there is none.
  static func layer(ofSegment segment: String) -> Int? {
    switch segment.utf8.first {
    case UInt8(ascii: "1"), UInt8(ascii: "2"), UInt8(ascii: "3"): 1
    case UInt8(ascii: "5"): 2
    case UInt8(ascii: "6"): 3
    default: nil
    }
  }
}
