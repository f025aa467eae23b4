/// How programs ask what time it is.
struct ClockReads {
  /// Every way to ask begins with one of these.
  static let trigger =
    #"\btime\.time(?:_ns)?\(|\bnow\(|\.now\b|\butcnow\(|utc_now\(|\bnow_utc\(|\.today\(|\bDate\(\)|\bnew Date\b|time\.(?:Now|Since|Until)\(|timeIntervalSinceNow|currentTimeMillis|\bDateTime(?:Offset)?\.(?:Utc)?Now\b|\$\(date\b|`date\b|EPOCHSECONDS|EPOCHREALTIME"#

  private static let calls: Set<String> = [
    "time.time", "time.time_ns", "datetime.now", "datetime.utcnow", "datetime.datetime.now", "datetime.datetime.utcnow",
    "dt.datetime.now", "dt.datetime.utcnow", "date.today", "datetime.today", "datetime.date.today", "dt.date.today",
    "Date.now", "time.Now", "time.Since", "time.Until", "SystemTime.now", "Utc.now", "Local.now", "chrono.Utc.now",
    "OffsetDateTime.now_utc", "LocalDate.now", "LocalDateTime.now", "ZonedDateTime.now", "OffsetDateTime.now",
    "Instant.now", "System.currentTimeMillis", "Time.now", "timezone.now", "arrow.utcnow", "arrow.now", "pendulum.now",
    "Timestamp.now", "pd.Timestamp.now", "Clock.System.now", "utc_now", "utcnow", "now_utc", "get_utc_now",
    "std.time.SystemTime.now", "time.gmtime", "time.localtime",
  ]
  private static let properties: Set<String> = [
    "Date.now", "Date.timeIntervalSinceNow", "DateTime.Now", "DateTime.UtcNow", "DateTimeOffset.UtcNow",
    "DateTimeOffset.Now",
  ]
  private static let monotonicLanguages: Set<String> = ["rust"]

  /// What a reading ends with, except those of the file's own functions and of shells.
  private static let lastNames = Set(
    calls.union(properties).compactMap { $0.split(separator: ".").last.map(String.init) }
      + ["Date", "timeIntervalSinceNow"])
  private static let monotonic: Set<String> = ["monotonic", "perf_counter", "process_time"]

  let outline: Outline
  /// Functions of the file that do nothing but read the clock.
  let readers: Set<String>
  private var given: Set<Holder> = []
  /// The tokens that may end a reading, in order: nearly all others need no second look.
  private let candidates: [Int]

  /// A name that is given a reading: a local one of a function, or a member.
  private struct Holder: Hashable {
    let name: String
    let function: Int?
  }

  init(_ outline: Outline) {
    let plain = ClockReads(outline, readers: [])
    let readers = plain.functionsThatRead()
    self = readers.isEmpty ? plain : ClockReads(outline, readers: readers)
    given = namesGivenReadings()
  }

  private init(_ outline: Outline, readers: Set<String>) {
    self.outline = outline
    self.readers = readers
    let isShell = outline.language.layout == .shell
    candidates = outline.tokens.indices.filter { index in
      let token = outline.tokens[index]
      guard token.kind == .word else { return false }
      return isShell || ClockReads.lastNames.contains(token.text) || readers.contains(token.text)
    }
  }

  /// The tokens of a reading: `datetime.now(timezone.utc)`, whose last name is the token asked about.
  func reading(at token: Int) -> Range<Int>? {
    let tokens = outline.tokens
    guard tokens.indices.contains(token), tokens[token].kind == .word else { return nil }
    if outline.language.layout == .shell { return shellReading(at: token) }
    let path = outline.path(endingAt: token)
    let first = token - (path.utf8.filter { $0 == UInt8(ascii: ".") }.count) * 2
    let tail = path.split(separator: ".").suffix(2).joined(separator: ".")
    if tokens[token].text == "timeIntervalSinceNow" { return first..<token + 1 }
    guard outline.isCall(token) else {
      if tokens[token].text == "Date", token > 0, tokens[token - 1].isWord("new") { return token - 1..<token + 1 }
      return ClockReads.properties.contains(path) ? first..<token + 1 : nil
    }
    let end = outline.partners[token + 1] + 1
    guard end > token + 1 else { return nil }
    if path == "Instant.now", ClockReads.monotonicLanguages.contains(outline.languageName) { return nil }
    let isEmpty = end == token + 3
    if path == "Date", isEmpty { return (token > 0 && tokens[token - 1].isWord("new") ? token - 1 : token)..<end }
    if ClockReads.calls.contains(path) || ClockReads.calls.contains(tail) { return first..<end }
    let isOwn =
      readers.contains(tokens[token].text) && (path == tokens[token].text || path == "self.\(tokens[token].text)")
    return isOwn && !isDefinition(token) ? first..<end : nil
  }

