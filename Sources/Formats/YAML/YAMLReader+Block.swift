/// Where a block node stands; decides what may stand on the indicator's own line.
enum YAMLBlockRole {
  /// The whole document.
  case root
  /// After `- `.
  case sequenceEntry
  /// After `? `, or after the `: ` that follows one.
  case explicitPart
  /// After `key: `.
  case value

  /// A nested collection may begin on the indicator's line (`- - a`, `- a: b`).
  var allowsCompact: Bool { self == .sequenceEntry || self == .explicitPart }

  /// A sequence may stand as far left as the mapping that it is in.
  var allowsSequenceAtParent: Bool { self == .value || self == .explicitPart }
}

/// A node that may turn out to be the first key of a block mapping.
private struct KeyCandidate {
  let node: UInt32
  let isKey: Bool
}

extension YAMLReader {
  /// s-l+block-node(n, c): the node after an indicator, n being the column of the collection that the indicator is in.
  ///
  /// The reader stands on the next token, and does so again on return.
  mutating func blockNode(parent: Int, role: YAMLBlockRole) throws(FormatError) -> UInt32 {
    var outer = YAMLProperties()
    while true {
      if column <= parent {
        if role.allowsSequenceAtParent, column == parent, column >= 0, !sawTab, isIndicator(UInt8(ascii: "-")) {
          return try blockSequence(at: column, outer)
        }
        return try emptyNode(outer)
      }
      let opening = YAMLOpening(
        column: column, isAllowed: !sawTab && (startsLine || role.allowsCompact), sawTab: sawTab)
      guard isPropertyStart else {
        return try blockContent(parent: parent, opening, outer: outer, inner: YAMLProperties())
      }
      let inner = try properties(inFlow: false)
      skipToToken()
      guard startsLine || column == -1 else {
        return try blockContent(parent: parent, opening, outer: outer, inner: inner)
      }
      try absorb(inner, into: &outer)
    }
  }

  /// The content of a block node. `outer` are properties on lines of their own, which are the whole node's; `inner`
  /// stand on the content's line and are the first key's, if this is a mapping.
  private mutating func blockContent(
    parent: Int, _ opening: YAMLOpening, outer: YAMLProperties, inner: YAMLProperties
  ) throws(FormatError) -> UInt32 {
    switch current {
    case UInt8(ascii: "-") where isIndicator(current):
      try requireOpening(opening, inner, "a block sequence")
      return try blockSequence(at: opening.column, outer)
    case UInt8(ascii: "?") where isIndicator(current):
      try requireOpening(opening, inner, "a block mapping")
      return try blockMapping(at: opening.column, outer, start: offset, firstKey: nil, slot: recorder?.reserve())
    case UInt8(ascii: "|"), UInt8(ascii: ">"):
      var all = outer
      try absorb(inner, into: &all)
      return try blockScalar(parent: parent, all)
    default:
      let slot = recorder?.reserve()
      let start = offset
      let candidate = try keyOrScalar(indent: parent + 1, outer: outer, inner: inner)
      guard candidate.isKey else {
        try requireLineEnd()
        return candidate.node
      }
      try requireOpening(opening, YAMLProperties(), "a block mapping")
      return try blockMapping(at: opening.column, outer, start: start, firstKey: candidate.node, slot: slot)
    }
  }

  private func requireOpening(
    _ opening: YAMLOpening, _ inner: YAMLProperties, _ what: String
  ) throws(FormatError) {
    if opening.isAllowed, inner.isEmpty { return }
    if opening.sawTab {
      throw failure(.unexpected(found: "a tab before \(what)", expected: "spaces"), at: offset)
    }
    if current == UInt8(ascii: ":") {
      throw failure(
        .unexpected(
          found: "': ' where no key can stand", expected: "one key a line; put a value that has ': ' in quotes"),
        at: offset)
    }
    throw failure(
      .unexpected(found: "\(what) behind other content of the line", expected: "it on a line of its own"), at: offset)
  }

