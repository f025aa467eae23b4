/// What becomes of a value: approximations that follow words through one function.
extension Outline {
  /// One thing that an expression is used for within its statement.
  enum Use: Equatable {
    /// An operand of a comparison; the tokens of the other one.
    case compared(with: Range<Int>)
    /// What a name stands for from here on; the name's token.
    case assigned(to: Int)
    /// Written to a member or an element of something that outlives the statement.
    case stored
    /// The value of a key, a labelled argument or a field.
    case labelled(String)
    /// Goes into a digest.
    case hashed
    /// A plain argument of a call.
    case argument(of: String)
    case returned
    /// A value in a list, a tuple or a text.
    case element
    case other
  }

  private static let conversions: Set<String> = [
    "int", "float", "str", "round", "abs", "max", "min", "String", "Int", "Int64", "Double", "UInt64", "Number",
    "floor",
    "ceil", "trunc", "isoformat", "strftime", "timedelta", "total_seconds", "timestamp", "replace", "format", "repr",
    "Duration", "Timestamp", "seconds", "as_secs", "toISOString", "getTime", "Unix", "UTC", "astimezone", "date", "get",
    "encode", "f64", "i64", "u64", "parseInt", "bool", "not", "and", "or", "in", "is", "if", "elif", "while", "return",
    "for", "guard", "switch", "lambda", "startswith",
  ]
  private static let comparingMethods: Set<String> = [
    "Before", "After", "isBefore", "isAfter", "before", "after", "compareTo", "compare", "Compare", "Equal",
  ]
  private static let digests: Set<String> = [
    "sha1", "sha256", "sha512", "sha3_256", "md5", "blake2b", "blake2s", "uuid3", "uuid5", "createHash", "Sum256",
    "digest", "hash", "hexdigest", "xxh64",
  ]
  private static let comparisons: Set<String> = ["<", ">", "<=", ">=", "==", "!=", "===", "!=="]
  private static let conjunctions: Set<String> = [
    "and", "or", "not", "if", "else", "elif", "while", "return", "assert", "guard", "in", "is",
  ]

  /// What the value of some tokens is used for, walking outwards from them to the end of their statement.
  func uses(of value: Range<Int>) -> [Use] {
    guard let statement = statement(of: value.lowerBound) else { return [] }
    let bounds = statements[statement].tokens
    guard bounds.count <= OutlineLimits.statementTokens else { return [.other] }
    var uses: [Use] = []
    var inner = value
    while true {
      let opener = opener(around: inner, in: bounds)
      let level = opener.map { $0 + 1..<min(partners[$0], bounds.upperBound) } ?? bounds
      let slot = slot(of: inner, in: level)
      if let other = compared(inner, in: slot) { return uses + [.compared(with: other)] }
      guard let opener else { return uses + [outermost(inner, in: bounds)] }
      let label = label(of: slot, at: inner)
      if let label { uses.append(.labelled(label)) }
      let close = partners[opener]
      switch tokens[opener].text {
      case "(":
        guard opener > bounds.lowerBound, tokens[opener - 1].kind == .word else {
          if slot.count < level.count { uses.append(.element) }
          inner = opener..<chainEnd(close + 1, bounds.upperBound)
          continue
        }
        let callee = tokens[opener - 1].text
        if Outline.comparingMethods.contains(callee) { return uses + [.compared(with: opener - 1..<opener)] }
        if Outline.digests.contains(callee) { return uses + [.hashed] }
        if label == nil, !Outline.conversions.contains(callee) { return uses + [.argument(of: callee)] }
        if label != nil, !Outline.conversions.contains(callee) { return uses }
        inner = chainStart(opener - 1, bounds.lowerBound)..<chainEnd(close + 1, bounds.upperBound)
      case "[":
        let isElement =
          opener == bounds.lowerBound
          || (tokens[opener - 1].kind == .sign && !["]", ")"].contains(tokens[opener - 1].text))
        if isElement { return uses + [.element] }
        inner = chainStart(opener - 1, bounds.lowerBound)..<chainEnd(close + 1, bounds.upperBound)
      case "{":
        return label == nil ? uses + [.element] : uses
      default:
        inner = opener..<chainEnd(close + 1, bounds.upperBound)
      }
    }
  }

  /// The innermost bracket of a statement around some tokens.
  private func opener(around inner: Range<Int>, in bounds: Range<Int>) -> Int? {
    var opener = bracket(around: inner.lowerBound)
    while let place = opener, partners[place] < inner.upperBound { opener = bracket(around: place) }
    return opener.flatMap { $0 >= bounds.lowerBound ? $0 : nil }
  }