  private func isDefinition(_ token: Int) -> Bool {
    token > 0 && outline.language.words.function.contains(outline.tokens[token - 1].text)
  }

  /// `$(date …)` and the shell's own variables.
  private func shellReading(at token: Int) -> Range<Int>? {
    let word = outline.tokens[token].text
    if word == "date", token > 0, outline.tokens[token - 1].isSign("$(") {
      return token - 1..<max(outline.partners[token - 1] + 1, token + 1)
    }
    let name = Outline.variable(word)
    return name == "EPOCHSECONDS" || name == "EPOCHREALTIME" ? token..<token + 1 : nil
  }

  /// All readings of the outline, outermost last.
  func readings() -> [Range<Int>] { candidates.compactMap(reading) }

  /// The tokens of a range that may end a reading.
  private func candidates(in range: Range<Int>) -> ArraySlice<Int> {
    var low = 0
    var high = candidates.count
    while low < high {
      let middle = (low + high) / 2
      if candidates[middle] < range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return candidates[low...].prefix { $0 < range.upperBound }
  }

  /// Whether a name is given a reading: in a function, or as a member anywhere.
  func isGivenReading(_ name: String, in function: Int?) -> Bool {
    given.contains(Holder(name: name, function: function))
  }

  private func namesGivenReadings() -> Set<Holder> {
    var found: Set<Holder> = []
    let measuring = outline.tokens.indices.filter(isMonotonic)
    for statement in outline.statements where statement.tokens.count <= OutlineLimits.statementTokens {
      let (bounds, near) = (statement.tokens, candidates(in: statement.tokens))
      let isMeasured = !measuring.isEmpty && bounds.contains(where: isMonotonic)
      guard isMeasured || !near.isEmpty, let assignment = outline.assignment(in: bounds),
        near.contains(where: { $0 > assignment.sign && reading(at: $0) != nil })
          || isMeasured && bounds.contains(where: { $0 > assignment.sign && isMonotonic($0) })
      else { continue }
      let function = assignment.isLocal ? outline.function(of: assignment.target) : nil
      found.insert(Holder(name: outline.tokens[assignment.target].text, function: function))
    }
    return found
  }

  func isMonotonic(_ token: Int) -> Bool {
    outline.tokens[token].kind == .word && ClockReads.monotonic.contains(outline.tokens[token].text)
  }

  /// Of a file whose own functions are not known yet.
  private func functionsThatRead() -> Set<String> {
    var names: Set<String> = []
    for index in outline.blocks.indices where outline.blocks[index].kind == .function {
      let statements = outline.statements(in: index).map { outline.statements[$0].tokens }
        .filter { !($0.count == 1 && outline.tokens[$0.lowerBound].kind == .string) }
      guard statements.count == 1, let only = statements.first, !outline.blocks[index].name.isEmpty else { continue }
      guard let reading = candidates(in: only).lazy.compactMap(reading).first else { continue }
      let isComparing = outline.uses(of: reading).contains { if case .compared = $0 { true } else { false } }
      let returns = outline.tokens[only.lowerBound].isWord("return") || !outline.language.words.function.contains("def")
      if !isComparing, returns,
        outline.uses(of: reading).allSatisfy({ $0 == .returned || $0 == .other || $0.isConversion })
      {
        names.insert(outline.blocks[index].name)
      }
    }
    return names
  }
}

extension Outline.Use {
  fileprivate var isConversion: Bool { if case .argument = self { true } else { false } }
}
