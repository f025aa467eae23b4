import Formats

/// Whether a file says nothing but a verdict (FORENSICS_RULES section 4, `evidence-asserts-verdict`).
enum HollowContent {
  private static let results: Set<String> = [
    "verdict", "status", "result", "outcome", "ok", "passed", "proven", "success", "conclusion", "state",
  ]
  private static let labels: Set<String> = [
    "phase_id", "phase", "task_id", "run_id", "ts", "ts_utc", "ts_epoch_ms", "timestamp", "date", "generated_at",
    "generated_by", "tool", "note", "notes", "message", "comment", "title", "author", "schema", "schema_version",
    "version",
  ]
  private static let remarks: Set<String> = ["note", "notes", "message", "comment", "title"]
  private static let verdicts: Set<String> = [
    "ok", "pass", "passed", "verified", "success", "done", "green", "true", "1",
  ]
  private static let longestVerdict = 64
  private static let longestSentence = 120

  static func judge(_ bytes: [UInt8], _ json: Value?) -> EvidenceContent.Hollow {
    if let json, json.kind == .object || json.kind == .array {
      if json.count == 0 { return .hollow }
      return json.kind == .object ? judge(json) : .no
    }
    let trimmed = ASCII.trimmed(bytes[...])
    if trimmed.isEmpty { return .hollow }
    guard trimmed.count <= 4 * longestSentence else { return .no }
    let text = String(decoding: trimmed, as: UTF8.self)
    if text.count <= longestVerdict, verdicts.contains(text.lowercased()) { return .hollow }
    return text.count <= longestSentence && endsInProven(text) ? .saysProven : .no
  }

  /// An object of nothing but results and labels, with at least one result.
  private static func judge(_ object: Value) -> EvidenceContent.Hollow {
    var hasResult = false
    var saysMore = false
    var saysProven = false
    object.forEachMember { name, value in
      let key = name.lowercased()
      switch value.kind {
      case .object: return
      case .array:
        // Texts and numbers in a list say what their key says.
        guard value.elements.contains(where: { $0.kind != .object && $0.kind != .array }) else { return }
        if !results.contains(key), !labels.contains(key) { saysMore = true }
      default:
        if results.contains(key) {
          hasResult = true
          if isProven(key, value) { saysProven = true }
        } else if labels.contains(key) {
          if remarks.contains(key), let text = value.string, endsInProven(text) { saysProven = true }
        } else {
          saysMore = true
        }
      }
    }
    guard hasResult, !saysMore else { return .no }
    return saysProven ? .saysProven : .hollow
  }

  private static func isProven(_ key: String, _ value: Value) -> Bool {
    if key == "proven" { return value.boolean == true }
    return ASCII.text(ASCII.trimmed(value.textBytes)).lowercased() == "proven"
  }

  /// Words and punctuation that end in `PROVEN`. A number that stands alone is no word, for it may have been measured, unless
  /// it is part of a name ("Phase 15.5.3"). When the text was written and for which run are labels.
  private static func endsInProven(_ text: String) -> Bool {
    guard text.hasSuffix("PROVEN") else { return false }
    let words = withoutTimes(text).split { !($0.isLetter || $0.isNumber || $0 == "_") }.map { $0.lowercased() }
    guard words.last == "proven" else { return false }
    var isInName = false
    for word in words {
      let isNumber = !word.contains { $0.isLetter }
      if denials.contains(word) || (isNumber && !isInName) { return false }
      isInName = isNumber || named.contains(word)
    }
    return true
  }

  private static let denials: Set<String> = ["not", "never", "unless", "until"]
  private static let named: Set<String> = ["phase", "task", "gate", "step"]

  private static func withoutTimes(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var rest: [UInt8] = []
    var start = 0
    for range in EvidencePatterns.ranges(EvidencePatterns.variable, in: bytes)
    where bytes[range].contains(where: ASCII.isDigit) {
      rest += bytes[start..<range.lowerBound]
      start = range.upperBound
    }
    return String(decoding: rest + bytes[start...], as: UTF8.self)
  }
}
