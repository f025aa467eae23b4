import Formats

/// The rule by which a gate's digest is recomputed (`verification_method`).
package struct HashLaw: Sendable {
  /// What is hashed.
  package enum Kind: String, Sendable, CaseIterable {
    /// All regular files below the bundle folder.
    case bundle = "sha256_bundle_digest"
    /// The digests that the index lists; the files themselves are not read.
    case memberDigests = "sha256_member_digest_concat"
    /// The files that the index lists.
    case indexedFiles = "sha256_index_json_ascii_lex_raw_bytes"
  }

  /// Where the paths of an index start.
  package enum PathBase: String, Sendable, CaseIterable {
    /// At the bundle folder.
    case bundleRoot = "bundle_root"
    /// At the root of the run.
    case runRoot = "run_root"
  }

  /// What is hashed; nil when the map names no law that is known.
  package let kind: Kind?
  /// The law as the map names it, for messages.
  package let name: String?
  /// The field of the flag (and of the index) that holds a digest; nil when none is declared.
  package let digestField: String?
  /// Whether listed paths are sorted as sequences of UTF-8 bytes (`ascii_lex`), or keep the listed order.
  package let isSorted: Bool
  /// Where listed paths start; nil when the map names neither place.
  package let pathBase: PathBase?
  /// File names, as UTF-8, that are left out.
  package let excludedNames: Set<[UInt8]>

  /// The law of a gate that declares none: unknown, and never a pass.
  static let undeclared = HashLaw()

  private init() {
    kind = nil
    name = nil
    digestField = nil
    isSorted = true
    pathBase = .bundleRoot
    excludedNames = []
  }

  /// Reads a `verification_method`; what is wrong with it is added to the problems, never guessed away.
  init(_ method: Value, _ problems: inout [ShapeProblem]) {
    var fields = ObjectFields(method, what: "the verification method")
    name = fields.requiredText("kind")
    kind = name.flatMap { name in Kind.allCases.first { $0.rawValue.utf8.elementsEqual(name.utf8) } }
    digestField = fields.text("digest_field")
    isSorted = fields.text("ordering").map { $0 == "ascii_lex" } ?? true
    let base = fields.value("path_base")
    pathBase = base == nil ? .bundleRoot : base?.string.flatMap(PathBase.init(rawValue:))
    excludedNames = Set(fields.texts("exclude_filenames").map { Array($0.utf8) })
    if let name, kind == nil {
      fields.problem(
        at: method["kind"]?.position ?? method.position,
        "hashing law '\(name)' is unknown; known are \(Kind.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    if let base, pathBase == nil {
      fields.problem(at: base.position, "path_base '\(base.text)' is neither bundle_root nor run_root")
    }
    problems += fields.finish()
  }

  /// Whether a path, as written, or its last name is left out.
  package func excludes(_ path: String) -> Bool {
    if excludedNames.isEmpty { return false }
    if excludedNames.contains(Array(path.utf8)) { return true }
    let names = path.utf8.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual(".".utf8) }
    return names.last.map { excludedNames.contains(Array($0)) } ?? false
  }
}