  /// The part of a bracket's inside, between commas, that holds some tokens.
  private func slot(of inner: Range<Int>, in level: Range<Int>) -> Range<Int> {
    var start = level.lowerBound
    var index = start
    while index < level.upperBound {
      if index < inner.lowerBound || index >= inner.upperBound {
        if partners[index] > index, !(partners[index] >= inner.upperBound && index < inner.lowerBound) {
          index = partners[index]
        } else if tokens[index].isSign(",") || tokens[index].isSign(";") {
          if index < inner.lowerBound { start = index + 1 } else { return start..<index }
        }
      }
      index += 1
    }
    return start..<level.upperBound
  }

  /// The other operand, when some tokens are one of a comparison at the slot's own level.
  private func compared(_ inner: Range<Int>, in slot: Range<Int>) -> Range<Int>? {
    var start = slot.lowerBound
    var sign: Int?
    var index = slot.lowerBound
    func isEnd(_ token: Token) -> Bool {
      token.kind == .word && Outline.conjunctions.contains(token.text)
        || token.kind == .sign && ["&&", "||", "?", "=", "{", ":="].contains(token.text)
    }
    while index < slot.upperBound {
      let token = tokens[index]
      if partners[index] > index, !inner.contains(index) {
        index = min(partners[index], slot.upperBound)
        if index < inner.lowerBound || index >= inner.upperBound {
          index += 1
          continue
        }
      }
      if isEnd(token) {
        if index >= inner.upperBound { break }
        if index < inner.lowerBound {
          start = index + 1
          sign = nil
        }
      }
      if isComparison(index), sign == nil || index < inner.lowerBound { sign = index }
      index += 1
    }
    let end = min(index, slot.upperBound)
    if let sign, sign >= start {
      return sign < inner.lowerBound ? start..<sign : sign + 1..<end
    }
    return chained(after: inner.upperBound, limit: end)
  }

  private func isComparison(_ index: Int) -> Bool {
    let token = tokens[index]
    if token.kind == .word {
      return language.layout == .shell && ["-lt", "-gt", "-le", "-ge"].contains(token.text)
    }
    guard token.kind == .sign, Outline.comparisons.contains(token.text) else { return false }
    if language.layout == .shell { return false }
    // `Array<Int>` is no comparison: those have blanks on both sides.
    guard token.text == "<" || token.text == ">", index > 0, index + 1 < tokens.count else { return true }
    return tokens[index - 1].range.upperBound < token.range.lowerBound
      && token.range.upperBound < tokens[index + 1].range.lowerBound
  }

  /// `.Before(…)`, or a comparison in what a method is given: `.map(|d| d.as_secs() > 60)`.
  private func chained(after start: Int, limit: Int) -> Range<Int>? {
    var index = start
    while index + 1 < limit, tokens[index].isSign(".") || tokens[index].isSign("?."), tokens[index + 1].kind == .word {
      if Outline.comparingMethods.contains(tokens[index + 1].text) { return index + 1..<limit }
      index += 2
      if index < limit, tokens[index].isSign("("), partners[index] > index {
        let close = partners[index]
        if let sign = (index..<close).first(where: isComparison) { return sign + 1..<close }
        index = close + 1
      }
    }
    return nil
  }

  private func chainEnd(_ start: Int, _ limit: Int) -> Int {
    var index = start
    while index < limit {
      if partners[index] > index, tokens[index].isSign("(") || tokens[index].isSign("[") {
        index = partners[index] + 1
      } else if tokens[index].isSign(".") || tokens[index].isSign("?.") || tokens[index].isSign("!"), index + 1 < limit
      {
        index += tokens[index].isSign("!") ? 1 : 2
      } else {
        break
      }
    }
    return min(index, limit)
  }

  private func chainStart(_ end: Int, _ limit: Int) -> Int {
    var index = end
    while index - 2 >= limit, tokens[index - 1].isSign(".") || tokens[index - 1].isSign("?."),
      tokens[index - 2].kind == .word || partners[index - 2] < index - 2
    {
      index = tokens[index - 2].kind == .word ? index - 2 : max(limit, partners[index - 2])
      if tokens[index].isSign("("), index > limit, tokens[index - 1].kind == .word { index -= 1 }
    }
    return index
  }

  /// The key before a value, or the label before an argument.
  private func label(of slot: Range<Int>, at inner: Range<Int>) -> String? {
    guard slot.count >= 3, slot.lowerBound + 1 < inner.lowerBound || slot.lowerBound + 1 == inner.lowerBound - 0 else {
      return nil
    }
    let sign = tokens[slot.lowerBound + 1]
    guard sign.isSign(":") || sign.isSign("="), slot.lowerBound + 1 < inner.lowerBound else { return nil }
    return name(at: slot.lowerBound)
  }

