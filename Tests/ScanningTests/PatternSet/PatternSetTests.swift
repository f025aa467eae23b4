import Formats
import Testing

@testable import Scanning

/// What a set of patterns finds is what looking at each line with each pattern finds, whatever the kernel.
@Suite("A set of patterns finds what its patterns find line by line")
struct PatternSetTests {
  private static let kernels = LiteralKernel.allCases.filter(\.isAvailable)

  /// By pattern, the beginnings of the lines on which it matches, found by looking at each line by itself.
  private static func plainly(_ patterns: [Pattern], in text: [UInt8]) -> [LineMatch] {
    let lines = LineTable(text.span)
    var found: [LineMatch] = []
    for (index, pattern) in patterns.enumerated() {
      let matcher = Matcher(pattern)
      for number in 1...lines.count {
        guard let start = lines.start(ofLine: number) else { continue }
        var end = lines.start(ofLine: number + 1) ?? text.count
        while end > start, text[end - 1] == 0x0A || text[end - 1] == 0x0D { end -= 1 }
        let line = Array(text[start..<end])
        if matcher.isMatch(in: line.span) { found.append(LineMatch(pattern: index, lineStart: start)) }
      }
    }
    return found
  }

  private static func compare(_ sources: [String], _ patterns: [Pattern], _ texts: [[UInt8]]) throws {
    let programs = try patterns.map { try LineProgram($0) }
    let searches = kernels.map { ($0, PatternSetSearch(PatternSet(programs, kernel: $0))) }
    for text in texts {
      let expected = plainly(patterns, in: text)
      for (kernel, search) in searches {
        let found = search.matches(in: text.span)
        #expect(found == expected, "\(kernel): \(sources) in \(text)")
      }
    }
  }

  @Test("On made patterns without literals, and short texts", arguments: 0..<16)
  func madePatterns(seed: Int) throws {
    var numbers = SeededNumbers(state: 500 + UInt64(seed))
    for _ in 0..<25 {
      let sources = (0...numbers.next(below: 4)).map { _ in numbers.pattern(depth: 1 + numbers.next(below: 4)) }
      let patterns = try sources.map { try Pattern($0) }
      let texts = (0..<8).map { _ in numbers.lines(below: 5) { $0.text() } }
      try PatternSetTests.compare(sources, patterns, texts)
    }
  }

  @Test("On made rules, and texts that are full of their words", arguments: 0..<24)
  func madeRules(seed: Int) throws {
    var numbers = SeededNumbers(state: 700 + UInt64(seed))
    for _ in 0..<20 {
      let sources = (0...numbers.next(below: 12)).map { _ in numbers.rule() }
      let patterns = try sources.map { try Pattern($0, options: numbers.next(below: 4) == 0 ? .caseInsensitive : []) }
      let texts = (0..<6).map { _ in numbers.lines(below: 12) { $0.prose() } }
      try PatternSetTests.compare(sources, patterns, texts)
    }
  }

  @Test(
    "Line ends of every kind end a line, and its ends are conditions",
    arguments: [
      "", "\n", "\r\n", "\r", "\r\r\n\n", "word\r\nword\n", "word\rword\r", "a word", "word\r\n\r\nword", "\nword\n\n",
      "wo\nrd", "wo\r\nrd", "word\r\n",
    ])
  func lineEnds(text: String) throws {
    let sources = [
      "^word$", "\\Aword\\z", "^$", "wo\\s?rd", "word\\b", "(?m:^word$)", "", "d\\C?$", "wo\\s*rd", "\\r", "d.",
    ]
    try PatternSetTests.compare(sources, try sources.map { try Pattern($0) }, [Array(text.utf8)])
  }

  @Test("Literals are found at every place of a text, and cut off nowhere", arguments: 0..<40)
  func places(before: Int) throws {
    let words = ["TODO", "abcdefghijklmnop", "://", "xy", "password", "aé"]
    let patterns = try words.map { try Pattern($0) }
    for word in words {
      for after in [0, 1, 7, 40] {
        let text = [UInt8](repeating: 0x2E, count: before) + Array(word.utf8) + [UInt8](repeating: 0x2E, count: after)
        try PatternSetTests.compare(words, patterns, [text, Array(text.dropLast(after + 1))])
      }
    }
  }

  @Test("More hits than there is room for at once are all looked at")
  func manyHits() throws {
    let sources = ["ab", "(?i)AB", "abab$", "b{1,3}c"]
    let line = Array((String(repeating: "ab", count: 50) + "\n").utf8)
    let text = (0..<200).flatMap { $0 % 3 == 0 ? Array("none\n".utf8) : line }
    try PatternSetTests.compare(sources, try sources.map { try Pattern($0) }, [text])
  }

  @Test("Hundreds of patterns at once")
  func hundreds() throws {
    var numbers = SeededNumbers(state: 900)
    let sources = (0..<300).map { _ in numbers.rule() }
    let texts = (0..<3).map { _ in numbers.lines(below: 60) { $0.prose() } }
    try PatternSetTests.compare(sources, try sources.map { try Pattern($0) }, texts)
  }

