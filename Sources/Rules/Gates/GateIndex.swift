package import Formats

/// A file that an index lists.
package struct IndexedFile: Sendable, Equatable {
  /// As the index writes it.
  package let path: String
  /// The digest that the index carries for it, when it carries one.
  package let digest: String?
}

/// Reads what an index lists, in the order in which the law hashes it.
package enum GateIndex {
  /// Why an index cannot be read.
  package enum Problem: Error, Sendable, Equatable {
    /// It is not JSON.
    case syntax(FormatError)
    /// It is JSON of another shape.
    case shape(ShapeProblem)
  }

  /// The digests that an index lists, joined as written (`sha256_member_digest_concat`), and how many they are.
  /// Members without a digest add nothing.
  ///
  /// - Throws: `Problem`.
  package static func joinedDigests(in bytes: [UInt8], law: HashLaw) throws(Problem) -> (text: [UInt8], count: Int) {
    let document = try read(bytes)
    guard document.kind == .object else { throw shape(document, "an index under this law is an object") }
    var joined: [UInt8] = []
    var count = 0
    for element in try elements(document, under: ["members", "items"]) {
      guard let field = law.digestField, let digest = try text(element, field) else { continue }
      joined.append(contentsOf: digest.utf8)
      count += 1
    }
    return (joined, count)
  }

  /// The files that an index lists (`sha256_index_json_ascii_lex_raw_bytes`), without the excluded ones. Elements
  /// without a path list nothing; a path listed twice is there twice.
  ///
  /// - Throws: `Problem`.
  package static func files(in bytes: [UInt8], law: HashLaw) throws(Problem) -> [IndexedFile] {
    let document = try read(bytes)
    guard document.kind == .object || document.kind == .array else {
      throw shape(document, "an index is an object or a list")
    }
    let listed =
      document.kind == .array ? document : try list(document, under: ["items", "members", "entries", "files"])
    var files: [IndexedFile] = []
    for element in try objects(listed) {
      guard let path = try text(element, "path"), !law.excludes(path) else { continue }
      let digest = [law.digestField ?? "sha256_hex", "sha256_hex"].lazy.compactMap { element[$0]?.string }.first
      files.append(IndexedFile(path: path, digest: digest))
    }
    guard law.isSorted else { return files }
    return files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  private static func read(_ bytes: [UInt8]) throws(Problem) -> Value {
    do {
      return try JSON.read(bytes)
    } catch {
      throw .syntax(error)
    }
  }

  private static func elements(_ document: Value, under keys: [String]) throws(Problem) -> [Value] {
    try objects(try list(document, under: keys))
  }

  /// The first list that is not empty; nil when all are absent or empty.
  private static func list(_ document: Value, under keys: [String]) throws(Problem) -> Value? {
    for key in keys {
      guard let value = document[key], !value.isNull else { continue }
      guard value.kind == .array else { throw shape(value, "'\(key)' of an index is a list") }
      if value.count > 0 { return value }
    }
    return nil
  }

  private static func objects(_ list: Value?) throws(Problem) -> [Value] {
    guard let list else { return [] }
    for element in list.elements where element.kind != .object {
      throw shape(element, "each element of an index is an object")
    }
    return Array(list.elements)
  }

  /// A text that is not empty, nil when there is none.
  private static func text(_ element: Value, _ key: String) throws(Problem) -> String? {
    guard let value = element[key], !value.isNull else { return nil }
    guard let text = value.string else { throw shape(value, "'\(key)' is a text") }
    return text.isEmpty ? nil : text
  }

  private static func shape(_ value: Value, _ expected: String) -> Problem {
    .shape(ShapeProblem(at: value.position, "\(expected), found \(value.kindName)"))
  }
}

extension GateIndex.Problem: CustomStringConvertible {
  /// Where and what, as the reader said it.
  package var description: String {
    switch self {
    case .syntax(let error): "\(error)"
    case .shape(let problem): "\(problem)"
    }
  }
}
