import Formats
import Scanning

/// Finds stand-ins in code that is meant to do the real thing: doubles that are defined or used, stores that live in
/// memory, and comments that admit it.
///
/// Tests are left alone, and so is what fails closed: a stub that refuses is honest.
struct MockInReality {
  let judged: JudgedFile

  /// A name of a stand-in where one is defined, made or given something; a store in memory; an admission.
  static let triggers: [String] = {
    let stem = "(?:Mock|mock|MOCK|Fake|fake|FAKE|Stub|stub|STUB|Dummy|dummy|DUMMY|In_?Memory|in_?memory|IN_?MEMORY)"
    let definition =
      "(?:class|struct|def|func|fn|function|type|interface|enum|actor|protocol|object|record|trait|impl|extension)"
    return [
      definition + #"\s+(?:\([^)]*\)\s*)?\w*"# + stem,
      #"\w*"# + stem + #"\w*\s*(?:<[^>]*>\s*)?[({:=!?]"#,
      #"\w*"# + stem + #"\w*(?:,\s*\w+)*\s*:?="#,
      #"mock\.|:memory:|memory://|mode=memory|sqlite://["']"#,
      // On its line a comment may stand behind something else.
      DoubleSearch.admissionSource.replacing(#"^\W*"#, with: #"(?:^|\W)"#),
      DoubleSearch.memorySource,
    ]
  }()

  /// Stand-ins in production code and harnesses, or in demonstrations.
  func spans(inDemonstrations: Bool) -> [Range<Int>] {
    guard judged.role == (inDemonstrations ? .demonstration : .production) else { return [] }
    return judged.programs.flatMap { program -> [Range<Int>] in
      if program.outline.language.layout == .shell { return [] }
      var search = DoubleSearch(outline: program.outline)
      return search.spans()
    }.map(judged.firstLine)
  }
}

/// The search in one outline.
struct DoubleSearch {
  let outline: Outline
  /// Types and functions that were reported by name: what stands in them is theirs.
  private var reported: [Bool]
  private let speaksOfStubsOfRemoteCalls: Bool

  private static let grpc = Array("grpc".utf8)
  private static let pb2 = Array("pb2".utf8)

  init(outline: Outline) {
    self.outline = outline
    reported = [Bool](repeating: false, count: outline.tokens.count)
    speaksOfStubsOfRemoteCalls = outline.tokens.contains {
      $0.kind == .word && ($0.text.holds(DoubleSearch.grpc) || $0.text.holds(DoubleSearch.pb2))
    }
  }

  mutating func spans() -> [Range<Int>] {
    var spans: [Range<Int>] = []
    for block in outline.blocks.indices.dropFirst() where isDouble(definition: block) {
      let body = outline.blocks[block]
      let name = body.header.first { outline.tokens[$0].text == body.name } ?? body.header.lowerBound
      guard !isReported(name) else { continue }
      for token in body.header.lowerBound..<max(body.body.upperBound, body.header.upperBound) { reported[token] = true }
      spans.append(outline.tokens[name].range)
    }
    spans += uses()
    spans += memoryStores()
    spans += admissions()
    var lines: Set<Int> = []
    return spans.sorted { $0.lowerBound < $1.lowerBound }.filter { span in
      lines.insert(outline.token(at: span.lowerBound).map { outline.tokens[$0].line } ?? -span.lowerBound).inserted
    }
  }

  private func isReported(_ token: Int) -> Bool { reported.indices.contains(token) && reported[token] }

  // MARK: Names

  private static let doubles: Set<String> = ["mock", "fake", "stub", "mocked", "faked", "stubbed"]
  /// What else a name may say, so that it speaks of doubles and is none.
  private static let speaking: Set<String> = [
    "no", "not", "is", "has", "use", "uses", "allow", "allowed", "forbid", "forbidden", "detect", "detected",
    "detector",
    "reject", "enable", "enabled", "disable", "disabled", "mode", "flag", "without", "remove", "count", "pattern",
    "patterns",
    "regex", "keywords", "terms", "markers", "words", "tokens", "error", "exception", "violation", "violations",
    "check",
    "guard", "policy", "config", "settings", "indicators", "names", "prefixes", "imports", "assert", "find", "scan",
    "path", "reality", "rule", "free", "contains", "word", "text", "claim", "claims",
  ]
  private static let services: Set<String> = [
    "store", "storage", "client", "broker", "provider", "service", "executor", "database", "db", "backend", "queue",
    "response",
    "result", "ledger", "repository", "publisher", "verifier", "adapter", "gateway", "data", "transport",
  ]
  /// Things that are kept in memory for good reason.
  private static let passing: Set<String> = [
    "cache", "cached", "limiter", "rate", "buffer", "index", "metrics", "metric", "exporter", "lock", "lru", "filter",
    "stream",
    "counter", "handler", "log", "logs", "size", "bytes", "limit",
  ]

  /// What the names of doubles are made of.
  private static let stems = ["mock", "fake", "stub", "dummy", "memory"].map { Array($0.utf8) }

