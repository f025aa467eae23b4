import Formats
import Scanning

/// A program as functions, blocks, statements and tokens: what checks walk that ask whether something can happen.
///
/// Language-neutral and approximate: there are no types and no expressions. Built from the classes of the bytes, so that
/// neither comments nor strings are mistaken for code.
struct Outline: Sendable {
  /// The name of the language, as in rule packs.
  let languageName: String
  let language: OutlineLanguage
  /// The file.
  let bytes: [UInt8]
  let tokens: [Token]
  let comments: [Comment]
  /// For each token that opens or closes a bracket, the token that closes or opens it; its own index for all others.
  let partners: [Int]
  /// The first is the file.
  let blocks: [Block]
  /// In the order of their first tokens; those of callbacks stand within those of the call.
  let statements: [Statement]
  /// For each token, the innermost block that it stands in or introduces.
  private let blockOfToken: [Int]
  private let statementOfToken: [Int]
  /// The statements of each function (and of the file), without those of functions and types in it.
  private let statementsOfFunction: [Int: [Int]]
  private let functionOfBlock: [Int]
  private let statementOpening: [Int: Int]
  private let brackets: [Int]
  private let functionsByName: [String: [Int]]

  init(_ tokenizer: Tokenizer, of bytes: [UInt8], languageName: String, language: OutlineLanguage) {
    self.bytes = bytes
    self.languageName = languageName
    self.language = language
    tokens = tokenizer.tokens
    comments = tokenizer.comments
    partners = Outline.partners(in: tokens)
    brackets = Outline.brackets(partners)
    var reader = BlockReader(tokens: tokens, partners: partners, language: language)
    reader.read()
    blocks = reader.blocks
    statements = reader.statements.sorted {
      $0.tokens.lowerBound != $1.tokens.lowerBound
        ? $0.tokens.lowerBound < $1.tokens.lowerBound : $0.tokens.count > $1.tokens.count
    }
    let blockOfToken = Outline.innermost(blocks.map(\.body), count: tokens.count, otherwise: 0)
    let statementOfToken = Outline.innermost(statements.map(\.tokens), count: tokens.count, otherwise: -1)
    // A block comes after the one around it.
    var functionOfBlock = [Int](repeating: 0, count: blocks.count)
    var ownerOfBlock = functionOfBlock
    for index in blocks.indices.dropFirst() {
      let parent = blocks[index].parent
      functionOfBlock[index] = blocks[index].kind == .function ? index : functionOfBlock[parent]
      ownerOfBlock[index] =
        blocks[index].kind == .function || blocks[index].kind == .type ? index : ownerOfBlock[parent]
    }
    self.functionOfBlock = functionOfBlock
    var statementsOfFunction: [Int: [Int]] = [:]
    for index in statements.indices {
      statementsOfFunction[ownerOfBlock[statements[index].block], default: []].append(index)
    }
    self.statementsOfFunction = statementsOfFunction
    var statementOpening: [Int: Int] = [:]
    for index in statements.indices { if let block = statements[index].opens { statementOpening[block] = index } }
    self.statementOpening = statementOpening
    var functionsByName: [String: [Int]] = [:]
    for index in blocks.indices where blocks[index].kind == .function {
      functionsByName[blocks[index].name, default: []].append(index)
    }
    self.functionsByName = functionsByName
    self.blockOfToken = blockOfToken
    self.statementOfToken = statementOfToken
  }

  /// For each token the last of the ranges around it; ranges that begin later are within earlier ones or apart from them.
  private static func innermost(_ ranges: [Range<Int>], count: Int, otherwise: Int) -> [Int] {
    var found = [Int](repeating: otherwise, count: count)
    let order = ranges.indices.filter { !ranges[$0].isEmpty }.sorted {
      (ranges[$0].lowerBound, $0) < (ranges[$1].lowerBound, $1)
    }
    var open: [Int] = []
    var next = 0
    for token in 0..<count {
      while let last = open.last, ranges[last].upperBound <= token { open.removeLast() }
      while next < order.count, ranges[order[next]].lowerBound <= token {
        open.append(order[next])
        next += 1
      }
      if let last = open.last { found[token] = last }
    }
    return found
  }

  /// The statement that introduces a block.
  func statement(opening block: Int) -> Int? { statementOpening[block] }

