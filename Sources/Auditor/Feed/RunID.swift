package import Formats

/// Names of runs.
package enum RunID {
  /// A new ULID: sorts by time, and no two runs share one.
  ///
  /// - Throws: `FormatError` for a clock beyond the year 10889 or before 1970.
  package static func make(at time: ReportTime) throws(FormatError) -> ULID {
    var source = SystemRandomNumberGenerator()
    let randomness = (0..<ULID.randomnessByteCount).map { _ in UInt8.random(in: 0...255, using: &source) }
    return try ULID(milliseconds: time.timestamp.milliseconds, randomness: randomness.span)
  }
}
