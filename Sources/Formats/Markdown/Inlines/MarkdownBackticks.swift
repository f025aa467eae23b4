/// Finds the backtick runs that close code spans (CommonMark 0.31 section 6.1) in linear time: after the first search
/// without success it is known for each length where its last run stands, so no later search fails slowly.
struct MarkdownBackticks {
  private var lastOfLength: [Int: Int]?

  /// Where the next run of exactly this length begins, or nil when none follows.
  mutating func run(of length: Int, in bytes: [UInt8], from start: Int, before end: Int) -> Int? {
    if let lastOfLength, (lastOfLength[length] ?? -1) < start { return nil }
    var last: [Int: Int] = [:]
    var index = start
    while index < end {
      guard bytes[index] == UInt8(ascii: "`") else {
        index += 1
        continue
      }
      let run = index
      while index < end, bytes[index] == UInt8(ascii: "`") { index += 1 }
      if index - run == length { return run }
      if lastOfLength == nil { last[index - run] = run }
    }
    if lastOfLength == nil { lastOfLength = last }
    return nil
  }
}
