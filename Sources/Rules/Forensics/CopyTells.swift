/// A chain that repeats another to the millisecond (FORENSICS_RULES section 4, "Copy").
struct CopyTells {
  let feed: ForensicFeed
  let claim: ForensicClaim

  private static let leastStep = 20 * Lapse.millisecond
  private static let leastSum = 500 * Lapse.millisecond
  private static let round: Int64 = 100
  private static let mostNeighbours = 5

  var all: [Tell] {
    let chain = claim.chain
    let steps = chain.steps.inMilliseconds
    guard steps.first != steps.second, chain.steps.first >= Self.leastStep, chain.steps.second >= Self.leastStep,
      chain.steps.sum >= Self.leastSum, steps.first % Self.round != 0 || steps.second % Self.round != 0,
      let original = feed.steps.chains(of: chain.steps).first(where: isOriginal),
      feed.steps.countOfOthers(near: chain.steps) <= Self.mostNeighbours
    else { return [] }
    return [
      Tell(
        .chainCopied, .strong,
        "the steps of \(steps.first) ms and \(steps.second) ms are those of '\(feed.names[original.phase])' at line "
          + "\(original.started.line), to the millisecond",
        events: chain.lines + original.lines)
    ]
  }

  private func isOriginal(_ other: KnownChain) -> Bool {
    let chain = claim.chain
    return other.run != chain.run && other.lines.allSatisfy { $0 < chain.firstLine }
      && !(other.tool == chain.tool && other.started.time == chain.s)
  }
}
