/// A node that may turn out to be a key of a block mapping.
struct YAMLKeyCandidate {
  let node: UInt32
  let isKey: Bool
}

extension YAMLReader {
  /// A flow node in block context, or the key of a block mapping: the current byte then is the `:`.
  mutating func keyOrScalar(
    indent: Int, outer: YAMLProperties, inner: YAMLProperties
  ) throws(FormatError) -> YAMLKeyCandidate {
    let line = lineStart
    let start = inner.start ?? offset
    switch current {
    case UInt8(ascii: ":") where isIndicator(current):
      return YAMLKeyCandidate(node: try emptyNode(inner), isKey: true)
    case UInt8(ascii: "*"):
      let node = try alias(inner)
      let isKey = try keyFollows(start: start, line: line)
      if !isKey { try refuseProperties(outer) }
      return YAMLKeyCandidate(node: node, isKey: isKey)
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      let slot = recorder?.count
      let isSequence = current == UInt8(ascii: "[")
      let node = try flowCollection(indent: indent)
      let isKey = try keyFollows(start: start, line: line)
      let all = try isKey ? inner : absorbing(inner, into: outer)
      recorder?.fill(slot, isSequence ? "+SEQ []" : "+MAP {}", all)
      return YAMLKeyCandidate(
        node: try finishCollection(node, isSequence ? .sequence : .mapping, all), isKey: isKey)
    default:
      let scanned = try scalar(indent: indent, inFlow: false)
      let isKey = try keyFollows(start: start, line: line)
      let all = try isKey ? inner : absorbing(inner, into: outer)
      return YAMLKeyCandidate(node: try scalarNode(scanned, all), isKey: isKey)
    }
  }

  /// Moves to the `:` that makes a key of what was just read, if there is one.
  private mutating func keyFollows(start: Int, line: Int) throws(FormatError) -> Bool {
    contentEnd = offset
    var index = offset
    while isBlank(byte(index)) { index += 1 }
    guard byte(index) == UInt8(ascii: ":"), isBlankOrEnd(byte(index + 1)) else { return false }
    offset = index
    try checkImplicitKey(start: start, line: line)
    return true
  }

  /// An implicit key stands on one line and has at most 1,024 characters.
  func checkImplicitKey(start: Int, line: Int) throws(FormatError) {
    guard line == lineStart else {
      throw failure(
        .unexpected(
          found: "':' after a text of several lines, from \(position(start))",
          expected: "a key on one line; look at the indentation"), at: offset)
    }
    guard offset - start <= 1024 || bytes[start..<offset].count(where: { $0 & 0xC0 != 0x80 }) <= 1024 else {
      throw failure(.limitExceeded(name: "characters of a key without '?'", limit: 1024), at: start)
    }
  }

  /// A key of a block mapping that is already open.
  mutating func implicitKey(_ indent: Int) throws(FormatError) -> UInt32 {
    if isIndicator(UInt8(ascii: "-")) {
      throw failure(.unexpected(found: "a sequence entry", expected: "the next key of the mapping"), at: offset)
    }
    var inner = YAMLProperties()
    if isPropertyStart {
      inner = try properties(inFlow: false)
      skipBlanks()
    }
    guard !isAtEnd, !isLineEnd(current) else { throw unexpected("a key after the anchor or tag, on its line") }
    let candidate = try keyOrScalar(indent: indent + 1, outer: YAMLProperties(), inner: inner)
    guard candidate.isKey else {
      skipBlanks()
      throw unexpected("':' after the key")
    }
    return candidate.node
  }
}
