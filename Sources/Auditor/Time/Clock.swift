package import Formats
import Glibc

/// The one place that reads the clock; everything else gets times as values, so that runs can be replayed.
package enum Clock {
  /// What SOURCE_DATE_EPOCH says, else now.
  package static func now(environment: [String: String]) -> Timestamp {
    if let text = environment["SOURCE_DATE_EPOCH"], let seconds = Int64(text), seconds >= 0, seconds < 1 << 40 {
      return Timestamp(milliseconds: seconds * 1000)
    }
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }
}
