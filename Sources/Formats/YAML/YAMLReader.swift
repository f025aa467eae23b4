/// Reads YAML in one pass over the bytes, along the productions of YAML 1.2.2, and builds values as it goes.
///
/// Whether a node is the key of a block mapping is known only once the `:` behind it is seen. As nodes are numbered
/// and not nested, the mapping is then opened around the finished key: there is no look-ahead and no token list.
///
/// Between nodes the reader stands on a token, described by `column`, `startsLine` and `sawTab`.
struct YAMLReader {
  let bytes: [UInt8]
  var offset = 0
  /// Where the current line begins (after a byte order mark).
  var lineStart = 0
  /// The indentation of the token's line if the token starts it, else the token's own column. -1 at the end of the
  /// document, so that every open block ends there.
  var column = 0
  /// True when only blanks stand before the token on its line.
  var startsLine = true
  /// True when a tab stands in the blanks before the token.
  var sawTab = false
  /// One past the last byte that belongs to a node: trailing comments and blanks belong to none.
  var contentEnd = 0
  var builder: ValueBuilder
  var recorder: YAMLEventRecorder?
  var characters: YAMLCharacters
  var anchors: [ArraySlice<UInt8>: YAMLAnchor] = [:]
  var tagPrefixes: [ArraySlice<UInt8>: [UInt8]] = [:]
  /// The nodes that the aliases so far stand for.
  var aliasedNodes = 0
  var depth = 0
  /// The block collections that are open, outermost first.
  var blockLevels: [YAMLBlockLevel] = []
  /// The flow collections that are open, outermost first.
  var flowLevels: [YAMLFlowLevel] = []
  /// The indentation that lines within the open flow collections must have.
  var flowIndent = 0
  /// The deepest level reached since the innermost open anchor, aliases counted at the height of what they name.
  var reach = 0

  /// A reader of UTF-8 that `checkEncoding` has passed.
  init(_ bytes: [UInt8], recorder: YAMLEventRecorder? = nil) throws(FormatError) {
    self.characters = try YAMLCharacters(bytes.span)
    self.bytes = bytes
    self.recorder = recorder
    self.builder = ValueBuilder(source: bytes)
  }

  /// The byte at an index, 0 past the end (no valid input holds a 0).
  @inline(__always)
  func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

  var current: UInt8 { byte(offset) }

  var isAtEnd: Bool { offset >= bytes.count }

  /// Moves to the next token over blanks, comments and line ends.
  mutating func skipToToken() {
    sawTab = false
    startsLine = offset == lineStart
    if startsLine { skipIndentation() }
    var commentMayStart = startsLine
    while true {
      switch current {
      case 0x20:
        offset += 1
        commentMayStart = true
      case 0x09:
        offset += 1
        sawTab = true
        commentMayStart = true
      case 0x0A, 0x0D:
        skipLineEnd()
        startsLine = true
        sawTab = false
        commentMayStart = true
        skipIndentation()
      case UInt8(ascii: "#") where commentMayStart:
        offset = lineEnd(from: offset)
      default:
        if !startsLine { column = offset - lineStart }
        if isAtEnd || isAtDocumentMarker { column = -1 }
        return
      }
    }
  }

  /// Counts the spaces that begin a line into `column`.
  private mutating func skipIndentation() {
    while current == 0x20 { offset += 1 }
    column = offset - lineStart
  }

  /// Moves over blanks within the line.
  mutating func skipBlanks() {
    while isBlank(current) { offset += 1 }
  }

  /// Moves over one line end: `\n`, `\r\n` or `\r`.
  mutating func skipLineEnd() {
    offset = after(lineEnd: offset)
    lineStart = offset
  }

  /// The index after the line end at an index.
  func after(lineEnd index: Int) -> Int {
    byte(index) == 0x0D && byte(index + 1) == 0x0A ? index + 2 : index + 1
  }

  /// The index of the next line end, or of the end of the input.
  func lineEnd(from start: Int) -> Int {
    let span = bytes.span
    var index = start
    while index < span.count, span[index] != 0x0A, span[index] != 0x0D { index += 1 }
    return index
  }

  /// True at `---` or `...` at the start of a line.
  var isAtDocumentMarker: Bool { offset == lineStart && isDocumentMarker(at: offset) }

  /// True when three hyphens or dots stand alone at an index that begins a line.
  func isDocumentMarker(at index: Int) -> Bool {
    let first = byte(index)
    guard first == UInt8(ascii: "-") || first == UInt8(ascii: ".") else { return false }
    return byte(index + 1) == first && byte(index + 2) == first && isBlankOrEnd(byte(index + 3))
  }

  /// True when the current byte is a block indicator (`-`, `?`, `:`): a blank or the line's end must follow.
  func isIndicator(_ indicator: UInt8) -> Bool {
    current == indicator && isBlankOrEnd(byte(offset + 1))
  }

  mutating func descend() throws(FormatError) {
    depth += 1
    reach = max(reach, depth)
    guard depth <= SourceLimits.depth else {
      throw failure(.limitExceeded(name: "depth", limit: SourceLimits.depth), at: offset)
    }
  }

  mutating func ascend() { depth -= 1 }
}
