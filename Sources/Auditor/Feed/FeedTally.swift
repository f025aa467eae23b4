import Formats
import Rules

/// Counts the events of a feed by two of their fields, on one thread: what reading JSON Lines costs by itself, every byte
/// checked, four fields found, nothing judged and nothing hashed. For benchmarks.
package struct FeedTally: Sendable {
  private static let keys = ["phase_id", "action", "ts", "run_id"]

  /// How many events have these values, in the order of first mention.
  package private(set) var counts: [(phase: String, action: String, count: Int)] = []

  /// Counts.
  ///
  /// - Throws: `FileError`; and `DoDError` at the first line that is no object with both fields as plain text.
  package init(_ path: String) throws {
    var feed = try LineBlocks(path, isHashed: false)
    var scanner = JSONFieldScanner(keys: Self.keys)
    var (phases, actions) = (FeedNames(), FeedNames())
    var table: [Int] = []
    var line = 0
    while try feed.advance() {
      let bytes = feed.buffer.span.extracting(feed.lines)
      var start = 0
      while start < bytes.count {
        line += 1
        guard scanner.scanLine(of: bytes, from: start) == .object, let phase = scanner[0]?.plainText,
          let action = scanner[1]?.plainText, scanner[2] != nil, scanner[3] != nil
        else { throw DoDError.unreadable(Location(path: path, line: line), "no event with \(Self.keys)") }
        let place = phases.intern(bytes, phase) * Self.mostActions + actions.intern(bytes, action)
        guard actions.count <= Self.mostActions else {
          throw DoDError.unreadable(Location(path: path, line: line), "more than \(Self.mostActions) actions")
        }
        while table.count <= place { table.append(0) }
        table[place] += 1
        start = scanner.nextLine
      }
    }
    for place in table.indices where table[place] > 0 {
      counts.append((phases[place / Self.mostActions], actions[place % Self.mostActions], table[place]))
    }
  }

  /// Feeds for benchmarks have fewer.
  private static let mostActions = 64
}
