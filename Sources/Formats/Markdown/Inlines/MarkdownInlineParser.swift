/// The second phase of CommonMark's algorithm: the text of one leaf in, tokens out, in document order.
///
/// Emphasis and links are found with a stack of delimiter runs and one of brackets, as the specification's appendix
/// describes; nothing here recurses and every loop is bounded by what it consumes.
struct MarkdownInlineParser {
  enum Kind {
    /// Text as it stands in the contents.
    case text
    /// The one or two scalars of a character reference.
    case scalars(Unicode.Scalar, Unicode.Scalar?)
    /// The inside of a code span, as it stands.
    case code
    case html
    case softBreak
    case hardBreak
    /// A run of `*` or `_`: the index of its delimiter.
    case run(Int)
    /// The index of the target in `targets`.
    case linkStart(Int)
    case imageStart(Int)
    case linkEnd
  }

  struct Token {
    var kind: Kind
    /// The bytes in the contents.
    var range: Range<Int>
  }

  /// A run of `*` or `_`. What it closes stands before what is left of it, what it opens behind.
  struct Delimiter {
    let byte: UInt8
    let length: Int
    let canOpen: Bool
    let canClose: Bool
    let token: Int
    var left: Int
    var previous: Int
    var next: Int
    /// Whether each thing closed is strong, in the order of the text.
    var closes: [Bool] = []
    /// Whether each thing opened is strong, the innermost first.
    var opens: [Bool] = []
  }

  struct Bracket {
    let token: Int
    /// The first byte behind the bracket.
    let inside: Int
    let isImage: Bool
    /// The last delimiter before the bracket, or -1.
    let delimiter: Int
    /// Whether another bracket stands inside, which no label may hold.
    var holdsBracket = false
  }

  let contents: [UInt8]
  let references: MarkdownReferences
  var start = 0
  var position = 0
  var end = 0
  var tokens: [Token] = []
  var targets: [MarkdownReferences.Target] = []
  var delimiters: [Delimiter] = []
  var lastDelimiter = -1
  var brackets: [Bracket] = []
  /// Link brackets below this place in the stack stand before a link and can open none: links hold no links.
  var inactiveBelow = 0
  var backticks = MarkdownBackticks()
  /// Terminators of raw HTML that are known not to follow any more.
  var missingTerminators: Set<[UInt8]> = []

  init(contents: [UInt8], references: MarkdownReferences) {
    self.contents = contents
    self.references = references
  }

  /// Reads the inline content of one leaf into `tokens`, `targets` and `delimiters`.
  mutating func parse(_ range: Range<Int>) {
    begin(MarkdownText.trimmed(contents, range))
    while position < end {
      switch contents[position] {
      case UInt8(ascii: "\n"): lineBreak()
      case UInt8(ascii: "\\"): backslash()
      case UInt8(ascii: "`"): codeSpan()
      case UInt8(ascii: "*"), UInt8(ascii: "_"): delimiterRun()
      case UInt8(ascii: "["): openBracket(isImage: false)
      case UInt8(ascii: "!"): exclamationMark()
      case UInt8(ascii: "]"): closeBracket()
      case UInt8(ascii: "<"): angleBracket()
      case UInt8(ascii: "&"): characterReference()
      default: plainText()
      }
    }
    matchEmphasis(above: -1)
  }

  private mutating func begin(_ range: Range<Int>) {
    start = range.lowerBound
    position = start
    end = range.upperBound
    tokens.removeAll(keepingCapacity: true)
    targets.removeAll(keepingCapacity: true)
    delimiters.removeAll(keepingCapacity: true)
    brackets.removeAll(keepingCapacity: true)
    lastDelimiter = -1
    inactiveBelow = 0
    backticks = MarkdownBackticks()
    if !missingTerminators.isEmpty { missingTerminators = [] }
  }

  /// Adds a token for the next bytes.
  mutating func take(_ kind: Kind, upTo next: Int) {
    tokens.append(Token(kind: kind, range: position..<next))
    position = next
  }

  private mutating func plainText() {
    var index = position + 1
    while index < end, !Self.isSpecial(contents[index]) { index += 1 }
    take(.text, upTo: index)
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\n"), UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "_"),
      UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: "&"):
      true
    default: false
    }
  }

  /// Two blanks before a line end make it a hard break; blanks around it are dropped.
  private mutating func lineBreak() {
    var blanks = 0
    if let last = tokens.last, case .text = last.kind {
      var text = last.range.upperBound
      while text > last.range.lowerBound, MarkdownCharacters.isBlank(contents[text - 1]) { text -= 1 }
      blanks = last.range.upperBound - text
      tokens[tokens.count - 1].range = last.range.lowerBound..<text
    }
    takeBreak(blanks >= 2 ? .hardBreak : .softBreak, upTo: position + 1)
  }

  private mutating func takeBreak(_ kind: Kind, upTo next: Int) {
    take(kind, upTo: next)
    while position < end, MarkdownCharacters.isBlank(contents[position]) { position += 1 }
  }

  private mutating func backslash() {
    let next = position + 1
    if next < end, contents[next] == UInt8(ascii: "\n") {
      takeBreak(.hardBreak, upTo: next + 1)
    } else if next < end, MarkdownCharacters.isPunctuation(contents[next]) {
      position = next
      take(.text, upTo: next + 1)
    } else {
      take(.text, upTo: next)
    }
  }

  private mutating func characterReference() {
    if let reference = HTMLEntities.reference(in: contents, at: position, before: end) {
      take(.scalars(reference.first, reference.second), upTo: reference.end)
    } else {
      take(.text, upTo: position + 1)
    }
  }

  private mutating func exclamationMark() {
    if position + 1 < end, contents[position + 1] == UInt8(ascii: "[") {
      openBracket(isImage: true)
    } else {
      take(.text, upTo: position + 1)
    }
  }

  private mutating func codeSpan() {
    var inside = position
    while inside < end, contents[inside] == UInt8(ascii: "`") { inside += 1 }
    let length = inside - position
    guard let close = backticks.run(of: length, in: contents, from: inside, before: end) else {
      return take(.text, upTo: inside)
    }
    tokens.append(Token(kind: .code, range: inside..<close))
    position = close + length
  }
}
