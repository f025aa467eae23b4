/// The link reference definitions of a document (CommonMark 0.31 section 4.7). Of equal labels the first counts.
struct MarkdownReferences {
  /// What a label stands for, escapes and character references resolved.
  struct Target: Sendable {
    let destination: String
    let title: String
  }

  private var targets: [[UInt8]: Target] = [:]

  /// Whether no label is defined, so that none needs to be looked up.
  var isEmpty: Bool { targets.isEmpty }

  /// The target of a label (without its brackets), or nil when it is not defined or no label.
  func target(in bytes: [UInt8], _ label: Range<Int>) -> Target? {
    guard !targets.isEmpty, let key = MarkdownLinkSyntax.key(in: bytes, label) else { return nil }
    return targets[key]
  }

  /// Reads one definition at the beginning of the range.
  ///
  /// - Returns: where the text behind the definition begins, or nil when none stands there.
  mutating func define(in bytes: [UInt8], _ range: Range<Int>) -> Int? {
    let end = range.upperBound
    guard let label = MarkdownLinkSyntax.label(in: bytes, at: range.lowerBound, before: end),
      label.upperBound + 1 < end, bytes[label.upperBound + 1] == UInt8(ascii: ":"),
      let key = MarkdownLinkSyntax.key(in: bytes, label)
    else { return nil }
    let start = MarkdownLinkSyntax.skipSpace(in: bytes, at: label.upperBound + 2, before: end)
    guard let destination = MarkdownLinkSyntax.destination(in: bytes, at: start, before: end),
      destination.next > start
    else { return nil }
    var next = endOfLine(in: bytes, at: destination.next, before: end)
    var title: Range<Int>?
    let gap = MarkdownLinkSyntax.skipSpace(in: bytes, at: destination.next, before: end)
    if gap > destination.next, let found = MarkdownLinkSyntax.title(in: bytes, at: gap, before: end),
      let behind = endOfLine(in: bytes, at: found.next, before: end)
    {
      next = behind
      title = found.text
    }
    guard let next else { return nil }
    if targets[key] == nil {
      targets[key] = Target(
        destination: MarkdownText.resolved(bytes, destination.text),
        title: title.map { MarkdownText.resolved(bytes, $0) } ?? "")
    }
    return next
  }

  /// Where the next line begins, or nil when more than blanks is left on this one.
  private func endOfLine(in bytes: [UInt8], at start: Int, before end: Int) -> Int? {
    var index = start
    while index < end, MarkdownCharacters.isBlank(bytes[index]) { index += 1 }
    if index == end { return end }
    return bytes[index] == UInt8(ascii: "\n") ? index + 1 : nil
  }
}
