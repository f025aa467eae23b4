/// How a language writes comments and strings, as data: what the classifier needs and nothing else.
public struct Language: Sendable, Equatable {
  /// A comment between two markers.
  struct BlockComment: Sendable, Equatable {
    let open: [UInt8]
    let close: [UInt8]
    let nests: Bool

    init(_ open: StaticString, _ close: StaticString, nests: Bool = false) {
      self.open = open.utf8Bytes
      self.close = close.utf8Bytes
      self.nests = nests
    }
  }

  /// A string literal between two markers.
  struct StringForm: Sendable, Equatable {
    let open: [UInt8]
    let close: [UInt8]
    /// The byte that takes the meaning off the next one, or nil in raw strings.
    let escape: UInt8?
    /// Whether the literal may go on over a line end.
    let spansLines: Bool

    init(_ open: StaticString, _ close: StaticString, escape: UInt8? = UInt8(ascii: "\\"), spansLines: Bool = false) {
      self.open = open.utf8Bytes
      self.close = close.utf8Bytes
      self.escape = escape
      self.spansLines = spansLines
    }
  }

  /// The name in rule packs: `languages: [python]`.
  public let name: String
  let extensions: [String]
  let fileNames: [String]
  let interpreters: [String]
  let lineComments: [[UInt8]]
  /// Whether a line comment begins only at the start of a line or after a blank (shells, YAML).
  let commentNeedsBlank: Bool
  let blockComments: [BlockComment]
  /// Tried in order, so longer openings come first.
  let strings: [StringForm]
  /// Whether `<<WORD` begins a here-document.
  let hasHereDocuments: Bool
  /// Whether the whole file is prose: documents for people.
  let isProse: Bool

  init(
    _ name: String, extensions: [String], fileNames: [String] = [], interpreters: [String] = [],
    lineComments: [StaticString] = [], commentNeedsBlank: Bool = false, blockComments: [BlockComment] = [],
    strings: [StringForm] = [], hasHereDocuments: Bool = false, isProse: Bool = false
  ) {
    self.name = name
    self.extensions = extensions
    self.fileNames = fileNames
    self.interpreters = interpreters
    self.lineComments = lineComments.map(\.utf8Bytes)
    self.commentNeedsBlank = commentNeedsBlank
    self.blockComments = blockComments
    self.strings = strings
    self.hasHereDocuments = hasHereDocuments
    self.isProse = isProse
  }
}

extension StaticString {
  fileprivate var utf8Bytes: [UInt8] { withUTF8Buffer { unsafe Array($0) } }
}

extension Language {
  /// The language of a file by its name, or by the interpreter that its first line names; nil when unknown.
  public static func of(path: String, firstLine: ArraySlice<UInt8>) -> Language? {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) }
    let name = String(path[(slash ?? path.startIndex)...])
    if let known = LanguageTable.byFileName[name] { return known }
    if let dot = name.lastIndex(of: "."), dot != name.startIndex,
      let known = LanguageTable.byExtension[name[name.index(after: dot)...].lowercased()]
    {
      return known
    }
    if name.hasPrefix("Dockerfile") { return LanguageTable.byFileName["Dockerfile"] }
    // `.env.production`, `.env.example`.
    if name.hasPrefix(".env.") { return LanguageTable.byFileName[".env"] }
    guard firstLine.starts(with: "#!".utf8) else { return nil }
    let words = String(decoding: firstLine, as: UTF8.self).split { " /\t".contains($0) }
    for word in words.reversed() {
      let bare = word.prefix { !$0.isNumber && $0 != "." }
      if let known = LanguageTable.byInterpreter[String(bare)] { return known }
    }
    return nil
  }

  /// The language with this name in rule packs, or nil.
  public static func named(_ name: String) -> Language? {
    LanguageTable.all.first { $0.name == name }
  }

  /// A path whose name tells this language, for texts that have none of their own.
  public var examplePath: String {
    extensions.first.map { "example.\($0)" } ?? fileNames.first ?? "example"
  }

  /// Every name that `languages:` knows, sorted.
  public static var allNames: [String] { LanguageTable.all.map(\.name).sorted() }
}
