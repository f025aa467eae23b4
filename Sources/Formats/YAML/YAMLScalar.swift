/// A scalar as it was scanned: its content, before it has a meaning.
struct YAMLScalar {
  /// How a scalar is written; the raw value is the suite's sign for it.
  enum Style: String {
    case plain = ":"
    case single = "'"
    case double = "\""
    case literal = "|"
    case folded = ">"
  }

  /// Where it stands, quotes and header included.
  let range: Range<Int>
  /// Where its content is: in the source, or in the builder's scratch area if it had to be made.
  let content: Range<Int>
  let isMade: Bool
  let style: Style
}

extension YAMLReader {
  /// A quoted or plain scalar at the current byte. Its further lines are indented by `indent` at least.
  mutating func scalar(indent: Int, inFlow: Bool) throws(FormatError) -> YAMLScalar {
    switch current {
    case UInt8(ascii: "\""): try doubleQuoted(indent)
    case UInt8(ascii: "'"): try singleQuoted(indent)
    default: try plain(indent, inFlow)
    }
  }
}

/// The next content line of a scalar of several lines.
struct YAMLContinuation {
  /// Where its content begins.
  let content: Int
  /// Where the line begins.
  let line: Int
  /// The line ends since the content before.
  let breaks: Int
}

extension YAMLReader {
  /// Line folding: one line end is a blank, of more than one the first is dropped.
  mutating func appendFolded(_ breaks: Int) {
    if breaks == 1 {
      builder.appendScratch(0x20)
    } else {
      appendLineFeeds(breaks - 1)
    }
  }

  mutating func appendLineFeeds(_ count: Int) {
    for _ in 0..<count { builder.appendScratch(0x0A) }
  }
}