  private func outermost(_ inner: Range<Int>, in bounds: Range<Int>) -> Use {
    if let assignment = assignment(in: bounds), inner.lowerBound > assignment.sign {
      return assignment.isLocal ? .assigned(to: assignment.target) : .stored
    }
    if bounds.contains(where: { $0 < inner.lowerBound && tokens[$0].isWord("return") }) { return .returned }
    return .other
  }

  /// `name = …`: the sign, the last token of what is assigned to, and whether that is a plain name.
  func assignment(in bounds: Range<Int>) -> (sign: Int, target: Int, isLocal: Bool)? {
    var index = bounds.lowerBound
    while index < bounds.upperBound {
      let token = tokens[index]
      if token.kind == .sign, token.text == "=" || token.text == ":=" || token.text == "+=" || token.text == "??=" {
        guard index > bounds.lowerBound else { return nil }
        var target = index - 1
        // `name: Type = …`
        if let colon = (bounds.lowerBound..<index).first(where: { tokens[$0].isSign(":") }), colon > bounds.lowerBound {
          target = colon - 1
        }
        let isMember =
          partners[target] < target
          || (target - 1 >= bounds.lowerBound && (tokens[target - 1].isSign(".") || tokens[target - 1].isSign("?.")))
        return (index, target, tokens[target].kind == .word && !isMember)
      }
      if partners[index] > index { index = partners[index] }
      index += 1
    }
    return nil
  }

  /// The text of a word, or of a short string literal without its quotes.
  func name(at token: Int) -> String? {
    switch tokens[token].kind {
    case .word: tokens[token].text
    case .string: string(at: token)
    case .number, .sign: nil
    }
  }

  /// Where a token's text stands: that of a string literal without its quotes.
  func place(of token: Int) -> Range<Int> {
    let range = tokens[token].range
    guard tokens[token].kind == .string, range.count > 2 else { return range }
    return range.lowerBound + 1..<range.upperBound - 1
  }

  /// What a string literal says, without its quotes; nil for long ones and for those that hold code.
  func string(at token: Int, limit: Int = 120) -> String? {
    guard tokens[token].kind == .string, !tokens[token].isInterpolated, tokens[token].range.count <= limit else {
      return nil
    }
    let quotes = Set("\"'`#".utf8)
    let text = bytes[tokens[token].range].drop { quotes.contains($0) }
    let end = text.lastIndex { !quotes.contains($0) }.map { $0 + 1 } ?? text.startIndex
    return String(decoding: text[..<end], as: UTF8.self)
  }

  /// Later places in a function that mean a local name; labels of arguments and members of other things are none.
  func mentions(of name: String, in function: Int, after token: Int) -> [Int] {
    let body = blocks[function].body
    guard token + 1 < body.upperBound else { return [] }
    return (token + 1..<body.upperBound).filter { index in
      let word = tokens[index]
      guard word.kind == .word else { return false }
      if language.layout == .shell { return Outline.variable(word.text) == name }
      guard word.text == name, !(index > 0 && (tokens[index - 1].isSign(".") || tokens[index - 1].isSign("?."))) else {
        return false
      }
      let isLabel =
        index + 1 < tokens.count && index > 0 && (tokens[index + 1].isSign("=") || tokens[index + 1].isSign(":"))
        && (tokens[index - 1].isSign("(") || tokens[index - 1].isSign(","))
      return !isLabel
    }
  }

  /// The name in `$NAME`, `${NAME}` and `${NAME:-…}`.
  static func variable(_ word: String) -> String? {
    guard word.hasPrefix("$") else { return nil }
    let name = word.drop { $0 == "$" || $0 == "{" }.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    return name.isEmpty ? nil : String(name)
  }

  /// The names of a function's parameters, as far as its header tells: words that a bracket, a comma or a type stands by.
  func parameters(of function: Int) -> Set<String> {
    let header = blocks[function].header
    guard let open = header.first(where: { tokens[$0].isSign("(") && partners[$0] > $0 }) else { return [] }
    return Set(
      (open + 1..<partners[open]).filter { index in
        tokens[index].kind == .word && index + 1 < tokens.count
          && (tokens[index - 1].kind == .sign && ["(", ",", "*"].contains(tokens[index - 1].text)
            || tokens[index + 1].isSign(":"))
      }.map { tokens[$0].text })
  }
}
