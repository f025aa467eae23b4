/// What makes a test able to fail, by the names that test tools and people give it.
final class TestEvidence {
  private let outline: Outline
  /// What is known of the file's functions; one that is being looked into counts as unable.
  private var known: [Int: Bool] = [:]

  init(outline: Outline) {
    self.outline = outline
  }

  /// Words that fail a test wherever they are called.
  private static let anywhere: Set<String> = [
    "assert", "asserts", "expect", "expects", "expectation", "should", "must", "raises", "warns", "fail", "fails",
    "fatal",
    "fatalf", "error", "errorf", "panic", "panics", "unwrap", "throws", "rejects", "snapshot", "skip", "xfail", "xct",
    "deep",
    "require", "benchmark", "confirmation", "exit", "abort", "precondition",
  ]
  /// Words that do so in helpers of the test itself.
  private static let inHelpers: Set<String> = [
    "check", "checks", "verify", "validate", "compare", "ensure", "judge", "test", "tests", "matches",
  ]

  /// Whether something in some tokens can fail, following calls of the file's own functions.
  func canFail(_ range: Range<Int>, depth: Int = 0) -> Bool {
    range.contains { index in
      let token = outline.tokens[index]
      guard token.kind == .word else { return false }
      switch token.text {
      case "assert", "raise", "throw", "try": return !(token.text == "try" && outline.languageName != "swift")
      default: break
      }
      if outline.path(endingAt: index) == "Issue.record" { return true }
      let isMacro = index + 1 < outline.tokens.count && outline.tokens[index + 1].isSign("!")
      guard outline.isCall(index) || isMacro || isMember(index + 1) else { return false }
      let words = TestEvidence.words(of: token.text)
      if !words.isDisjoint(with: TestEvidence.anywhere) { return true }
      guard outline.isCall(index) else { return false }
      if isOwn(index), !words.isDisjoint(with: TestEvidence.inHelpers) { return true }
      // A helper that the test inherits.
      let path = outline.path(endingAt: index)
      if path == "self.\(token.text)", outline.functions(named: token.text).isEmpty { return true }
      if outline.languageName == "go", passesTest(index) { return true }
      return depth < 3
        && outline.functions(named: token.text).contains { isAbleToFail($0, callFrom: index, depth: depth) }
    }
  }

  private func isAbleToFail(_ function: Int, callFrom index: Int, depth: Int) -> Bool {
    if let known = known[function] { return known }
    let body = outline.blocks[function].body
    if body.contains(index) { return false }
    known[function] = false
    let answer = canFail(body, depth: depth + 1)
    known[function] = answer
    return answer
  }

  private func isMember(_ index: Int) -> Bool {
    index < outline.tokens.count && outline.tokens[index].isSign(".")
  }

  /// A function by its bare name or of the test's own object.
  private func isOwn(_ index: Int) -> Bool {
    let path = outline.path(endingAt: index)
    return path == outline.tokens[index].text || path.hasPrefix("self.") || path.hasPrefix("this.")
  }

  /// A helper of Go that is given the `t` to fail with.
  private func passesTest(_ call: Int) -> Bool {
    let close = outline.partners[call + 1]
    return close > call + 2 && outline.tokens[call + 2].isWord("t")
      && (outline.tokens[call + 3].isSign(",") || outline.tokens[call + 3].isSign(")"))
  }

  /// `assertEqual`, `assert_equal` and `AssertEqual` are all `assert equal`.
  static func words(of name: String) -> Set<String> {
    if name.utf8.allSatisfy({ $0 < 0x80 }) { return words(ofASCII: name) }
    var words: Set<String> = []
    var word = ""
    var wasLower = false
    for character in name {
      if character == "_" || (character.isUppercase && wasLower) {
        if !word.isEmpty { words.insert(word) }
        word = ""
      }
      if character != "_" { word += character.lowercased() }
      wasLower = character.isLowercase || character.isNumber
    }
    if !word.isEmpty { words.insert(word) }
    if name.hasPrefix("XCT") { words.insert("xct") }
    return words
  }

  private static func words(ofASCII name: String) -> Set<String> {
    var words: Set<String> = []
    var word: [UInt8] = []
    var wasLower = false
    func take() {
      if !word.isEmpty { words.insert(String(decoding: word, as: UTF8.self)) }
      word.removeAll(keepingCapacity: true)
    }
    for byte in name.utf8 {
      let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
      if byte == UInt8(ascii: "_") || isUpper && wasLower { take() }
      if byte != UInt8(ascii: "_") { word.append(isUpper ? byte | 0x20 : byte) }
      wasLower =
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    take()
    if name.hasPrefix("XCT") { words.insert("xct") }
    return words
  }
}
