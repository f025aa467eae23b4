extension MarkdownInlineParser {
  /// Reads what begins with `<`: an address in angle brackets, raw HTML, or text.
  mutating func angleBracket() {
    if let close = addressEnd() {
      return takeAddress(upTo: close)
    }
    if let next = rawHTML() {
      take(.html, upTo: next)
    } else {
      take(.text, upTo: position + 1)
    }
  }

  private mutating func takeAddress(upTo close: Int) {
    let inside = (position + 1)..<close
    let text = String(decoding: contents[inside], as: UTF8.self)
    let isMail = mailEnd(from: inside.lowerBound) == close
    targets.append(MarkdownReferences.Target(destination: isMail ? "mailto:" + text : text, title: ""))
    take(.linkStart(targets.count - 1), upTo: inside.lowerBound)
    take(.text, upTo: close)
    take(.linkEnd, upTo: close + 1)
  }

  /// The closing bracket of an address in angle brackets (CommonMark 0.31 section 6.5).
  private func addressEnd() -> Int? {
    guard let stop = locatorEnd(from: position + 1) ?? mailEnd(from: position + 1) else { return nil }
    return stop < end && contents[stop] == UInt8(ascii: ">") ? stop : nil
  }

  /// A scheme of 2 to 32 characters, a colon, and no blanks, control characters or angle brackets.
  private func locatorEnd(from first: Int) -> Int? {
    guard first < end, MarkdownCharacters.isLetter(contents[first]) else { return nil }
    var index = first + 1
    while index < end, index - first <= 32, isSchemePart(contents[index]) { index += 1 }
    guard (2...32).contains(index - first), index < end, contents[index] == UInt8(ascii: ":") else { return nil }
    while index < end, contents[index] > 0x20, contents[index] != 0x7F, contents[index] != UInt8(ascii: "<"),
      contents[index] != UInt8(ascii: ">")
    {
      index += 1
    }
    return index
  }

  private func isSchemePart(_ byte: UInt8) -> Bool {
    MarkdownCharacters.isAlphanumeric(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
      || byte == UInt8(ascii: "-")
  }

  /// The end of an e-mail address as HTML5 defines it.
  private func mailEnd(from first: Int) -> Int? {
    var index = first
    while index < end, isMailPart(contents[index]) { index += 1 }
    guard index > first, index < end, contents[index] == UInt8(ascii: "@") else { return nil }
    repeat {
      let label = index + 1
      index = label
      while index < end, MarkdownCharacters.isAlphanumeric(contents[index]) || contents[index] == UInt8(ascii: "-") {
        index += 1
      }
      guard (1...63).contains(index - label), contents[label] != UInt8(ascii: "-"),
        contents[index - 1] != UInt8(ascii: "-")
      else { return nil }
    } while index < end && contents[index] == UInt8(ascii: ".")
    return index
  }

  private func isMailPart(_ byte: UInt8) -> Bool {
    guard !MarkdownCharacters.isAlphanumeric(byte) else { return true }
    return switch byte {
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"),
      UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "/"),
      UInt8(ascii: "="), UInt8(ascii: "?"), UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"),
      UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"), UInt8(ascii: "~"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// The offset behind raw HTML (CommonMark 0.31 section 6.6).
  private mutating func rawHTML() -> Int? {
    guard position + 1 < end else { return nil }
    switch contents[position + 1] {
    case UInt8(ascii: "/"): return MarkdownHTMLSyntax.closingTag(in: contents, at: position, before: end)
    case UInt8(ascii: "?"): return terminated(by: "?>", from: position + 2)
    case UInt8(ascii: "!"): return markupDeclaration()
    default: return MarkdownHTMLSyntax.openTag(in: contents, at: position, before: end)
    }
  }

  private mutating func markupDeclaration() -> Int? {
    func begins(with prefix: String) -> Bool {
      MarkdownHTMLSyntax.hasPrefix(Array(prefix.utf8), in: contents, at: position, before: end)
    }
    if begins(with: "<!-->") { return position + 5 }
    if begins(with: "<!--->") { return position + 6 }
    if begins(with: "<!--") { return terminated(by: "-->", from: position + 4) }
    if begins(with: "<![CDATA[") { return terminated(by: "]]>", from: position + 9) }
    guard position + 2 < end, MarkdownCharacters.isLetter(contents[position + 2]) else { return nil }
    return terminated(by: ">", from: position + 3)
  }

  /// A terminator that did not follow here follows nowhere later either; without that memory, many unfinished
  /// comments would each be read to the end.
  private mutating func terminated(by terminator: String, from first: Int) -> Int? {
    let terminator = Array(terminator.utf8)
    guard !missingTerminators.contains(terminator) else { return nil }
    if let next = MarkdownHTMLSyntax.find(terminator, in: contents, at: first, before: end) { return next }
    missingTerminators.insert(terminator)
    return nil
  }
}
