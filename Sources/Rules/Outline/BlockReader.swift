/// Finds the blocks and statements among tokens; one extension a layout.
struct BlockReader {
  let tokens: [Token]
  let partners: [Int]
  let language: OutlineLanguage
  var blocks: [Block]
  var statements: [Statement] = []

  init(tokens: [Token], partners: [Int], language: OutlineLanguage) {
    self.tokens = tokens
    self.partners = partners
    self.language = language
    blocks = [
      Block(kind: .file, keyword: "", name: "", header: 0..<0, body: 0..<tokens.count, parent: 0)
    ]
  }

  mutating func read() {
    switch language.layout {
    case .indentation: readIndentation()
    case .braces: readBraces()
    case .shell: readShell()
    }
  }

  /// What a word begins, by the language's table.
  func kind(of word: String) -> Block.Kind? {
    if language.words.function.contains(word) { return .function }
    if language.words.type.contains(word) { return .type }
    if language.words.branch.contains(word) { return .branch }
    if language.words.loop.contains(word) { return .loop }
    if language.words.attempt.contains(word) { return .attempt }
    if language.words.handler.contains(word) { return .handler }
    return nil
  }

  /// Adds a block whose body still has to be closed.
  mutating func open(
    _ kind: Block.Kind, keyword: String, name: String = "", header: Range<Int>, at body: Int, in parent: Int
  ) -> Int {
    blocks.append(
      Block(kind: kind, keyword: keyword, name: name, header: header, body: body..<body, parent: parent))
    return blocks.count - 1
  }

  mutating func close(_ block: Int, at end: Int) {
    blocks[block].body = blocks[block].body.lowerBound..<max(end, blocks[block].body.lowerBound)
  }

  mutating func addStatement(_ range: Range<Int>, in block: Int, opens: Int? = nil) {
    if !range.isEmpty { statements.append(Statement(tokens: range, block: block, opens: opens)) }
  }
}