  private func isDoubleName(_ name: String) -> Bool {
    guard DoubleSearch.stems.contains(where: name.holds) else { return false }
    let words = TestEvidence.words(of: name)
    guard words.isDisjoint(with: DoubleSearch.speaking) else { return false }
    if words.contains("stub"), speaksOfStubsOfRemoteCalls { return false }
    if !words.isDisjoint(with: DoubleSearch.doubles) { return true }
    // A dummy alone is a value that nobody reads.
    if words.contains("dummy") { return !words.isDisjoint(with: DoubleSearch.services) }
    let isMemory = words.contains("memory") && words.contains("in") || words.contains("inmemory")
    return isMemory && words.isDisjoint(with: DoubleSearch.passing)
  }

  private func isDouble(definition block: Int) -> Bool {
    let kind = outline.blocks[block].kind
    guard kind == .type || kind == .function, isDoubleName(outline.blocks[block].name) else { return false }
    if kind == .function, failsClosed(block) { return false }
    return !isForTesting(documentation(of: block).map(text) ?? "")
  }

  // MARK: Uses

  /// Doubles that are made and names that hold them.
  private func uses() -> [Range<Int>] {
    outline.tokens.indices.compactMap { index in
      let token = outline.tokens[index]
      guard token.kind == .word, !isReported(index), isDoubleName(token.text), !isImport(index) else { return nil }
      let isType = token.text.unicodeScalars.first?.properties.isUppercase ?? false
      let isConstant = token.text.allSatisfy { !$0.isLowercase }
      if outline.isCall(index), isType || isModule(index) { return isDeclared(index) ? nil : token.range }
      guard let statement = outline.statement(of: index),
        let assignment = outline.assignment(in: outline.statements[statement].tokens), assignment.target == index
      else { return nil }
      return !isType || isConstant ? token.range : nil
    }
  }

  private func isModule(_ index: Int) -> Bool { outline.path(endingAt: index).contains("mock.") }

  private func isDeclared(_ index: Int) -> Bool {
    index > 0
      && (outline.language.words.type.contains(outline.tokens[index - 1].text)
        || outline.language.words.function.contains(outline.tokens[index - 1].text))
  }

  private func isImport(_ index: Int) -> Bool {
    guard let statement = outline.statement(of: index) else { return false }
    return ["import", "from", "use", "package"].contains(
      outline.tokens[outline.statements[statement].tokens.lowerBound].text)
  }

  // MARK: Stores in memory

  private static let questions: Set<String> = [
    "contains", "startswith", "endswith", "startsWith", "endsWith", "hasPrefix", "hasSuffix", "includes", "Contains",
    "HasPrefix", "equals", "starts_with", "ends_with",
  ]

  private func memoryStores() -> [Range<Int>] {
    outline.tokens.indices.compactMap { index in
      let token = outline.tokens[index]
      guard token.kind == .string, !isReported(index), !isDocumentation(index),
        let text = outline.string(at: index, limit: 80),
        text == ":memory:" || text.hasPrefix("memory://") || text.hasSuffix("/:memory:")
          || text.hasSuffix("mode=memory&cache=shared") || text == "sqlite://"
      else { return nil }
      let isQuestion = outline.uses(of: index..<index + 1).contains { use in
        switch use {
        case .compared: true
        case .argument(let callee): DoubleSearch.questions.contains(callee)
        default: false
        }
      }
      let isChoice =
        outline.statement(of: index).map { statement in
          outline.statements[statement].tokens.contains {
            ["in", "if", "elif", "startsWith", "startswith", "hasPrefix"].contains(outline.tokens[$0].text)
              && $0 < index
          }
        } ?? false
      return isQuestion || isChoice ? nil : outline.place(of: index)
    }
  }

  // MARK: Admissions

  private static let nouns =
    "implementation|response|result|results|data|service|client|storage|store|backend|broker|provider|check|approval|request|value|values|execution|verification|signature|status|creation|database|queue|output|server|executor|adapter|telemetry|metrics|record|records|transport|network|consensus|decision|publish|publisher|bundle|audit|event|events|api|call|calls|clock|key|token|success|write|read|persistence"
  static let admissionSource =
    #"(?i)^\W*(?:\d+[.)]\s*)?(?:mock|fake|stub|simulated)\s+(?:[\w-]+\s+){0,2}?(?:"# + nouns + #")\b"#
    + #"|(?i)\((?:mock|fake|stub|dummy|simulated)\s+(?:implementation|data|version|response|result)\b"#
    + #"|(?i)\bwe\s+(?:just\s+|only\s+|simply\s+)?(?:mock|fake|stub|simulate)\b"#
    + #"|(?i)\bfor now\b.{0,40}\b(?:mock|fake|stub|simulat)"#
    + #"|(?i)\b(?:mock|fake|stub|simulat)\w*\b.{0,40}\bfor now\b"#
    + #"|(?i)^\W*simulat(?:e|es|ing)\s+(?:[\w-]+\s+){0,2}?(?:response|result|results|success|execution|approval|storage|database|verification|signature|publish|persistence|api call|record|consensus)\b"#
    + #"|(?i)\bin (?:a |an |the )?(?:real|actual) (?:implementation|system|version|deployment|world)\b.{0,30}\b(?:would|should|will)"#
  private static let admission = LineMatching(admissionSource)

