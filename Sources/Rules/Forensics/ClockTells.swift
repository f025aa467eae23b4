/// Times that were computed instead of read from a clock (FORENSICS_RULES section 4, "Clock").
struct ClockTells {
  let feed: ForensicFeed
  let claim: ForensicClaim

  private var chain: DecidingChain { claim.chain }

  var all: [Tell] { [cadence, constantSteps, equalSteps, residue, wholeSeconds, duration].compactMap { $0 } + clocks }

  // MARK: uniform-cadence

  private static let fewestWholeSeconds = 30
  private static let leastEqualStep = 100 * Lapse.millisecond
  private static let fewestConstant = 3
  private static let longestConstant = 500 * Lapse.millisecond

  private var cadence: Tell? {
    guard let stretch = feed.tools.cadence(of: chain), stretch.hasSeveralRuns else { return nil }
    let isWeak = stretch.isWholeSeconds && stretch.places.count < Self.fewestWholeSeconds
    return Tell(
      .uniformCadence, isWeak ? .weak : .strong,
      "\(stretch.places.count) events of '\(claim.tool)' in exact steps of \(Lapse.milliseconds(stretch.value))"
        + (stretch.isWholeSeconds ? ", all on whole seconds" : ""),
      events: lines(stretch.places))
  }

  private var equalSteps: Tell? {
    let steps = chain.steps
    guard steps.first == steps.second, steps.first >= Self.leastEqualStep else { return nil }
    return Tell(
      .uniformCadence, .weak, "both steps of the chain take exactly \(Lapse.milliseconds(steps.first))",
      events: chain.lines)
  }

  private var constantSteps: Tell? {
    let steps = chain.steps
    guard steps.first > 0, steps.second > 0, steps.sum < Self.longestConstant else { return nil }
    let known = feed.known(byTool: chain.tool)
    guard known.count >= Self.fewestConstant, known.allSatisfy({ $0.steps == steps }) else { return nil }
    return Tell(
      .uniformCadence, .weak,
      "all \(known.count) chains of '\(claim.tool)' take exactly \(Lapse.milliseconds(steps.first)) and "
        + Lapse.milliseconds(steps.second),
      events: shown(known.flatMap(\.lines)))
  }

  // MARK: timestamps-round

  private static let fewestTimes = 4
  private static let fewestOfOthers = 10

  private var residue: Tell? {
    guard let stretch = feed.tools.residue(of: chain), stretch.hasSeveralRuns,
      stretch.differentTimes >= Self.fewestTimes
    else { return nil }
    return Tell(
      .timestampsRound, .strong,
      "\(stretch.places.count) events of '\(claim.tool)' in a row end in the same \(Lapse.milliseconds(stretch.value)) "
        + "of their second, at \(stretch.differentTimes) different times",
      events: lines(stretch.places))
  }

  private var wholeSeconds: Tell? {
    guard chain.events.allSatisfy({ $0.time % Lapse.second == 0 }) else { return nil }
    var (count, whole) = (0, 0)
    for (tool, tally) in feed.tallies where tool != chain.tool && tool != NameTable.none {
      count += tally.epochCount
      whole += tally.wholeSecondCount
    }
    guard count >= Self.fewestOfOthers, (count - whole) * 5 >= count * 4 else { return nil }
    return Tell(
      .timestampsRound, .weak,
      "all three times are whole seconds, while \(count - whole) of \(count) events of other tools are not",
      events: chain.lines)
  }

  // MARK: zero-duration

  private var duration: Tell? {
    let stated = claim.contents.compactMap { file, content in content.longestDuration.map { (file, $0) } }
    guard let longest = stated.map(\.1).max(), longest >= Lapse.second else { return nil }
    let length = chain.v - chain.s
    guard length < longest / 10 else { return nil }
    return Tell(
      .zeroDuration, .weak,
      "the evidence states a duration of \(Lapse.milliseconds(longest)), the chain spans \(Lapse.milliseconds(length))",
      events: chain.lines, paths: stated.filter { $0.1 == longest }.map(\.0.raw))
  }

  // MARK: clock-disagreement

  private var clocks: [Tell] {
    chain.events.compactMap { event in
      guard let gap = event.clockGap, abs(gap) > Lapse.skew else { return nil }
      let tally = feed.tallies[event.tool] ?? ToolTally()
      let isArrival = tally.clockCount > 0 && tally.lateClockCount == tally.clockCount
      let isZone = Self.isZone(gap)
      return Tell(
        .clockDisagreement, isArrival || isZone ? .weak : .strong,
        "ts_utc and ts_epoch_ms of one event differ by \(Lapse.seconds(abs(gap)))"
          + (isArrival ? ", as on every event of '\(feed.names[event.tool])'" : isZone ? ", as zones do" : ""),
        events: [event.line])
    }
  }

  private static let zoneStep = 15 * Lapse.minute
  private static let zoneTolerance = 2 * Lapse.second
  private static let widestZone = 14 * Lapse.hour

  /// Within two seconds of a multiple of a quarter of an hour, up to fourteen hours.
  static func isZone(_ gap: Int64) -> Bool {
    let gap = abs(gap)
    let rest = gap % zoneStep
    return gap <= widestZone + zoneTolerance && min(rest, zoneStep - rest) <= zoneTolerance
  }

  // MARK: what tells point at

  private func lines(_ places: [Int]) -> [Int] { shown(places.map { feed.lifecycle[$0].line }) }

  /// The lines nearest to the chain where there are too many to point at.
  private func shown(_ lines: [Int]) -> [Int] {
    guard lines.count > ForensicLimits.lines else { return lines }
    let middle = chain.completed.line
    return chain.lines + lines.sorted { abs($0 - middle) < abs($1 - middle) }.prefix(ForensicLimits.lines - 3)
  }
}
