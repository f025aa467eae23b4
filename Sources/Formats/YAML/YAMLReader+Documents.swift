extension YAMLReader {
  /// l-yaml-stream: every document of the input.
  mutating func stream() throws(FormatError) -> ValueStream {
    recorder?.add("+STR")
    var roots: [UInt32] = []
    while let root = try document() { roots.append(root) }
    recorder?.add("-STR")
    if let outside = characters.outside { throw YAMLCharacters.failure(bytes.span, outside) }
    return builder.finish(roots: roots)
  }

  /// l-any-document, or nil at the end of the stream.
  private mutating func document() throws(FormatError) -> UInt32? {
    anchors.removeAll(keepingCapacity: true)
    let hasDirectives = try documentPrefix()
    let isExplicit = current == UInt8(ascii: "-") && isAtDocumentMarker
    if !isExplicit {
      if hasDirectives { throw unexpected("'---' after the directives") }
      if isAtEnd { return nil }
    }
    recorder?.add(isExplicit ? "+DOC ---" : "+DOC")
    contentEnd = offset
    if isExplicit {
      offset += 3
      contentEnd = offset
      skipToToken()
    }
    let root = try blockNode()
    guard column == -1 else { throw trailingContent() }
    if !isAtEnd, current == UInt8(ascii: ".") {
      try documentSuffix()
      recorder?.add("-DOC ...")
    } else {
      recorder?.add("-DOC")
    }
    return root
  }

  /// l-document-prefix, stray document ends and directives; true when there were directives.
  private mutating func documentPrefix() throws(FormatError) -> Bool {
    tagPrefixes = [:]
    var hasVersion = false
    var hasDirectives = false
    while true {
      skipToToken()
      if offset == lineStart, startsWithByteOrderMark {
        offset += 3
        lineStart = offset
      } else if startsLine, column == 0, !sawTab, current == UInt8(ascii: "%") {
        try directive(&hasVersion)
        hasDirectives = true
      } else if !hasDirectives, current == UInt8(ascii: "."), isAtDocumentMarker {
        try documentSuffix()
      } else {
        return hasDirectives
      }
    }
  }

  private var startsWithByteOrderMark: Bool {
    current == 0xEF && byte(offset + 1) == 0xBB && byte(offset + 2) == 0xBF
  }

  /// l-document-suffix: `...`, then nothing but a comment.
  private mutating func documentSuffix() throws(FormatError) {
    offset += 3
    try restOfLine("the end of the line after '...'")
  }

  /// Requires that only blanks and a comment stand before the line's end.
  private mutating func restOfLine(_ expected: String) throws(FormatError) {
    let start = offset
    skipBlanks()
    if current == UInt8(ascii: "#"), offset > start { offset = lineEnd(from: offset) }
    guard isAtEnd || isLineEnd(current) else { throw unexpected(expected) }
  }

  /// l-directive: `%YAML`, `%TAG`, and others, which are ignored as the specification asks.
  private mutating func directive(_ hasVersion: inout Bool) throws(FormatError) {
    let start = offset
    let name = word()
    switch String(decoding: bytes[name], as: UTF8.self) {
    case "%YAML":
      if hasVersion {
        throw failure(.unexpected(found: "a second %YAML directive", expected: "'---'"), at: start)
      }
      hasVersion = true
      skipBlanks()
      try version()
    case "%TAG":
      skipBlanks()
      try tagDirective()
    default:
      offset = lineEnd(from: offset)
    }
    try restOfLine("the end of the line after the directive")
  }

  private mutating func version() throws(FormatError) {
    let start = offset
    while isDigit(current) { offset += 1 }
    let major = bytes[start..<offset]
    guard !major.isEmpty, current == UInt8(ascii: "."), isDigit(byte(offset + 1)) else {
      throw failure(.invalid(what: "%YAML directive", expected: "a version such as 1.2"), at: start)
    }
    offset += 1
    while isDigit(current) { offset += 1 }
    guard major.elementsEqual([UInt8(ascii: "1")]) else {
      let found = String(decoding: bytes[start..<offset], as: UTF8.self)
      throw failure(.unsupported(what: "YAML \(found)", hint: "write the document in YAML 1.2"), at: start)
    }
  }

  private mutating func tagDirective() throws(FormatError) {
    let handle = word()
    guard isTagHandle(handle) else {
      throw failure(.invalid(what: "%TAG directive", expected: "a handle such as '!e!'"), at: handle.lowerBound)
    }
    guard tagPrefixes[bytes[handle]] == nil else {
      throw failure(
        .unexpected(found: "a second %TAG directive for '\(text(handle))'", expected: "one for each handle"),
        at: handle.lowerBound)
    }
    skipBlanks()
    let prefix = word()
    guard !prefix.isEmpty, !isFlowIndicator(bytes[prefix.lowerBound]) else {
      throw failure(.invalid(what: "%TAG directive", expected: "a prefix for '\(text(handle))'"), at: offset)
    }
    tagPrefixes[bytes[handle]] = try percentDecoded(prefix)
  }

  /// `!`, `!!` or `!word!`.
  private func isTagHandle(_ range: Range<Int>) -> Bool {
    guard range.count > 0, bytes[range.lowerBound] == UInt8(ascii: "!") else { return false }
    guard range.count > 1 else { return true }
    return bytes[range.upperBound - 1] == UInt8(ascii: "!")
      && bytes[(range.lowerBound + 1)..<(range.upperBound - 1)].allSatisfy(isWordByte)
  }

  /// A run of bytes that are no blanks.
  private mutating func word() -> Range<Int> {
    let start = offset
    while !isBlankOrEnd(current) { offset += 1 }
    return start..<offset
  }
}
