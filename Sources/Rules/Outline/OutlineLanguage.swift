/// How a language lays out functions, blocks and statements, as data: what an outline needs and nothing else.
struct OutlineLanguage: Sendable {
  /// What holds the statements of a block together.
  enum Layout: Sendable { case indentation, braces, shell }

  /// What a language calls the parts of a program that outlines tell apart.
  struct Words: Sendable {
    var function: Set<String> = []
    var type: Set<String> = []
    var branch: Set<String> = []
    var loop: Set<String> = []
    var attempt: Set<String> = []
    var handler: Set<String> = []
  }

  let layout: Layout
  let words: Words
  /// Whether a line end may end a statement.
  let endsAtLineEnd: Bool
  /// Whether `name(arguments) {` defines a function, without a word that says so.
  let hasBareFunctions: Bool
  /// Whether `{` after these beginnings opens a value and not a block.
  let literals: Literals
  /// How strings hold code.
  let interpolation: Interpolation

  /// Where an opening brace begins a value.
  enum Literals: Sendable {
    case never
    /// After `=`, `:`, `(`, `[`, `,`, `return` and `=>(`: objects of JavaScript, initialisers of C and Java.
    case afterSign
    /// Directly after a type: `Record{…}` of Go.
    case afterAdjacentWord
    /// After a capitalised name: `Report { … }` of Rust.
    case afterCapital
  }

  /// Code within string literals.
  enum Interpolation: Sendable {
    case none
    /// `{…}` in strings that a prefix with an f announces.
    case pythonFormat
    /// `${…}` between back-ticks.
    case template
    /// `\(…)`.
    case swift
    /// `$(…)` and `$NAME` outside of single quotes.
    case shell
    /// `${…}` and `#{…}` in every string.
    case braces
  }

  /// The layout of a language by its name in rule packs; nil for those without functions and blocks.
  static func named(_ name: String) -> OutlineLanguage? { table[name] }

  private init(
    _ layout: Layout, _ words: Words, endsAtLineEnd: Bool = true, hasBareFunctions: Bool = false,
    literals: Literals = .never, interpolation: Interpolation = .none
  ) {
    self.layout = layout
    self.words = words
    self.endsAtLineEnd = endsAtLineEnd
    self.hasBareFunctions = hasBareFunctions
    self.literals = literals
    self.interpolation = interpolation
  }

  private static let script = OutlineLanguage(
    .braces,
    Words(
      function: ["function"], type: ["class", "interface", "namespace", "enum"],
      branch: ["if", "else", "switch", "case", "default"], loop: ["for", "while", "do"], attempt: ["try"],
      handler: ["catch", "finally"]),
    hasBareFunctions: true, literals: .afterSign, interpolation: .template)

  private static func terminated(function: Set<String> = [], type: Set<String>) -> OutlineLanguage {
    OutlineLanguage(
      .braces,
      Words(
        function: function, type: type, branch: ["if", "else", "switch", "case", "default", "when"],
        loop: ["for", "while", "do", "foreach"], attempt: ["try", "using"], handler: ["catch", "finally"]),
      endsAtLineEnd: false, hasBareFunctions: true, literals: .afterSign)
  }

  private static let table: [String: OutlineLanguage] = [
    "python": OutlineLanguage(
      .indentation,
      Words(
        function: ["def"], type: ["class"], branch: ["if", "elif", "else", "match", "case"], loop: ["for", "while"],
        attempt: ["try"], handler: ["except", "finally"]),
      interpolation: .pythonFormat),
    "shell": OutlineLanguage(
      .shell,
      Words(
        function: ["function"], branch: ["if", "elif", "else", "case"], loop: ["for", "while", "until", "select"]),
      interpolation: .shell),
    "javascript": script,
    "typescript": script,
    "swift": OutlineLanguage(
      .braces,
      Words(
        function: ["func", "init", "deinit", "subscript"],
        type: ["class", "struct", "enum", "protocol", "extension", "actor"],
        branch: ["if", "else", "switch", "guard"], loop: ["for", "while", "repeat"], attempt: ["do"],
        handler: ["catch", "defer"]),
      interpolation: .swift),
    "go": OutlineLanguage(
      .braces,
      Words(
        function: ["func"], type: ["type"], branch: ["if", "else", "switch", "select", "case", "default"],
        loop: ["for"]),
      literals: .afterAdjacentWord),
    "rust": OutlineLanguage(
      .braces,
      Words(
        function: ["fn"], type: ["struct", "enum", "impl", "trait", "mod", "union"], branch: ["if", "else", "match"],
        loop: ["for", "while", "loop"]),
      endsAtLineEnd: false, literals: .afterCapital),
    "kotlin": OutlineLanguage(
      .braces,
      Words(
        function: ["fun", "init"], type: ["class", "interface", "object", "enum"], branch: ["if", "else", "when"],
        loop: ["for", "while", "do"], attempt: ["try"], handler: ["catch", "finally"]),
      interpolation: .braces),
    "java": terminated(type: ["class", "interface", "enum", "record"]),
    "csharp": terminated(type: ["class", "interface", "enum", "record", "struct", "namespace"]),
    "c": terminated(type: ["struct", "enum", "union"]),
    "cpp": terminated(type: ["class", "struct", "enum", "union", "namespace"]),
    "php": terminated(function: ["function", "fn"], type: ["class", "interface", "trait"]),
  ]
}
