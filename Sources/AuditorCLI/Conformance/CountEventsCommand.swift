import Auditor
import Formats
import Rules

extension Command {
  /// What reading a feed costs by itself; `make bench-jsonl` compares it. Not for people, so it is hidden.
  static let countEvents = Command(
    ["count-events"], summary: "Count events by phase and action",
    description: "Reads JSON Lines strictly, on one thread, and prints PHASE ACTION COUNT for each pair.",
    operands: .one("FEED"), isHidden: true
  ) { arguments, console in
    let counts = try FeedTally(arguments.operands[0]).counts
    let lines = counts.map { "\($0.phase) \($0.action) \($0.count)" }.sorted()
    console.print(lines.joined(separator: "\n"))
    return .clean
  }
}
