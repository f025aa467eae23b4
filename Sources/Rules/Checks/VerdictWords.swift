/// The words of verdicts, and the names that hold them.
enum VerdictWords {
  /// Positive as a whole value, in any position.
  private static let strong: Set<String> = ["PASS", "PASSED", "PROVEN", "VERIFIED", "GREEN"]
  /// Positive where the name says that a verdict is meant.
  private static let plain: Set<String> = [
    "verified", "proven", "passed", "pass", "green", "certified", "attested", "Verified", "Passed", "Proven",
  ]
  /// Positive where a comment admits that nothing was computed.
  private static let soft: Set<String> = [
    "ok", "OK", "success", "satisfied", "approved", "valid", "compliant", "healthy", "complete", "completed",
    "enforced", "clean",
  ]
  static let negative: Set<String> = [
    "FAIL", "FAILED", "FAILURE", "RED", "YELLOW", "PARTIAL", "DESIGNED", "UNPROVEN", "HOLLOW", "ERROR", "INVALID",
    "REJECTED",
    "fail", "failed", "failure", "partial", "invalid", "error", "rejected", "unverified", "denied", "red", "mismatch",
    "Failed", "Invalid", "WARN", "MISMATCH", "BLOCKED", "HOLD", "MISSING", "missing", "blocked", "degraded", "warning",
    "HOLD_REMEDIATE", "NOT_PROVEN", "INCOMPLETE", "incomplete", "inconclusive",
  ]
  private static let nameWords: Set<String> = [
    "verdict", "status", "result", "outcome", "verification", "conclusion", "overall", "state", "gate", "proof",
    "attestation",
    "determination",
  ]
  /// Names of text for people, of expectations and of choices.
  private static let otherNames: Set<String> = [
    "label", "title", "name", "text", "color", "colour", "icon", "key", "type", "description", "expected", "expect",
    "want",
    "default", "message", "filter", "allowed", "required", "choices", "enum", "style", "help", "prefix", "suffix",
    "class",
    "format", "symbol", "emoji", "severity", "prompt", "example", "template", "level", "min", "threshold", "kind",
    "desired", "target", "hint", "regex", "pattern",
  ]
  private static let flags: Set<String> = [
    "overall_pass", "all_passed", "all_pass", "overall_passed", "verified", "passed", "proven", "overallpass",
    "allpassed", "gate_passed", "checks_passed", "is_verified", "verification_passed", "tests_passed", "chain_valid",
    "integrity_verified", "replay_verified", "hash_verified", "signature_valid", "signature_verified",
  ]

  enum Strength { case strong, plain, soft }

  static func strength(of value: String) -> Strength? {
    if strong.contains(value) || endsShouting(value) { return .strong }
    if plain.contains(value) { return .plain }
    return soft.contains(value) ? .soft : nil
  }

  /// `PHASE 5 COMPLETE`, `GATE 2: PASSED`: a short value in capitals whose last word is a verdict.
  private static func endsShouting(_ value: String) -> Bool {
    guard value.utf8.count <= 48, value.allSatisfy({ !$0.isLowercase }),
      let last = value.split(whereSeparator: { !$0.isLetter }).last
    else { return false }
    return value.contains(" ") && (strong.contains(String(last)) || last == "COMPLETE") && !value.contains("NOT ")
      && !value.contains("/") && !value.contains("|")
  }

  static func isVerdictName(_ name: String) -> Bool {
    !TestEvidence.words(of: name).isDisjoint(with: nameWords) && !isOtherName(name)
  }

  static func isOtherName(_ name: String) -> Bool { !TestEvidence.words(of: name).isDisjoint(with: otherNames) }

  /// Names whose `true` is a verdict.
  static func isVerdictFlag(_ name: String) -> Bool { flags.contains(name.lowercased()) }

  /// `"verdict": "PASS"` in text that is written, however its quotes are escaped.
  static let record = LineMatching(
    #"\b(?:[A-Za-z0-9_]*(?:verdict|status|result|outcome|verification|conclusion|VERDICT|STATUS|RESULT))\\?["']?\s*[:=]\s*\\?["']?(?:PASS|PASSED|PROVEN|VERIFIED|GREEN|verified|proven|passed)\b"#
  )
  /// `PASS` as a word of its own, where a verdict would stand.
  static let announcement = LineMatching(
    #"(?:^|[\s:=>"'\-\[(*]|✅|✓|✔|🎉|\$)(?:PASS|PASSED|PROVEN|VERIFIED|GREEN)(?:$|[\s!.,"'\])*(\\])"#)
  /// A refusal beside it: a list of what may be said, or a sentence about it.
  static let refusal = LineMatching(
    #"\b(?:FAIL|FAILED|FAILURE|PARTIAL|DESIGNED|UNPROVEN|HOLLOW|ERROR|INVALID|REJECTED|RED|YELLOW|fail|failed|failure|failing)\b"#
  )
}