  /// The innermost bracket around a token, or nil.
  func bracket(around token: Int) -> Int? { brackets[token] < 0 ? nil : brackets[token] }

  private static func brackets(_ partners: [Int]) -> [Int] {
    var around = [Int](repeating: -1, count: partners.count)
    var open: [Int] = []
    for token in partners.indices {
      while let last = open.last, partners[last] < token { open.removeLast() }
      if partners[token] < token, open.last == partners[token] { open.removeLast() }
      around[token] = open.last ?? -1
      if partners[token] > token { open.append(token) }
    }
    return around
  }

  private static func partners(in tokens: [Token]) -> [Int] {
    var partners = Array(tokens.indices)
    var open: [Int] = []
    for index in tokens.indices where tokens[index].kind == .sign {
      switch tokens[index].text {
      case "(", "[", "{", "$(": open.append(index)
      case ")", "]", "}":
        let opener = tokens[index].text == ")" ? ["(", "$("] : tokens[index].text == "]" ? ["["] : ["{"]
        // A case label of a shell closes what nothing opened.
        guard let place = open.indices.suffix(3).last(where: { opener.contains(tokens[open[$0]].text) }) else {
          continue
        }
        partners[open[place]] = index
        partners[index] = open[place]
        open.removeSubrange(place...)
      default: break
      }
    }
    return partners
  }

  // MARK: Where something stands

  /// The innermost block of a token.
  func block(of token: Int) -> Int { blockOfToken[token] }

  /// The innermost function around a token, or 0 for the file.
  func function(of token: Int) -> Int { function(aroundBlock: block(of: token)) }

  func function(aroundBlock block: Int) -> Int { functionOfBlock[block] }

  /// The blocks between a token and the function around it, innermost first, the function left out.
  func blocks(around token: Int) -> [Int] {
    var found: [Int] = []
    var block = block(of: token)
    while block != 0, blocks[block].kind != .function {
      found.append(block)
      block = blocks[block].parent
    }
    return found
  }

  /// The innermost statement that holds a token; nil for punctuation between statements.
  func statement(of token: Int) -> Int? { statementOfToken[token] < 0 ? nil : statementOfToken[token] }

  /// The statements directly or deeply in a block, without those of functions and types defined in it.
  func statements(in block: Int) -> [Int] {
    if block == 0 || blocks[block].kind == .function { return statementsOfFunction[block] ?? [] }
    return statements.indices.filter { index in
      var current = statements[index].block
      while current != block {
        if current == 0 || blocks[current].kind == .function || blocks[current].kind == .type { return false }
        current = blocks[current].parent
      }
      return true
    }
  }

  /// The first token at or after a byte of the file.
  func token(at offset: Int) -> Int? {
    var low = 0
    var high = tokens.count
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle].range.upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low < tokens.count ? low : nil
  }

  /// The token that covers a byte of the file. Code within a string wins over the string.
  func token(covering offset: Int) -> Int? {
    guard let first = token(at: offset), tokens[first].range.contains(offset) else {
      return tokens.lastIndex { $0.range.contains(offset) }
    }
    var found = first
    while found + 1 < tokens.count, tokens[found + 1].range.lowerBound <= offset {
      found += 1
      if !tokens[found].range.contains(offset) { break }
    }
    return tokens[found].range.contains(offset) ? found : first
  }

  // MARK: What stands somewhere

  /// `name(`: the name's token is the one asked about.
  func isCall(_ token: Int) -> Bool {
    tokens[token].kind == .word && token + 1 < tokens.count && tokens[token + 1].isSign("(")
      && (language.layout != .shell)
  }

  /// The dotted path that ends in a word: `datetime.now` for `now`.
  func path(endingAt token: Int) -> String {
    var first = token
    let limit = token - 2 * OutlineLimits.pathNames
    while first >= 2, first > limit,
      tokens[first - 1].isSign(".") || tokens[first - 1].isSign("::") || tokens[first - 1].isSign("?."),
      tokens[first - 2].kind == .word
    {
      first -= 2
    }
    return stride(from: first, through: token, by: 2).map { tokens[$0].text }.joined(separator: ".")
  }

  /// The functions of the file with a name.
  func functions(named name: String) -> [Int] {
    functionsByName[name] ?? []
  }
}
