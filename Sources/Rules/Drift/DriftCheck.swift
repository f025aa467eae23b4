/// Whether something is still alive: the age of the newest activity and of the newest heartbeat against their thresholds
/// (drift rules).
package struct DriftCheck: Sendable, Hashable {
  /// How old a sign of life may be, in seconds.
  package struct Thresholds: Sendable, Hashable {
    /// Of the newest activity.
    package var idle: Int64 = 900
    /// Of the newest heartbeat.
    package var heartbeat: Int64 = 120

    /// The usual thresholds.
    package init() {}
  }

  /// One sign of life.
  package struct Pulse: Sendable, Hashable {
    /// When it was last seen; nil when it never was, or when the feed says nothing.
    package let last: EventTime?
    /// Whole seconds from then to now, cut towards zero; negative when it lies in the future.
    package let ageSeconds: Int64?
    /// How many seconds are allowed.
    package let thresholdSeconds: Int64
    /// Seen, and not longer ago than allowed.
    package let isFresh: Bool

    init(_ last: EventTime?, thresholdSeconds: Int64, nowMicroseconds: Int64) {
      let age = last.map { (nowMicroseconds - $0.microseconds) / 1_000_000 }
      self.last = last
      self.thresholdSeconds = thresholdSeconds
      ageSeconds = age
      isFresh = age.map { $0 <= thresholdSeconds } ?? false
    }
  }

  /// Why there is no answer: exit status 4.
  package enum Failure: Sendable, Hashable {
    /// The feed is absent or cannot be read.
    case feedUnreadable
    /// A line of the feed is no JSON object.
    case feedMalformed
    /// The report could not be written.
    case reportNotWritten
    /// Paths or thresholds cannot be used; the kind is the monitor's own word for it.
    case settings(kind: String)

    /// The codes, as reports list them.
    var codes: [String] {
      switch self {
      case .feedUnreadable: ["error.log_missing_or_unreadable"]
      case .feedMalformed: ["error.log_parse_failure"]
      case .reportNotWritten: ["error.artifact_write_failure"]
      case .settings(let kind): ["error.log_missing_or_unreadable", "error.internal:\(kind)"]
      }
    }
  }

  /// The newest activity.
  package let idle: Pulse
  /// The newest heartbeat.
  package let heartbeat: Pulse
  /// Why there is no answer; empty when there is one.
  package private(set) var failures: [Failure] = []

  /// Judges what a feed showed.
  ///
  /// - Parameter nowMicroseconds: microseconds since 1970.
  package init(_ seen: DriftScanner, _ thresholds: Thresholds, nowMicroseconds: Int64) {
    idle = Pulse(seen.newestActivity, thresholdSeconds: thresholds.idle, nowMicroseconds: nowMicroseconds)
    heartbeat = Pulse(seen.newestHeartbeat, thresholdSeconds: thresholds.heartbeat, nowMicroseconds: nowMicroseconds)
  }

  /// No answer: nothing is known about the feed.
  package init(failure: Failure, _ thresholds: Thresholds) {
    self.init(DriftScanner(), thresholds, nowMicroseconds: 0)
    failures = [failure]
  }

  /// The same check, of which no record could be kept.
  package func failing(_ failure: Failure) -> DriftCheck {
    var check = self
    check.failures.append(failure)
    return check
  }

  /// What is stale or went wrong, sorted, each once.
  package var missing: [String] {
    var codes = failures.flatMap(\.codes)
    let isFeedKnown = !failures.contains { $0 != .reportNotWritten }
    if isFeedKnown, !idle.isFresh { codes.append("idle.system.stale") }
    if isFeedKnown, !heartbeat.isFresh { codes.append("drift.heartbeat.stale") }
    return Set(codes).sorted()
  }

  /// 4 without an answer, 2 when something is stale, else 0.
  package var exitStatus: ExitStatus {
    if !failures.isEmpty { return .noVerdict }
    return idle.isFresh && heartbeat.isFresh ? .clean : .incomplete
  }
}

extension EventTime {
  /// Microseconds since 1970; what is finer is cut off. In range, for the years of an `EventTime` have four digits.
  package var microseconds: Int64 { seconds * 1_000_000 + Int64(nanoseconds) / 1_000 }
}
