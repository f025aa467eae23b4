/// One part of a sweep's plan: which of how many.
package struct Shard: Sendable, Hashable {
  /// The most shards of one plan.
  package static let mostShards = 99_999

  /// From 1, as people and `--shard` count.
  package let number: Int
  /// How many there are.
  package let count: Int

  /// A shard.
  package init(number: Int, count: Int) {
    self.number = number
    self.count = count
  }

  /// What its rows are kept in: `shard-00003-of-00064.jsonl`.
  package var fileName: String { "\(stem).jsonl" }

  /// What its rows are kept in while they are gathered begins with this.
  package var journalPrefix: String { "\(stem)." }

  /// What its journals end with.
  package static let journalEnding = ".part"

  private var stem: String { "shard-\(Self.padded(number))-of-\(Self.padded(count))" }

  /// The shard that a file name claims to hold; nil for other names.
  package init?(fileName: String) {
    guard fileName.hasPrefix("shard-"), fileName.hasSuffix(".jsonl") else { return nil }
    let words = fileName.dropFirst(6).dropLast(6).split(separator: "-", omittingEmptySubsequences: false)
    guard words.count == 3, words[1] == "of", let number = Int(words[0]), let count = Int(words[2]) else { return nil }
    self.init(number: number, count: count)
    guard self.fileName == fileName else { return nil }
  }

  private static func padded(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 5 - digits.utf8.count)) + digits
  }
}

extension Shard: CustomStringConvertible {
  /// `3/64`.
  package var description: String { "\(number)/\(count)" }
}
