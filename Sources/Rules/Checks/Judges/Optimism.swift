import Formats
import Scanning

/// Judges a hopeful phrase: whether it stands where a check should.
///
/// A violation: "for now" in tests and in code that verifies, and wherever it lets a decision pass ("for now, assume all
/// approvals are granted"); "looks correct" and "should work" in the comments of code that verifies; "already GREEN" as the
/// reason of a verdict; "already verified" in a report that points at nothing. Elsewhere in comments and documents it is a
/// remark. Quoted, denied, or said of what is expected of the code under test: none.
struct Optimism {
  private let candidate: Candidate

  init(_ candidate: Candidate) {
    self.candidate = candidate
  }

  private enum Phrase {
    /// "for now", "for the moment", "temporarily".
    case deferral
    /// "looks correct", "should work", "presumably".
    case belief
    /// "already verified".
    case precedent
    /// "assume all approvals are granted".
    case assumption
  }

  private var phrase: Phrase {
    let words = Words.split(candidate.matched)
    if words.contains("now") || words.contains("moment") || words.contains("temporarily") || words.contains("being") {
      return .deferral
    }
    if words.first == "already" { return .precedent }
    if words.first.map({ $0.hasPrefix("assum") }) ?? false { return .assumption }
    return .belief
  }

  var judgement: Judgement {
    if isQuoted || isDenied { return .none }
    switch candidate.role.kind {
    case .document: return documentJudgement
    case .record: return candidate.byteClass != .comment && isReason ? .violation : .none
    case .program, .configuration: break
    }
    // What a test hands to the code under test claims nothing.
    if candidate.byteClass == .string, candidate.isInTest { return .none }
    switch (candidate.byteClass, phrase) {
    case (.comment, .deferral):
      return isInCheckingCode || excusesDecision ? .violation : .remark
    case (.comment, .belief):
      if candidate.isInTest { return .none }
      return candidate.isInVerification ? .violation : .remark
    case (.comment, .assumption): return isInCheckingCode || excusesDecision ? .violation : .remark
    case (.comment, .precedent): return candidate.isInVerification && !candidate.isInTest ? .violation : .remark
    case (.string, .precedent):
      return isReason || candidate.isInVerification && !isLogged && !isWholeLiteral ? .violation : .none
    case (.string, .deferral):
      return isReason || candidate.isInVerification && !isWholeLiteral ? .violation : .none
    case (.string, .belief):
      return isReason || candidate.isInVerification && !isCheerful && !isWholeLiteral ? .violation : .none
    case (.string, .assumption): return isReason ? .violation : .none
    case (.code, _): return candidate.role.kind == .configuration && isReason ? .violation : .none
    }
  }

  /// The phrase alone in its quotes: a word of a list.
  private var isWholeLiteral: Bool {
    let quotes = "\"'`".utf8
    return candidate.before.last.map(quotes.contains) ?? false && candidate.after.first.map(quotes.contains) ?? false
  }

  /// "Everything looks good!" after checks is a greeting.
  private var isCheerful: Bool { isLogged && Words.split(candidate.matched).first == "looks" }

  private var isInCheckingCode: Bool { candidate.role.isTest || candidate.isInVerification }

  private static let decisions: Set<String> = [
    "approval", "approvals", "approve", "approved", "granted", "grant", "grants", "verification", "verified", "verify",
    "validation", "validate", "valid", "check", "checks", "signature", "signatures", "auth", "authentication",
    "authorization", "permission", "permissions", "authorized", "trusted", "trust", "bypass", "allow",
  ]
  private static let waiving: Set<String> = [
    "assume", "assumes", "assuming", "accept", "skip", "skips", "skipping", "always", "bypass", "ignore", "trust",
    "pass",
    "true", "allow", "approve", "grant", "disable", "disabled", "omit", "success",
    "mock", "stub", "fake", "placeholder", "simulate", "hardcoded", "dummy",
  ]

  /// Whether the comment lets something pass that should have been decided.
  private var excusesDecision: Bool {
    var words = candidate.neighbours.union(Words.split(candidate.matched))
    let next = candidate.line + 1
    // `return True` below the comment is what it excuses.
    if next <= candidate.file.lines.count, candidate.reading.words(ofLine: next).starts(with: ["return", "true"]) {
      words.formUnion(candidate.functionWords)
      words.insert("true")
    }
    return !words.isDisjoint(with: Optimism.decisions) && !words.isDisjoint(with: Optimism.waiving)
  }

