package import Formats

/// The places of one document that a fragment can name (LINT_RULES section 5): the whole, a JSON pointer, or any mapping
/// by its `id` or `$id`.
package struct PackFragments: Sendable {
  private let document: Value
  /// From names to pointers; of equal names the first in the file.
  private var ids: [[UInt8]: String] = [:]
  private var schemaIDs: [[UInt8]: String] = [:]

  /// Looks through a document once.
  package init(_ document: Value) {
    self.document = document
    var pending = [(value: document, pointer: "")]
    while let next = pending.popLast() {
      if let id = next.value["id"]?.string { note(id, next.pointer, in: &ids) }
      if let id = next.value["$id"]?.string {
        note(id, next.pointer, in: &schemaIDs)
        if id.utf8.first == UInt8(ascii: "#") { note(String(id.dropFirst()), next.pointer, in: &schemaIDs) }
      }
      var inner: [(value: Value, pointer: String)] = []
      for member in next.value.members where member.value.isContainer {
        inner.append((member.value, "\(next.pointer)/\(JSONPointer.token(member.name))"))
      }
      for (index, element) in next.value.elements.enumerated() where element.isContainer {
        inner.append((element, "\(next.pointer)/\(index)"))
      }
      pending += inner.reversed()
    }
  }

  /// The JSON pointer of the place that a fragment names, or nil when there is none.
  package func pointer(_ fragment: String) -> String? {
    if fragment.isEmpty { return "" }
    let key = Array(fragment.utf8)
    guard key.first == UInt8(ascii: "/") else { return ids[key] ?? schemaIDs[key] }
    return JSONPointer.find(fragment, in: document) == nil ? schemaIDs[key] : fragment
  }

  private func note(_ name: String, _ pointer: String, in names: inout [[UInt8]: String]) {
    let key = Array(name.utf8)
    if names[key] == nil { names[key] = pointer }
  }
}

extension Value {
  fileprivate var isContainer: Bool { kind == .object || kind == .array }
}
