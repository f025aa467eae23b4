package import Formats

/// The catalogue and the gate map of an interface pack, as they are written: entries are not dropped, renamed or merged,
/// so that the lint can name each.
package struct InterfacePack: Sendable {
  /// Every entry with an id, in the order of the file.
  let outputs: [PackEntry]
  let gates: [PackEntry]
  /// Entries without an id.
  let nameless: [PackFinding]
  let knowsOutputs: Bool
  private let outputPlaces: [[UInt8]: Int]
  private let gatePlaces: [[UInt8]: Int]

  /// How many outputs the catalogue lists.
  package let outputCount: Int
  /// How many gates the gate map lists.
  package let gateCount: Int

  /// Reads both documents, whose shape is sound (`shapeProblem`).
  ///
  /// - Parameter catalogue: nil where only gates are to be looked at.
  package init(catalogue: Value?, gateMap: Value) {
    let outputs = catalogue.map { InterfacePack.entries($0, .outputs) } ?? (named: [], nameless: [])
    knowsOutputs = catalogue != nil
    let gates = InterfacePack.entries(gateMap, .gates)
    (self.outputs, self.gates) = (outputs.named, gates.named)
    nameless = outputs.nameless + gates.nameless
    outputPlaces = InterfacePack.places(outputs.named)
    gatePlaces = InterfacePack.places(gates.named)
    outputCount = catalogue?["outputs"]?.count ?? 0
    gateCount = gateMap["gates"]?.count ?? 0
  }

  /// What keeps a document from being a catalogue (`outputs`) or a gate map (`gates`): a mapping with a list of mappings
  /// under this key; nil when nothing does.
  package static func shapeProblem(_ document: Value, list key: String) -> ShapeProblem? {
    guard document.kind == .object else {
      return ShapeProblem(at: document.position, "expected a mapping with a list '\(key)', found \(document.kindName)")
    }
    guard let list = document[key] else {
      return ShapeProblem(at: document.position, "expected a list under '\(key)', found no such key")
    }
    guard list.kind == .array else {
      return ShapeProblem(at: list.position, "expected a list under '\(key)', found \(list.kindName)")
    }
    guard let entry = list.elements.first(where: { $0.kind != .object }) else { return nil }
    return ShapeProblem(at: entry.position, "expected a list of mappings under '\(key)', found \(entry.kindName)")
  }

  /// The entry that readers use for an id: of equal ones the last.
  func output(_ id: [UInt8]) -> PackEntry? { outputPlaces[id].map { outputs[$0] } }

  /// The entry that readers use for an id: of equal ones the last.
  func gate(_ id: [UInt8]) -> PackEntry? { gatePlaces[id].map { gates[$0] } }

  private static func entries(
    _ document: Value, _ list: PackEntry.List
  ) -> (named: [PackEntry], nameless: [PackFinding]) {
    var named: [PackEntry] = []
    var nameless: [PackFinding] = []
    for (index, entry) in (document[list.rawValue]?.elements).map(Array.init)?.enumerated() ?? [].enumerated() {
      if let id = entry.member(list.idKey)?.label, !id.isEmpty {
        named.append(PackEntry(list: list, value: entry, id: id))
      } else {
        nameless.append(
          PackFinding(
            .idMissing, "\(list.rawValue)/[\(index)]", path: list.path, at: entry.position,
            "the entry has no \(list.idKey)"))
      }
    }
    return (named, nameless)
  }

  private static func places(_ entries: [PackEntry]) -> [[UInt8]: Int] {
    Dictionary(entries.enumerated().map { (Array($0.element.id.utf8), $0.offset) }) { $1 }
  }
}
