import Formats

extension Value {
  /// The JSON Pointers (RFC 6901) of members whose key an object already had, each pointer once, in document order.
  var doubledKeys: [String] {
    var found: [String] = []
    var told: Set<[UInt8]> = []
    // Depth is bounded by the reader that made the value.
    func visit(_ value: Value, _ pointer: String) {
      switch value.kind {
      case .array:
        for (index, element) in value.elements.enumerated() { visit(element, "\(pointer)/\(index)") }
      case .object:
        var seen: Set<[UInt8]> = []
        for member in value.members {
          let path = "\(pointer)/\(Self.token(member.name))"
          if !seen.insert(member.name.byteKey).inserted, told.insert(path.byteKey).inserted { found.append(path) }
          visit(member.value, path)
        }
      default: break
      }
    }
    visit(self, "")
    return found
  }

  private static func token(_ key: String) -> String {
    var token: [UInt8] = []
    for byte in key.utf8 {
      switch byte {
      case UInt8(ascii: "~"): token += "~0".utf8
      case UInt8(ascii: "/"): token += "~1".utf8
      default: token.append(byte)
      }
    }
    return String(decoding: token, as: UTF8.self)
  }
}

/// A JSON file of plans or registries.
enum LintDocument {
  /// Absent.
  case absent
  /// It leads outside of the root.
  case outside
  /// No JSON object: why.
  case unusable(String)
  /// A JSON object with doubled keys, by their JSON Pointers.
  case doubled(Value, [String])
  /// A JSON object.
  case object(Value)

  init(_ fact: FileFact) {
    switch fact {
    case .absent: self = .absent
    case .outside: self = .outside
    case .irregular(let kind): self = .unusable("it is a \(kind), not a regular file")
    case .unreadable(let reason): self = .unusable(reason)
    case .bytes(let bytes):
      do {
        let stream = try JSON.readStream(bytes)
        guard let value = stream.documents.first, value.kind == .object else {
          self = .unusable("it must be an object, found \(stream.documents.first?.kindName ?? "nothing")")
          return
        }
        self = stream.duplicateKeys.isEmpty ? .object(value) : .doubled(value, value.doubledKeys)
      } catch {
        self = .unusable("\(error.position): \(error.problem)")
      }
    }
  }
}
