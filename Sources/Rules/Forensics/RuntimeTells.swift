/// A runtime that was not there (FORENSICS_RULES section 4, "Runtime").
struct RuntimeTells {
  let feed: ForensicFeed
  let claim: ForensicClaim

  var all: [Tell] {
    guard claim.chain.s <= claim.chain.v else { return [] }
    let range = claim.chain.s...claim.chain.v
    let around = feed.heartbeats.pulses.filter { $0.value.surrounds(range) }
    if let own = feed.heartbeats.pulses[claim.chain.tool] {
      guard own.surrounds(range), own.isSilent(range) else { return [] }
      return [tell(.strong, "'\(claim.tool)' itself sent no heartbeat", own.gap)]
    }
    guard !feed.heartbeats.beating.contains(claim.chain.tool), !around.isEmpty,
      around.values.allSatisfy({ $0.isSilent(range) })
    else { return [] }
    let widest = around.values.map(\.gap).min() ?? Lapse.skew
    return [tell(.weak, "none of \(around.count) tool(s) with heartbeats before and after sent one", widest)]
  }

  private func tell(_ strength: Tell.Strength, _ text: String, _ gap: Int64) -> Tell {
    Tell(
      .heartbeatSilent, strength,
      "\(text) from \(Lapse.seconds(gap)) before the chain to \(Lapse.seconds(gap)) after it",
      events: claim.chain.lines)
  }
}
