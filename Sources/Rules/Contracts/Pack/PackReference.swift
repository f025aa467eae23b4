import Formats

/// A reference of the catalogue or the gate map to a place in another file: `FILE`, or `FILE#FRAGMENT` (LINT_RULES
/// section 5). Says where to look; somebody else looks.
package struct PackReference: Sendable {
  /// Where the file may be; the first step that finds one decides.
  package enum Step: Sendable, Equatable {
    /// At this path below the pack root.
    case path(String)
    /// Anywhere below this folder, under this name.
    case name(String, below: String)
  }

  /// The file as it is written; empty where there is none.
  package let file: String
  /// What stands behind the first `#`; empty for the whole document.
  package let fragment: String
  private let segment: String

  /// A reference as it is written, from an entry that belongs to a segment (empty for none).
  package init(_ text: String, segment: String) {
    let hash = text.utf8.firstIndex(of: UInt8(ascii: "#"))
    file = hash.map { String(text[..<$0]) } ?? text
    fragment = hash.map { String(text[text.utf8.index(after: $0)...]) } ?? ""
    self.segment = segment
  }

  /// Why nothing need be looked for: no file, or an absolute one.
  package var refusal: PackRule? {
    if file.isEmpty { return .referenceFile }
    return file.utf8.first == UInt8(ascii: "/") ? .referenceEscape : nil
  }

  /// Where to look, in this order.
  package var steps: [Step] {
    if file.utf8.starts(with: "docs/".utf8) { return [.path(file)] }
    let plain: [Step] = [.path("\(PackLayout.interfacePack)/\(file)"), .path(file)]
    guard !file.utf8.contains(UInt8(ascii: "/")), let layer = PackLayout.layer(ofSegment: segment) else { return plain }
    let contracts = PackLayout.contracts(ofLayer: layer)
    return [
      .path("\(contracts)/\(segment)/\(file)"), .name(file, below: contracts), .name(file, below: PackLayout.engine),
    ] + plain
  }

  /// Of several files with the right name, the one that is meant: the only one with a folder named like the segment on
  /// its way. Nil when none or more than one has.
  package func choose(among paths: [String]) -> String? {
    if paths.count == 1 { return paths[0] }
    let near = paths.filter { path in
      path.utf8.split(separator: UInt8(ascii: "/")).dropLast().contains { $0.elementsEqual(segment.utf8) }
    }
    return near.count == 1 ? near[0] : nil
  }
}

extension InterfacePack {
  /// A reference with what a finding about it needs.
  package struct WrittenReference: Sendable {
    /// Where it leads.
    package let reference: PackReference
    private let entry: PackEntry
    private let field: String
    private let position: SourcePosition

    fileprivate init(_ entry: PackEntry, _ field: String, _ value: Value) {
      self.entry = entry
      self.field = field
      position = value.position
      reference = PackReference(value.label, segment: entry.segment)
    }

    /// A finding about the reference.
    package func finding(_ rule: PackRule, _ message: String) -> PackFinding {
      entry.finding(rule, field, at: position, message)
    }
  }

  /// Every reference that is checked: absent and empty fields are not.
  package var references: [WrittenReference] {
    let fields = [
      (outputs, ["schema_ref", "dictionary_ref"]), (gates, ["index_schema_ref", "receipt_schema_ref"]),
    ]
    return fields.flatMap { entries, names in
      entries.flatMap { entry in
        names.compactMap { name in
          entry[name].flatMap { $0.label.isEmpty ? nil : WrittenReference(entry, name, $0) }
        }
      }
    }
  }
}
