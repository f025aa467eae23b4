import Formats

/// A tool or a run that is not what it is said to be (FORENSICS_RULES section 4, "Identity").
struct IdentityTells {
  let feed: ForensicFeed
  let claim: ForensicClaim
  /// The phase's document; nil when there is none, and then nothing is said about what it names.
  let document: DocumentNames?
  /// All claims that have this masked run id.
  let sameMask: [ForensicClaim]

  private var chain: DecidingChain { claim.chain }

  var all: [Tell] { [foreignTool, derivedFromPhase, derivedByDigest, reused].compactMap { $0 } }

  // MARK: foreign-tool

  private static let repairWords = [
    "remediat", "repair", "forge", "inject", "synth", "fake", "mock", "stub", "fabricat",
  ]
  private static let repairCompounds = [("back", "fill"), ("fix", "up"), ("catch", "up"), ("auto", "fill")]

  private var foreignTool: Tell? {
    guard let document, !document.names(claim.tool), let reason = foreignReason(document) else { return nil }
    return Tell(.foreignTool, .weak, "\(reason), and the document names it nowhere", events: chain.lines)
  }

  private func foreignReason(_ document: DocumentNames) -> String? {
    if let word = Self.repairWord(in: claim.tool) { return "the tool '\(claim.tool)' has '\(word)' in its name" }
    guard !feed.hasOtherEvents(chain.tool) else { return nil }
    if !document.tools.isEmpty, !document.lists(claim.tool) {
      return "the tool '\(claim.tool)' is none of '\(document.tools.joined(separator: ", "))', left no other line"
    }
    let earlier = (feed.knownByPhase[chain.phase] ?? []).filter { $0.lines != chain.lines && $0.started.time < chain.s }
    let others = earlier.count { $0.tool != chain.tool }
    guard others >= 2, others == earlier.count else { return nil }
    return "the tool '\(claim.tool)' is new after \(others) chains of the phase by others, left no other line"
  }

  static func repairWord(in tool: String) -> String? {
    let name = tool.lowercased()
    if let word = repairWords.first(where: { name.firstRange(of: $0) != nil }) { return word }
    for (first, second) in repairCompounds {
      for joint in ["", "-", "_"] where name.firstRange(of: first + joint + second) != nil { return first + second }
    }
    return nil
  }

  // MARK: run-id-derived

  private static let fewestPhases = 3
  private static let shortestWords = 4
  private static let fewestDigits = 12

  private var derivedFromPhase: Tell? {
    guard claim.maskedRun.contains("*"), Set(sameMask.map(\.phase)).count >= Self.fewestPhases else { return nil }
    let parts = claim.maskedRun.split(separator: "*").map { IdentifierWords(String($0)).trimmed }.filter { !$0.isEmpty }
    let rest = [claim.maskedRun.filter { $0 != "*" }, parts.joined(separator: "_")]
    let hasTrace = feed.otherIDs.contains { id in
      let words = IdentifierWords(feed.names[id]).trimmed
      return words.utf8.count >= Self.shortestWords && rest.contains { $0.firstRange(of: words) != nil }
    }
    guard !hasTrace else { return nil }
    return Tell(
      .runIDDerived, .weak,
      "\(sameMask.count) phases have the run id '\(claim.maskedRun)' with their own name for '*', and no other event of the "
        + "feed knows such a run",
      events: chain.lines)
  }

  private var derivedByDigest: Tell? {
    let digits = claim.run.lowercased().filter { $0 != "-" }
    guard digits.utf8.count >= Self.fewestDigits, digits.utf8.allSatisfy(ASCII.isHexadecimal) else { return nil }
    for phase in [claim.phase, claim.phase.lowercased()] {
      let bytes = Array(phase.utf8)
      let digests = [
        ("MD5", LegacyDigest.md5(bytes)), ("SHA-1", LegacyDigest.sha1(bytes)), ("SHA-256", SHA256.digest(bytes).hex),
      ]
      if let (name, _) = digests.first(where: { $0.1.hasPrefix(digits) }) {
        return Tell(
          .runIDDerived, .weak, "the run id '\(claim.run)' is the beginning of the \(name) of '\(phase)'",
          events: chain.lines)
      }
    }
    return nil
  }

  // MARK: run-id-reused

  private var reused: Tell? {
    let day = 24 * Lapse.hour
    let far = (feed.knownByRun[chain.run] ?? []).first { other in
      other.lines != chain.lines && (other.verified.time < chain.s - day || other.started.time > chain.v + day)
    }
    guard let far else { return nil }
    let distance = far.verified.time < chain.s ? chain.s - far.verified.time : far.started.time - chain.v
    return Tell(
      .runIDReused, .weak,
      "the run id '\(claim.run)' also stands at line \(far.started.line), \(distance / Lapse.hour) hours away",
      events: chain.lines + far.lines)
  }
}
