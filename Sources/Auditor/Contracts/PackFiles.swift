import Formats
import Rules
import Synchronization

/// The files of an interface pack, read when first asked for and never twice. No path, link or reference leaves the pack
/// root.
final class PackFiles: Sendable {
  /// What a path came to.
  enum Fact: Sendable {
    /// A document.
    case document(Value)
    /// Nothing that can be a document: no such file, or a folder.
    case absent
    /// It leads out of the pack root.
    case outside
    /// It is there and no YAML.
    case malformed(FormatError)
    /// It is there and could not be read.
    case unreadable(FileError)
  }

  private struct Known {
    var facts: [[UInt8]: Fact] = [:]
    var inputs: [InputRecord] = []
    var failures: [FileError] = []
  }

  /// What the URI of a contract begins with. The part behind it is a path below the pack root; the odd folder in between
  /// keeps `..` from climbing above the root and still meaning something.
  static let scheme = "contract:///~pack~/"

  /// Where the bytes come from.
  private enum Source: Sendable {
    case folder(RootedFolder)
    case texts([[UInt8]: [UInt8]])
  }

  private let source: Source
  private let known = Mutex(Known())

  /// The files below a pack root.
  init(_ root: RootedFolder) {
    source = .folder(root)
  }

  /// Files that somebody made up, by path.
  init(texts: [(path: String, text: String)]) {
    source = .texts(Dictionary(texts.map { (Array($0.path.utf8), Array($0.text.utf8)) }) { $1 })
  }

  /// What stands at a path below the pack root, by the language of its name: JSON for `.json`, else YAML.
  func fact(at path: String) -> Fact {
    let key = Array(path.utf8)
    if let fact = known.withLock({ $0.facts[key] }) { return fact }
    let fact = read(path)
    known.withLock { $0.facts[key] = fact }
    return fact
  }

  /// Whether a regular file stands at a path, without reading it.
  func isFile(_ path: String) throws(FileError) -> Bool {
    switch source {
    case .texts(let texts): return texts[Array(path.utf8)] != nil
    case .folder(let root):
      do {
        return try root.inspect(path) == .file
      } catch {
        if error.isAbsence { return false }
        throw error
      }
    }
  }

  /// Every file that was read.
  var inputs: [InputRecord] { known.withLock { $0.inputs } }

  /// What the system refused to hand over.
  var failures: [FileError] { known.withLock { $0.failures } }

  private func bytes(of path: String) throws(FileError) -> [UInt8] {
    switch source {
    case .texts(let texts): return texts[Array(path.utf8)] ?? []
    case .folder(let root): return try root.read(path, limit: SourceLimits.bytes)
    }
  }

  private func read(_ path: String) -> Fact {
    do {
      guard try isFile(path) else { return .absent }
      let bytes = try bytes(of: path)
      let input = InputRecord(
        path: path, role: "contract", sha256: SHA256.digest(bytes).hex, byteCount: bytes.count)
      known.withLock { $0.inputs.append(input) }
      do throws(FormatError) {
        return .document(
          try path.utf8.reversed().starts(with: ".json".utf8.reversed()) ? JSON.read(bytes) : YAML.read(bytes))
      } catch {
        return .malformed(error)
      }
    } catch {
      if error.isOutside { return .outside }
      if error.isAbsence { return .absent }
      known.withLock { $0.failures.append(error) }
      return .unreadable(error)
    }
  }
}

extension PackFiles {
  /// The URI of a file of the pack: where the references of a contract start.
  static func uri(of path: String) -> String { scheme + percentEncoded(path) }

  /// The files that a URI may mean, in the order of trying: the one it names, and where `interface_pack` is on its way the
  /// one without that folder (LINT_RULES section 6). None for what is no file of a pack.
  static func paths(of uri: String) -> [String] {
    guard uri.utf8.starts(with: scheme.utf8) else { return [] }
    let written = String(uri.dropFirst(scheme.utf8.count))
    let decoded = percentDecoded(written)
    let named = written == decoded ? [written] : [written, decoded]
    return named.flatMap { path in
      var parts = path.split(separator: "/", omittingEmptySubsequences: false)
      guard let place = parts.firstIndex(of: "interface_pack"), place < parts.count - 1 else { return [path] }
      parts.remove(at: place)
      return [path, parts.joined(separator: "/")]
    }
  }

  /// What a URI means: the first of its files that is there.
  func fact(ofURI uri: String) -> (path: String, fact: Fact)? {
    for path in Self.paths(of: uri) {
      let fact = fact(at: path)
      if case .absent = fact { continue }
      return (path, fact)
    }
    return nil
  }

  /// Where references between contracts lead: files of the pack, and nothing else.
  var resources: SchemaResources {
    var resources = SchemaResources()
    resources.add(prefix: Self.scheme) { uri in
      guard case .document(let document)? = self.fact(ofURI: uri)?.fact else { return nil }
      return document
    }
    return resources
  }
}
