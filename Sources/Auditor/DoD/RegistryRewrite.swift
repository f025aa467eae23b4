import Formats

/// Writes a registry anew as JSON, which is YAML too: order and unknown keys stay, comments do not.
struct RegistryRewrite {
  private let changes: [RegistryChange]
  private var json = JSONWriter(.pretty)

  private init(_ changes: [RegistryChange]) { self.changes = changes }

  /// The registry with the changes.
  static func apply(_ changes: [RegistryChange], to root: Value?) -> [UInt8] {
    var rewrite = RegistryRewrite(changes)
    rewrite.write(root)
    return rewrite.json.takeBytes()
  }

  private mutating func write(_ root: Value?) {
    json.beginObject()
    if let root {
      for member in root.members where member.name != "phases" {
        json.key(member.name)
        json.value(member.value)
      }
    }
    json.key("phases")
    json.beginObject()
    writePhases(root?["phases"])
    json.endObject()
    json.endObject()
    json.newline()
  }

  private mutating func writePhases(_ phases: Value?) {
    var written: Set<String> = []
    if let phases {
      for member in phases.members {
        json.key(member.name)
        if let change = changes.first(where: { $0.phaseID == member.name }) {
          written.insert(member.name)
          write(member.value, change)
        } else {
          json.value(member.value)
        }
      }
    }
    for change in changes where !written.contains(change.phaseID) {
      json.key(change.phaseID)
      write(nil, change)
    }
  }

  private mutating func write(_ entry: Value?, _ change: RegistryChange) {
    json.beginObject()
    var written: Set<String> = []
    if let entry {
      for member in entry.members {
        json.key(member.name)
        written.insert(member.name)
        if let text = change.text(of: member.name) {
          json.string(text)
        } else if member.name == "requires", member.value.isNull {
          json.beginArray()
          json.endArray()
        } else {
          json.value(member.value)
        }
      }
    }
    for (key, text) in change.values where !written.contains(key) {
      json.key(key)
      json.string(text)
    }
    if !written.contains("requires") {
      json.key("requires")
      json.beginArray()
      json.endArray()
    }
    json.endObject()
  }
}

extension Value {
  /// Whether two values say the same, whatever the order of their keys.
  func means(_ other: Value) -> Bool {
    switch (kind, other.kind) {
    case (.object, .object):
      let members = Dictionary(other.members.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
      return count == other.count
        && self.members.allSatisfy { member in members[member.name].map { member.value.means($0) } ?? false }
    case (.array, .array):
      return count == other.count && zip(elements, other.elements).allSatisfy { $0.means($1) }
    case (.integer, .integer), (.real, .real): return number == other.number
    case (.string, .string): return textBytes == other.textBytes
    case (.boolean, .boolean): return boolean == other.boolean
    case (.null, .null): return true
    default: return false
    }
  }
}
