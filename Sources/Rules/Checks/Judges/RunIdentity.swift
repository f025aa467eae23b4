import Formats
import Scanning

/// Judges a value given to an identity of a run: whether it is the same every time.
///
/// A violation is a constant, or a text that is filled in with a category only (`f"demo_{scenario}"`), as audit, belief,
/// intent, correlation, run or execution id or idempotency key; also as a default, and as the folder of one past run.
/// None: ids that are made or derived, names of fields, types, stand-ins for "no id". In tests none either; in
/// demonstrations, documents and records a remark.
struct RunIdentity {
  private let candidate: Candidate
  private let value: String

  init(_ candidate: Candidate) {
    self.candidate = candidate
    self.value = candidate.text
  }

  var judgement: Judgement {
    guard candidate.byteClass != .comment, isLiteral, isConstant, isIdentity || isPastRun else { return .none }
    if candidate.isInTest { return .none }
    let role = candidate.role
    if role.isDemonstration || role.kind == .document || role.kind == .record { return .remark }
    return .violation
  }

  // MARK: What it is given to

  private static let things: Set<String> = [
    "run", "execution", "exec", "audit", "belief", "intent", "correlation", "corr", "idempotency", "idemp",
  ]

  /// Whether words end as the name of such an identity does: `last_run_id`, `idempotencyKey`, `X-Correlation-ID`.
  static func isIdentity(_ words: [String]) -> Bool {
    guard let last = words.last else { return false }
    let thing = words.dropLast().last ?? ""
    switch last {
    case "id", "uuid", "ulid": return things.contains(thing) && !["idempotency", "idemp"].contains(thing)
    case "key": return ["idempotency", "idemp"].contains(thing)
    case "runid", "auditid", "intentid", "executionid", "correlationid", "idempotencykey": return true
    default: return false
    }
  }

  private var isIdentity: Bool {
    if let name = AssignedName(before: candidate.before) {
      if RunIdentity.isIdentity(name.words) { return isIdentifierValue(name.words) }
      if name.words == ["default"] || name.words == ["value"] { return isDefaultOfIdentity }
      return false
    }
    // `getenv("RUN_ID", "r-1")`, `${RUN_ID:-r-1}`, `--run-id r-1`
    return isFallback || isOption
  }

  /// Values that say what an id looks like, or that there is none.
  private static let noIdentities: Set<String> = [
    "unknown", "none", "null", "nil", "missing", "unset", "undefined", "pending", "tbd", "string", "str", "uuid",
    "uuid4",
    "ulid", "text", "integer", "int", "varchar", "keyword", "required", "optional", "auto", "generated", "any", "id",
    "key",
    "n", "a", "na", "not", "empty", "number", "true", "false", "todo", "invalid", "noop", "n/a",
  ]

  private func isIdentifierValue(_ name: [String]) -> Bool {
    let words = Words.split(value)
    guard !words.isEmpty, !value.contains(" "), value.utf8.count >= 3 else { return false }
    if words.allSatisfy(RunIdentity.noIdentities.contains) { return false }
    // A field: `correlation_id: "coordination_id"`, `RUN_ID_HEADER = "X-Run-ID"`.
    if Set(words).isSubset(of: name) && !name.isEmpty || words.last == "id" || words.last == "key"
      || words.last == "uuid"
    {
      return false
    }
    // A code that speaks of ids: `taxonomy.run_id_mismatch`.
    if zip(words, words.dropFirst()).contains(where: { RunIdentity.isIdentity([$0, $1]) }) { return false }
    let isHeader = words.first == "x" && words.count > 2
    let hasDigit = value.utf8.contains { (0x30...0x39).contains($0) }
    return !isHeader && (hasDigit || !isData)
  }

  /// In data a value without digits is more often a type or a mapping.
  private var isData: Bool { candidate.role.kind != .program }

  /// `run_id:` above `default: x`, `--run-id` before `default="x"`.
  private var isDefaultOfIdentity: Bool {
    let words = Words.split(value)
    guard value.utf8.contains(where: { (0x30...0x39).contains($0) }) || !isData,
      !words.allSatisfy(RunIdentity.noIdentities.contains), !words.isEmpty
    else { return false }
    var lines = candidate.reading.owners(ofLine: candidate.line, atMost: 2)
    lines += [candidate.line, candidate.line - 1].filter { $0 >= 1 }
    return lines.contains { number in
      identifiers(ofLine: number).contains { RunIdentity.isIdentity(Words.split($0)) }
    }
  }

  private func identifiers(ofLine number: Int) -> [ArraySlice<UInt8>] {
    candidate.file.line(number).prefix(1_000).split { !isWordByte($0) && $0 != UInt8(ascii: "-") }
  }

  private var isFallback: Bool {
    let before = candidate.before
    let isEnvironment =
      before.suffix(3).contains(":-") && before.contains("${")
      || !Set(candidate.wordsBefore).isDisjoint(with: ["getenv", "environ", "env"])
    guard isEnvironment else { return false }
    let names = before.split { !isWordByte($0) }
    return names.last.map { RunIdentity.isIdentity(Words.split($0)) } ?? false && isIdentifierValue([])
  }