  @Test("A word is looked for as it stands")
  func words() {
    let set = PatternSet([LineProgram(word: Array("auditor:ignore".utf8))])
    let text = Array("a\nauditor:ignor\n# auditor:ignore x\nauditor:ignore auditor:ignore".utf8)
    let found = PatternSetSearch(set).matches(in: text.span)
    #expect(found.map(\.lineStart) == [16, 35])
  }
}

/// Steps are bytes read and program states visited; time is not measured.
@Suite("Looking for a set of patterns takes linear time")
struct PatternSetTimeTests {
  private static func steps(_ sources: [String], _ text: [UInt8]) throws -> Int {
    let search = PatternSetSearch(PatternSet(try sources.map { try LineProgram(Pattern($0)) }))
    _ = search.matches(in: text.span)
    return search.steps
  }

  @Test(
    "In one line full of literals, none of which is part of a match",
    arguments: [
      ("key.*=", "key "), ("\\w+@example", "@example "), ("(?:a|b)*://x", "://"), ("TODO[^#]*#", "TODO"),
      ("(x+x+)+://", "xxx://"), ("[a-z]{3,40}TODO", "aTODO"), ("(?:key|word).*(?:key|word).*!", "key word"),
    ] as [(String, String)])
  func longLine(source: String, part: String) throws {
    func text(_ count: Int) -> [UInt8] { Array(String(repeating: part, count: count).utf8) }
    let short = try PatternSetTimeTests.steps([source], text(2_000))
    let long = try PatternSetTimeTests.steps([source], text(20_000))
    #expect(long <= 11 * short)
    #expect(long <= 8 * 20_000 * part.utf8.count + 20_000)
  }

  @Test("In many lines, each full of literals")
  func manyLines() throws {
    let line = Array((String(repeating: "key ", count: 100) + "\n").utf8)
    let text = (0..<200).flatMap { _ in line }
    #expect(try PatternSetTimeTests.steps(["key.*=", "\\w+ key!"], text) <= 2 * 8 * text.count)
  }

  @Test("A text without any literal is read by no automaton")
  func nothing() throws {
    let text = [UInt8](repeating: 0x20, count: 100_000)
    #expect(try PatternSetTimeTests.steps(["\\bTODO\\b", "[a-z]+://[^/]+", "(?i)password\\s*="], text) == 0)
  }
}

extension SeededNumbers {
  /// Lines with ends of every kind, and sometimes none at the end.
  fileprivate mutating func lines(below count: Int, _ line: (inout SeededNumbers) -> [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    for _ in 0..<next(below: count) {
      text += line(&self)
      text += pick([[0x0A], [0x0A], [0x0A], [0x0D, 0x0A], [0x0D], []])
    }
    return text
  }

  private static let vocabulary = [
    "TODO", "FIXME", "password", "passwd", "key", "api_key", "AKIA", "://", "/home/", "Users\\", "10.", "now()", "é",
    "=",
    "time.", "secret", "auditor:ignore",
  ]

  /// A pattern as rules have them: words, classes and what may stand between.
  fileprivate mutating func rule() -> String {
    func escaped(_ word: String) -> String {
      word.map { "\\.()".contains($0) ? "\\\($0)" : "\($0)" }.joined()
    }
    var parts: [String] = []
    for _ in 0...next(below: 4) {
      switch next(below: 9) {
      case 0: parts.append("(?:\(escaped(pick(Self.vocabulary)))|\(escaped(pick(Self.vocabulary))))")
      case 1: parts.append(pick(["[0-9]{1,3}", "[a-z]+", "[A-Z0-9]{4}", "\\w{2,5}", "[^ ]{1,8}"]))
      case 2: parts.append(pick(["\\b", "^", "$", "\\B"]))
      case 3: parts.append(pick([" *", "\\s?", ".*", ".{0,6}", "[ =:]+", "\\C"]))
      case 4: parts.append("(?:\(escaped(pick(Self.vocabulary))))\(pick(["?", "+", "{2}", "*"]))")
      case 5: parts.append("(?i:\(escaped(pick(Self.vocabulary))))")
      default: parts.append(escaped(pick(Self.vocabulary)))
      }
    }
    return parts.joined()
  }

  /// Words of rules, whole, cut and in other case, between blanks and noise.
  fileprivate mutating func prose() -> [UInt8] {
    var line: [UInt8] = []
    for _ in 0..<next(below: 9) {
      let word = Array(pick(Self.vocabulary).utf8)
      switch next(below: 8) {
      case 0: line += word.dropLast(1 + next(below: 2))
      case 1: line += word.map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 }
      case 2: line += pick([[0xFF], [0xC3], [0x00], Array("ſ".utf8), Array("\u{212A}ey".utf8)])
      case 3: line += Array("\(next(below: 300))".utf8)
      default: line += word
      }
      line += pick([[], [], [0x20], [0x2E], [0x3D]])
    }
    return line
  }
}