  /// A flow node, or the key of a block mapping: the current byte then is the `:`.
  private mutating func keyOrScalar(
    indent: Int, outer: YAMLProperties, inner: YAMLProperties
  ) throws(FormatError) -> KeyCandidate {
    let line = lineStart
    let start = inner.start ?? offset
    switch current {
    case UInt8(ascii: ":") where isIndicator(current):
      return KeyCandidate(node: try emptyNode(inner), isKey: true)
    case UInt8(ascii: "*"):
      let node = try alias(inner)
      let isKey = try keyFollows(start: start, line: line)
      if !isKey { try refuseProperties(outer) }
      return KeyCandidate(node: node, isKey: isKey)
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      let slot = recorder?.count
      let isSequence = current == UInt8(ascii: "[")
      let node = try flowCollection(indent: indent)
      let isKey = try keyFollows(start: start, line: line)
      let all = try isKey ? inner : absorbing(inner, into: outer)
      recorder?.fill(slot, isSequence ? "+SEQ []" : "+MAP {}", all)
      return KeyCandidate(node: try finishCollection(node, isSequence ? .sequence : .mapping, all), isKey: isKey)
    default:
      let scanned = try scalar(indent: indent, inFlow: false)
      let isKey = try keyFollows(start: start, line: line)
      let all = try isKey ? inner : absorbing(inner, into: outer)
      return KeyCandidate(node: try scalarNode(scanned, all), isKey: isKey)
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

  /// l+block-sequence(n).
  private mutating func blockSequence(at indent: Int, _ properties: YAMLProperties) throws(FormatError) -> UInt32 {
    try descend()
    let start = offset
    recorder?.add("+SEQ", properties)
    let mark = builder.open()
    column = indent
    while column == indent, isIndicator(UInt8(ascii: "-")) {
      try refuseTab()
      try step()
      builder.push(try blockNode(parent: indent, role: .sequenceEntry))
    }
    if column > indent { throw badIndentation(of: "sequence", start, indent) }
    ascend()
    recorder?.add("-SEQ")
    return try finishCollection(builder.close(.array, from: mark, start..<contentEnd), .sequence, properties)
  }

  /// l+block-mapping(n). With a first key, the reader stands on the `:` behind it.
  private mutating func blockMapping(
    at indent: Int, _ properties: YAMLProperties, start: Int, firstKey: UInt32?, slot: Int?
  ) throws(FormatError) -> UInt32 {
    try descend()
    recorder?.fill(slot, "+MAP", properties)
    let mark = builder.open()
    column = indent
    sawTab = false
    if let firstKey {
      builder.push(firstKey)
      try implicitValue(indent)
    }
    while column == indent {
      try refuseTab()
      if isIndicator(UInt8(ascii: "?")) {
        try explicitEntry(indent)
      } else {
        builder.push(try implicitKey(indent))
        try implicitValue(indent)
      }
    }
    if column > indent { throw badIndentation(of: "mapping", start, indent) }
    ascend()
    recorder?.add("-MAP")
    return try finishCollection(builder.close(.object, from: mark, start..<contentEnd), .mapping, properties)
  }

  private mutating func implicitKey(_ indent: Int) throws(FormatError) -> UInt32 {
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

  private mutating func implicitValue(_ indent: Int) throws(FormatError) {
    try step()
    builder.push(try blockNode(parent: indent, role: .value))
  }

  /// `? key`, and `: value` if it follows.
  private mutating func explicitEntry(_ indent: Int) throws(FormatError) {
    try step()
    builder.push(try blockNode(parent: indent, role: .explicitPart))
    guard column == indent, isIndicator(UInt8(ascii: ":")) else {
      builder.push(try emptyNode(YAMLProperties()))
      return
    }
    try refuseTab()
    try step()
    builder.push(try blockNode(parent: indent, role: .explicitPart))
  }

  /// Moves over an indicator to the token after it.
  private mutating func step() throws(FormatError) {
    offset += 1
    contentEnd = offset
    skipToToken()
  }

  /// After a flow node in block context: nothing but a comment may stand on its last line.
  private mutating func requireLineEnd() throws(FormatError) {
    skipToToken()
    guard startsLine || column == -1 else { throw trailingContent() }
  }
}

/// Whether a block collection may begin at a token, and at which column.
struct YAMLOpening {
  let column: Int
  let isAllowed: Bool
  let sawTab: Bool
}
