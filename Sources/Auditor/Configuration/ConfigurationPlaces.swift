import Formats

/// Where a document says what: the position of each key and element by its path (`scan.exclude`, `scan.exclude[0]`).
enum ConfigurationPlaces {
  /// Configuration is shallow; deeper things are not asked about.
  private static let mostLevels = 4

  /// The positions of everything in a document.
  static func of(_ root: Value) -> [String: SourcePosition] {
    var places: [String: SourcePosition] = [:]
    gather(root, path: "", level: 0, into: &places)
    return places
  }

  private static func gather(
    _ value: Value, path: String, level: Int, into places: inout [String: SourcePosition]
  ) {
    guard level < mostLevels else { return }
    switch value.kind {
    case .object:
      for member in value.members {
        let inner = path.isEmpty ? member.name : "\(path).\(member.name)"
        places[inner] = member.key.position
        gather(member.value, path: inner, level: level + 1, into: &places)
      }
    case .array:
      for (index, element) in value.elements.enumerated() {
        places["\(path)[\(index)]"] = element.position
        gather(element, path: "\(path)[\(index)]", level: level + 1, into: &places)
      }
    default: break
    }
  }
}