  /// `--run-id r-1` in a script.
  private var isOption: Bool {
    let option = candidate.before.split { !isWordByte($0) && $0 != UInt8(ascii: "-") }.last ?? []
    return option.starts(with: "--".utf8) && RunIdentity.isIdentity(Words.split(option)) && isIdentifierValue([])
      && value.utf8.contains { (0x30...0x39).contains($0) }
  }

  // MARK: Past runs

  /// `reality_run_007`, `m9_20260303T101500Z`: what one run was called, in a path or as a default.
  private var isPastRun: Bool {
    let words = Words.split(value)
    guard candidate.role.kind == .program || candidate.role.kind == .configuration, !isHelp else { return false }
    if candidate.matched.contains(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "{") }) { return false }
    if let run = words.lastIndex(of: "run"), run + 1 < words.count, words[run + 1].count >= 2,
      words[run + 1].allSatisfy(\.isNumber)
    {
      return isPathPart && words.first != "dry"
    }
    guard hasTime else { return false }
    let around = Set(words + candidate.wordsBefore + candidate.ownerWords(atMost: 2) + previousLineWords)
    return !around.isDisjoint(with: RunIdentity.running)
  }

  /// Texts that show how a tool is called.
  private var isHelp: Bool {
    !Set(candidate.wordsBefore).isDisjoint(with: ["example", "examples", "usage", "help", "epilog", "description"])
  }

  private static let running: Set<String> = [
    "run", "runs", "execution", "exec", "runid", "executionid", "correlation", "idempotency", "default", "upstream",
    "basis",
  ]

  private var previousLineWords: [String] {
    candidate.line > 1 ? candidate.reading.words(ofLine: candidate.line - 1) : []
  }

  /// A time as runs carry it in their names: `20260303T101500Z`.
  private var hasTime: Bool {
    let bytes = Array(value.utf8)
    guard bytes.count >= 16 else { return false }
    return (0...(bytes.count - 13)).contains { start in
      bytes[start..<(start + 8)].allSatisfy { (0x30...0x39).contains($0) } && bytes[start] == UInt8(ascii: "2")
        && (bytes[start + 8] == UInt8(ascii: "T") || bytes[start + 8] == UInt8(ascii: "t"))
        && bytes[(start + 9)..<(start + 13)].allSatisfy { (0x30...0x39).contains($0) }
    }
  }

  /// Whether a slash stands before or after the name that the match is in.
  private var isPathPart: Bool {
    func isNamePart(_ byte: UInt8) -> Bool {
      isWordByte(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }
    let previous = candidate.before.last { !isNamePart($0) }
    let next = candidate.after.first { !isNamePart($0) }
    return previous == UInt8(ascii: "/") || next == UInt8(ascii: "/")
  }

  // MARK: Whether it is always the same

  /// In programs a word without quotes is a variable; shells write literals so.
  private var isLiteral: Bool {
    candidate.role.kind != .program || candidate.file.language?.name == "shell" || candidate.byteClass == .string
  }

  /// Words of values that differ only as far as their category does.
  private static let categories: Set<String> = [
    "type", "kind", "name", "scenario", "mode", "phase", "category", "class", "level", "env", "environment", "stage",
    "action",
    "status", "label", "slug", "component", "service", "module", "step", "role",
  ]
  private static let varying: Set<String> = [
    "id", "ids", "uuid", "ulid", "hash", "digest", "sha", "sha256", "ts", "time", "timestamp", "now", "seq", "sequence",
    "nonce", "key", "counter", "count", "token", "hex", "random", "rand", "date", "index", "idx", "attempt", "number",
    "utc",
    "epoch", "fingerprint", "session", "request", "strftime", "uuid4", "iso",
  ]

  private var isConstant: Bool {
    let parts = RunIdentity.interpolations(in: value)
    if parts.isEmpty {
      return !value.contains("<") && !value.contains("$") && !value.contains("%") && !value.contains("{")
        && !value.contains("(")
        && !value.contains("|")
    }
    return parts.allSatisfy { part in
      let words = Words.split(part)
      return !words.isEmpty && Set(words).isDisjoint(with: RunIdentity.varying)
        && words.last.map(RunIdentity.categories.contains) ?? false
    } && value.first.map { $0 != "{" && $0 != "$" } ?? false
  }

  /// What stands in `{…}`, `${…}`, `#{…}` and `\(…)`.
  private static func interpolations(in text: String) -> [Substring] {
    var parts: [Substring] = []
    var rest = text[...]
    while let open = rest.firstIndex(where: { $0 == "{" || $0 == "(" }) {
      let isOpening = rest[open] == "{" || open > rest.startIndex && rest[rest.index(before: open)] == "\\"
      let closing: Character = rest[open] == "{" ? "}" : ")"
      guard isOpening, let close = rest[open...].firstIndex(of: closing) else { break }
      parts.append(rest[rest.index(after: open)..<close])
      rest = rest[rest.index(after: close)...]
    }
    return parts
  }
}
