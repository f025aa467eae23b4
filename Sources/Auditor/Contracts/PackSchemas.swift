package import Formats
import Rules
import Scanning

/// The schemas of an interface pack, found and compiled by the pack's own rules for references (LINT_RULES sections 5 and
/// 6): bare file names, pointers, anchors, data set ids, and `$id`s that name and do not move. Nothing outside the pack
/// is read.
package struct PackSchemas {
  /// A schema cannot be had.
  package struct Refusal: Error, CustomStringConvertible {
    /// What is wrong and where.
    package let description: String

    init(_ description: String) {
      self.description = description
    }
  }

  /// The most references from one data set to the next on the way to a schema.
  private static let hopLimit = 8

  private let files: PackFiles
  private var search: PackSearch?
  private var compiled: [[UInt8]: JSONSchema] = [:]

  /// The schemas below a pack root.
  ///
  /// - Throws: `FileError` when the folder cannot be opened.
  package init(root: String) throws(FileError) {
    let folder = try RootedFolder(root)
    files = PackFiles(folder)
    search = PackSearch(folder, files)
  }

  /// Schemas given as YAML texts, all in one folder.
  package init(texts: [(path: String, text: String)]) {
    files = PackFiles(texts: texts)
  }

  /// The schema of a file of the pack.
  ///
  /// - Parameter path: below the pack root.
  /// - Throws: `Refusal`.
  package mutating func schema(at path: String, pointer: String = "") throws(Refusal) -> JSONSchema {
    let uri = PackFiles.uri(of: path) + "#" + percentEncoded(pointer)
    if let known = compiled[Array(uri.utf8)] { return known }
    if let problem = problem(with: files.fact(at: path)) { throw Refusal("\(path)\(problem)") }
    do throws(FormatError) {
      var wrapper = JSONWriter()
      wrapper.beginObject()
      wrapper.member("$ref", uri)
      wrapper.endObject()
      let schema = try JSONSchema(
        try JSON.read(wrapper.takeBytes()), resources: files.resources, patterns: SchemaPattern.compiler,
        options: PackContract.options)
      compiled[Array(uri.utf8)] = schema
      return schema
    } catch {
      throw Refusal("\(path):\(error.position): no usable JSON Schema: \(Self.shown("\(error.problem)"))")
    }
  }

  /// The schema that a reference means: a file of the pack by path or by name alone, and a place in it. The name of a
  /// contract is enough. A data set of a dictionary stands for the schema that it refers to.
  ///
  /// - Parameter segment: decides where bare names are looked for; empty for none.
  /// - Throws: `Refusal`, and `FileError` for what the system refuses.
  package mutating func schema(_ reference: String, segment: String) throws -> JSONSchema {
    var text = reference
    for _ in 0..<Self.hopLimit {
      let written = PackReference(text, segment: segment)
      let path = try find(written)
      guard case .document(let document) = files.fact(at: path) else { return try schema(at: path) }
      guard let pointer = PackFragments(document).pointer(written.fragment) else {
        return try schema(at: path, anchor: written.fragment)
      }
      guard let next = JSONPointer.find(pointer, in: document)?["schema_ref"]?.string else {
        return try schema(at: path, pointer: pointer)
      }
      text = next
    }
    throw Refusal("\(reference): more than \(Self.hopLimit) references in a row (limit 'hopLimit')")
  }

  /// The examples of the pack, each with the contract that it shows, nil where no contract is named like it.
  package func examples() throws(FileError) -> [(path: String, contract: String?)] {
    guard let search else { return [] }
    let contracts = try search.contractPaths()
    return try search.examplePaths().map { ($0, ExampleName.contract(of: $0, among: contracts)) }
  }

  /// A document of the pack.
  ///
  /// - Throws: `Refusal` with the place for what is no document.
  package func document(at path: String) throws(Refusal) -> Value {
    let fact = files.fact(at: path)
    guard case .document(let document) = fact else { throw Refusal("\(path)\(problem(with: fact) ?? "")") }
    return document
  }

  /// A place in a schema as people know it: the path in the pack instead of a URI of ours.
  package static func shown(_ location: String) -> String { location.replacing(PackFiles.scheme, with: "") }

  private mutating func schema(at path: String, anchor: String) throws(Refusal) -> JSONSchema {
    // The registry knows anchors; a fragment that begins with a slash is a pointer there, and was looked for already.
    if anchor.utf8.first == UInt8(ascii: "/") { throw Refusal("\(path) has no '\(anchor)'") }
    return try schema(at: path, pointer: anchor)
  }

  private mutating func find(_ written: PackReference) throws -> String {
    let folders = [PackLayout.boundaryContracts, PackLayout.platformContracts]
    let isBare = !written.file.utf8.contains(UInt8(ascii: "/"))
    let more = isBare ? folders.map { PackReference.Step.name(written.file, below: $0) } : []
    guard let found = try search?.find(written, more: more) else { return written.file }
    return try found.get()
  }

  /// What keeps a file from being a document; nil when nothing does.
  private func problem(with fact: PackFiles.Fact) -> String? {
    switch fact {
    case .document: nil
    case .absent: ": there is no such file in the pack"
    case .outside: ": it leads out of the pack root and was not read"
    case .malformed(let error): ":\(error)"
    case .unreadable(let error): ": \(error.explanation)"
    }
  }
}
