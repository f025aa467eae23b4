import Formats

/// One entry of the catalogue or the gate map.
struct PackEntry: Sendable {
  /// Which list it stands in.
  enum List: String, Sendable {
    case outputs
    case gates

    var path: String { self == .outputs ? PackLayout.catalogue : PackLayout.gateMap }
    var idKey: String { self == .outputs ? "output_id" : "gate_id" }
    var segmentKey: String { self == .outputs ? "owner_segment" : "segment" }
  }

  let list: List
  let value: Value
  let id: String

  /// What its findings begin with: `outputs/ID`.
  var place: String { "\(list.rawValue)/\(id)" }

  /// The entry's member with this key; null counts as absent.
  subscript(key: String) -> Value? { value.member(key) }

  /// The segment that the entry belongs to; empty where it names none.
  var segment: String { self[list.segmentKey]?.text ?? "" }

  /// A finding about a part of the entry, at that part where it is there.
  func finding(_ rule: PackRule, _ part: String, at position: SourcePosition? = nil, _ message: String) -> PackFinding {
    PackFinding(
      rule, part.isEmpty ? place : "\(place)/\(part)", path: list.path, at: position ?? value.position, message)
  }
}

/// A word in a list of ids.
struct PackName {
  let text: String
  let position: SourcePosition

  var key: [UInt8] { Array(text.utf8) }
}

extension Value {
  /// The member with this key; null counts as absent.
  func member(_ key: String) -> Value? {
    guard let value = self[key], !value.isNull else { return nil }
    return value
  }

  /// The words of a list; null and absence count as an empty one, a single word as a list of one.
  func names(_ key: String) -> [PackName] {
    guard let list = member(key) else { return [] }
    if list.kind == .array { return list.elements.map { PackName(text: $0.label, position: $0.position) } }
    return [PackName(text: list.label, position: list.position)]
  }

  /// A scalar's text; a container as it is written.
  var label: String { kind == .array || kind == .object ? sourceText : text }
}