  private static let reasons: Set<String> = [
    "reason", "reasons", "rationale", "justification", "finding", "findings", "evidence", "note", "notes", "conclusion",
    "basis", "summary", "explanation", "because", "details", "detail", "comment", "verdict", "status", "result",
  ]

  /// Whether the text is given as the reason of something.
  private var isReason: Bool {
    if let name = AssignedName(before: literalStart), !Set(name.words).isDisjoint(with: Optimism.reasons) {
      return true
    }
    let words = Set(Words.split(candidate.before))
    return !words.isDisjoint(with: ["reason", "rationale", "justification", "finding", "evidence"])
  }

  /// What a program says while it runs is no reason of anything.
  private var isLogged: Bool {
    !Set(candidate.wordsBefore).isDisjoint(with: [
      "log", "logger", "logging", "info", "debug", "print", "println", "echo", "warn",
    ])
  }

  /// What stands in the line before the literal that the phrase is in.
  private var literalStart: ArraySlice<UInt8> {
    var rest = candidate.before
    while let last = rest.last, last != UInt8(ascii: "\""), last != UInt8(ascii: "'"), last != UInt8(ascii: "`") {
      rest.removeLast()
    }
    return rest
  }

  /// A phrase in quotes is talked about.
  private var isQuoted: Bool {
    guard candidate.byteClass != .string || candidate.role.kind == .document else { return false }
    let quotes = ["\"", "'", "`", "“", "‘", "«"]
    let before = String(decoding: candidate.before.suffix(60), as: UTF8.self)
    let after = String(decoding: candidate.after.prefix(60), as: UTF8.self)
    if quotes.contains(where: before.hasSuffix) { return true }
    // A phrase inside of a longer quotation.
    let opens =
      before.contains("“") && !before.contains("”") || before.filter { $0 == "\"" }.count % 2 == 1
      || before.filter { $0 == "`" }.count % 2 == 1
    let closes = after.contains("”") || after.contains("\"") || after.contains("`")
    return opens && closes
  }

  private static let denying: Set<String> = [
    "not", "no", "never", "don", "doesn", "isn", "cannot", "avoid", "forbidden", "forbid", "forbids", "without",
    "instead",
    "prohibited", "reject", "rejects", "ban", "banned", "nor", "if", "unless", "whether", "until", "unproven",
    "phrases",
    "words", "claims", "statements", "when", "once", "only",
  ]

  /// What stands shortly before it turns the phrase round, or makes it a condition.
  private var isDenied: Bool {
    let words = candidate.wordsBefore.suffix(5)
    switch phrase {
    case .deferral: return false
    case .belief, .precedent, .assumption: return !Set(words).isDisjoint(with: Optimism.denying)
    }
  }

  // MARK: Documents

  private static let reporting: Set<String> = [
    "report", "reports", "validation", "verification", "evidence", "proof", "receipt", "closure", "signoff", "audit",
    "acceptance", "certification", "attestation", "review", "postmortem", "results", "findings", "remediation", "dod",
    "handoff", "completion", "status", "summary",
  ]
  private static let planning: Set<String> = [
    "plan", "design", "proposal", "roadmap", "backlog", "guide", "adr", "rfc", "spec",
  ]

  private var documentJudgement: Judgement {
    let path = PathWords(candidate.file.path)
    let isReport = !path.all.isDisjoint(with: Optimism.reporting) && path.all.isDisjoint(with: Optimism.planning)
    guard isReport, phrase == .precedent || phrase == .belief, !pointsAtEvidence, !isHeadingOrTable else {
      return .remark
    }
    return .violation
  }

  /// A link, a path, a digest, a commit, a number of a run: somewhere to look.
  private var pointsAtEvidence: Bool {
    let line = String(decoding: candidate.file.line(candidate.line).prefix(2_000), as: UTF8.self)
    if line.contains("](") || line.contains("://") || line.contains("#") && line.contains(where: \.isNumber) {
      return true
    }
    return line.split { " `|,;()[]".contains($0) }.contains { word in
      let isPath =
        word.contains("/") && word.count > 4
        || [".json", ".jsonl", ".md", ".log", ".txt", ".xml", ".py", ".sh"].contains(where: word.hasSuffix)
      let isDigest = word.count >= 7 && word.allSatisfy(\.isHexDigit) && word.contains(where: \.isNumber)
      return isPath || isDigest
    }
  }

  private var isHeadingOrTable: Bool {
    let first = candidate.file.line(candidate.line).first { $0 != 0x20 }
    return first == UInt8(ascii: "#") || first == UInt8(ascii: ">")
  }
}