  static let memorySource =
    #"(?i)\bin[- ]memory,? (?:[\w-]+ ){0,2}?(?:store|storage|database|db|repository|ledger|journal|queue|broker|bus|persistence|backend|kv|inbox|outbox|dedupe|duplicate|guard|dict|map|implementation|stand-in)\b"#
  private static let memory = LineMatching(memorySource)
  private static let denial = LineMatching(
    #"(?i)\b(?:no|not|never|without|avoid|avoids|forbid|forbids|forbidden|replace|replaces|replaced|remove|removed|removes|instead of|eliminat\w*|reject\w*|detect\w*|refuse\w*|isn't|non|rather than|disallow\w*|prohibit\w*|ban|banned)\b.{0,40}(?:mock|fake|stub|dummy|simulat|in[- ]memory)|(?i)(?:mock|fake|stub|simulat|in[- ]memory)\S*.{0,30}\b(?:not allowed|forbidden|prohibited|are rejected|is rejected|are refused|removed|cache|limiter)\b"#
  )

  /// Comments and docstrings that say so, once for each run of them.
  private func admissions() -> [Range<Int>] {
    var found: [Range<Int>] = []
    var lastLine = -2
    for comment in outline.comments {
      let isContinued = comment.line == lastLine + 1
      if admits(comment.range), !isContinued || found.isEmpty,
        let token = outline.token(at: comment.range.upperBound) ?? outline.tokens.indices.last
      {
        let place = place(of: comment, next: token)
        if !isReported(place), !failsClosed(outline.function(of: place)) {
          found.append(comment.range)
          lastLine = comment.line
        }
      } else if isContinued {
        lastLine = comment.line
      }
    }
    for index in outline.blocks.indices {
      guard let document = documentation(of: index), index != 0 || outline.languageName == "python",
        !isReported(document)
      else { continue }
      let first = firstLine(outline.tokens[document].range)
      guard admits(first), !isForTesting(text(document)),
        index == 0 || outline.blocks[index].kind == .type || !failsClosed(index)
      else { continue }
      found.append(first)
    }
    return found
  }

  /// The token whose function a comment belongs to: the one before it on its line, or the next one.
  private func place(of comment: Comment, next: Int) -> Int {
    next > 0 && outline.tokens[next - 1].line == comment.line ? next - 1 : next
  }

  private func admits(_ range: Range<Int>) -> Bool {
    let bytes = outline.bytes
    if DoubleSearch.denial.matches(bytes[range]) { return false }
    if DoubleSearch.admission.matches(bytes[range]) { return true }
    return DoubleSearch.memory.matches(bytes[range]) && !isForTesting(String(decoding: bytes[range], as: UTF8.self))
  }

  private func firstLine(_ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    while start < range.upperBound, "\"'\n\r \t`#".utf8.contains(outline.bytes[start]) { start += 1 }
    let end = outline.bytes[start..<range.upperBound].firstIndex(of: 0x0A) ?? range.upperBound
    return start..<end
  }

  private func isForTesting(_ text: String) -> Bool {
    let text = text.lowercased()
    return text.contains("in-memory") || text.contains("in memory")
      ? [
        "testing", "for test", "unit test", "debugging", "in tests", "test-only", "test only", "dry-run", "dry run",
        "for development",
      ].contains { text.contains($0) } : false
  }

  private func documentation(of block: Int) -> Int? {
    guard outline.languageName == "python" else { return nil }
    let body = outline.blocks[block].body
    guard let first = body.first, outline.tokens[first].kind == .string, let statement = outline.statement(of: first),
      outline.statements[statement].tokens.count == 1
    else { return nil }
    return first
  }

  private func isDocumentation(_ token: Int) -> Bool {
    outline.statement(of: token).map { outline.statements[$0].tokens.count == 1 } ?? false
  }

  private func text(_ token: Int) -> String {
    String(decoding: outline.bytes[outline.tokens[token].range].prefix(600), as: UTF8.self)
  }

  /// Whether a function refuses: it ends in an error, or what it returns says no.
  private func failsClosed(_ block: Int) -> Bool {
    if block == 0 { return false }
    let returns = outline.statements(in: block).map { outline.statements[$0].tokens }.filter {
      ["return", "raise", "throw"].contains(outline.tokens[$0.lowerBound].text)
    }
    guard let last = returns.last else { return false }
    if ["raise", "throw"].contains(outline.tokens[last.lowerBound].text) { return true }
    if last.count == 2 {
      return ["False", "false", "None", "nil", "null"].contains(outline.tokens[last.lowerBound + 1].text)
    }
    return last.contains { index in
      guard ["False", "false"].contains(outline.tokens[index].text), index >= 2 else { return false }
      return ["accepted", "ok", "success", "allowed", "approved", "verified", "passed", "valid"].contains(
        outline.name(at: index - 2) ?? "")
    }
  }
}
