extension MarkdownInlineParser {
  /// Notes a `[` or `![`, which is text until its closing bracket makes more of it.
  mutating func openBracket(isImage: Bool) {
    if !brackets.isEmpty { brackets[brackets.count - 1].holdsBracket = true }
    inactiveBelow = min(inactiveBelow, brackets.count)
    let inside = position + (isImage ? 2 : 1)
    brackets.append(
      Bracket(token: tokens.count, inside: inside, isImage: isImage, delimiter: lastDelimiter))
    take(.text, upTo: inside)
  }

  /// The procedure "look for link or image" of the specification's appendix.
  mutating func closeBracket() {
    let close = position
    guard let opener = brackets.popLast() else { return take(.text, upTo: close + 1) }
    let isInactive = !opener.isImage && brackets.count < inactiveBelow
    guard !isInactive, let found = target(behind: close, opener) else { return take(.text, upTo: close + 1) }
    matchEmphasis(above: opener.delimiter)
    tokens[opener.token].kind = opener.isImage ? .imageStart(targets.count) : .linkStart(targets.count)
    targets.append(found.target)
    take(.linkEnd, upTo: found.next)
    if !opener.isImage { inactiveBelow = brackets.count }
  }

  private func target(
    behind close: Int, _ opener: Bracket
  ) -> (target: MarkdownReferences.Target, next: Int)? {
    if let inline = inlineTarget(at: close + 1) { return inline }
    guard !references.isEmpty else { return nil }
    let label = MarkdownLinkSyntax.label(in: contents, at: close + 1, before: end)
    if let label, !label.isEmpty {
      return references.target(in: contents, label).map { ($0, label.upperBound + 1) }
    }
    guard !opener.holdsBracket else { return nil }
    let next = label.map { $0.upperBound + 1 } ?? close + 1
    return references.target(in: contents, opener.inside..<close).map { ($0, next) }
  }

  /// `(destination "title")`.
  private func inlineTarget(at start: Int) -> (target: MarkdownReferences.Target, next: Int)? {
    guard start < end, contents[start] == UInt8(ascii: "(") else { return nil }
    let first = MarkdownLinkSyntax.skipSpace(in: contents, at: start + 1, before: end)
    guard let destination = MarkdownLinkSyntax.destination(in: contents, at: first, before: end) else { return nil }
    var next = MarkdownLinkSyntax.skipSpace(in: contents, at: destination.next, before: end)
    var title: Range<Int>?
    if next > destination.next, let found = MarkdownLinkSyntax.title(in: contents, at: next, before: end) {
      title = found.text
      next = MarkdownLinkSyntax.skipSpace(in: contents, at: found.next, before: end)
    }
    guard next < end, contents[next] == UInt8(ascii: ")") else { return nil }
    let target = MarkdownReferences.Target(
      destination: MarkdownText.resolved(contents, destination.text),
      title: title.map { MarkdownText.resolved(contents, $0) } ?? "")
    return (target, next + 1)
  }
}
