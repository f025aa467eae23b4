extension YAMLReader {
  /// s-l+block-node(-1, block-in): the content of a document.
  ///
  /// The reader stands on the next token, and does so again on return.
  mutating func blockNode() throws(FormatError) -> UInt32 {
    var step = YAMLBlockStep.node(parent: -1, .root)
    while true {
      switch step {
      case .node(let parent, let role): step = try readBlockNode(parent, role)
      case .entry: step = try readBlockEntry()
      case .deliver(let node):
        guard let level = blockLevels.last else { return node }
        step = try deliver(node, to: level)
      }
    }
  }

  /// s-l+block-node(n, c): properties, then content; nothing at all is null.
  private mutating func readBlockNode(_ parent: Int, _ role: YAMLBlockRole) throws(FormatError) -> YAMLBlockStep {
    var outer = YAMLProperties()
    while true {
      if column <= parent {
        if role.allowsSequenceAtParent, column == parent, column >= 0, !sawTab, isIndicator(UInt8(ascii: "-")) {
          return try openSequence(at: column, outer)
        }
        return .deliver(try emptyNode(outer))
      }
      let opening = YAMLOpening(
        column: column, isAllowed: !sawTab && (startsLine || role.allowsCompact), sawTab: sawTab)
      guard isPropertyStart else {
        return try readContent(parent, opening, outer: outer, inner: YAMLProperties())
      }
      let inner = try properties(inFlow: false)
      skipToToken()
      guard startsLine || column == -1 else {
        return try readContent(parent, opening, outer: outer, inner: inner)
      }
      try absorb(inner, into: &outer)
    }
  }

  /// The content of a block node. `outer` are properties on lines of their own, which are the whole node's; `inner`
  /// stand on the content's line and are the first key's, if this is a mapping.
  private mutating func readContent(
    _ parent: Int, _ opening: YAMLOpening, outer: YAMLProperties, inner: YAMLProperties
  ) throws(FormatError) -> YAMLBlockStep {
    switch current {
    case UInt8(ascii: "-") where isIndicator(current):
      try requireOpening(opening, inner, "a block sequence")
      return try openSequence(at: opening.column, outer)
    case UInt8(ascii: "?") where isIndicator(current):
      try requireOpening(opening, inner, "a block mapping")
      try openMapping(at: opening.column, outer, start: offset, slot: recorder?.reserve())
      return .entry
    case UInt8(ascii: "|"), UInt8(ascii: ">"):
      return .deliver(try blockScalar(parent: parent, absorbing(inner, into: outer)))
    default:
      let slot = recorder?.reserve()
      let start = offset
      let candidate = try keyOrScalar(indent: parent + 1, outer: outer, inner: inner)
      guard candidate.isKey else {
        skipToToken()
        guard startsLine || column == -1 else { throw trailingContent() }
        return .deliver(candidate.node)
      }
      try requireOpening(opening, YAMLProperties(), "a block mapping")
      try openMapping(at: opening.column, outer, start: start, slot: slot)
      return valueStep(after: candidate.node, opening.column)
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

  /// l+block-sequence(n).
  private mutating func openSequence(
    at indent: Int, _ properties: YAMLProperties
  ) throws(FormatError) -> YAMLBlockStep {
    try descend()
    recorder?.add("+SEQ", properties)
    blockLevels.append(
      YAMLBlockLevel(kind: .sequence, indent: indent, start: offset, mark: builder.open(), properties: properties))
    column = indent
    sawTab = false
    return .entry
  }

  /// l+block-mapping(n).
  private mutating func openMapping(
    at indent: Int, _ properties: YAMLProperties, start: Int, slot: Int?
  ) throws(FormatError) {
    try descend()
    recorder?.fill(slot, "+MAP", properties)
    blockLevels.append(
      YAMLBlockLevel(kind: .mapping, indent: indent, start: start, mark: builder.open(), properties: properties))
    column = indent
    sawTab = false
  }

  private mutating func readBlockEntry() throws(FormatError) -> YAMLBlockStep {
    guard let level = blockLevels.last else { return .node(parent: -1, .root) }
    guard column == level.indent else { return try close(level) }
    try refuseTab()
    switch level.kind {
    case .sequence:
      guard isIndicator(UInt8(ascii: "-")) else { return try close(level) }
      stepOver()
      return .node(parent: level.indent, .sequenceEntry)
    case .mapping where isIndicator(UInt8(ascii: "?")):
      stepOver()
      blockLevels[blockLevels.count - 1].expectsExplicitKey = true
      return .node(parent: level.indent, .explicitPart)
    case .mapping:
      return valueStep(after: try implicitKey(level.indent), level.indent)
    }
  }

  private mutating func close(_ level: YAMLBlockLevel) throws(FormatError) -> YAMLBlockStep {
    if column > level.indent { throw badIndentation(level) }
    ascend()
    blockLevels.removeLast()
    switch level.kind {
    case .sequence:
      recorder?.add("-SEQ")
      let node = builder.close(.array, from: level.mark, level.start..<contentEnd)
      return .deliver(try finishCollection(node, .sequence, level.properties))
    case .mapping:
      recorder?.add("-MAP")
      let node = builder.close(.object, from: level.mark, level.start..<contentEnd)
      return .deliver(try finishCollection(node, .mapping, level.properties))
    }
  }

  /// The reader stands on the token after the node: the `: ` of an explicit key, or the next entry.
  private mutating func deliver(_ node: UInt32, to level: YAMLBlockLevel) throws(FormatError) -> YAMLBlockStep {
    builder.push(node)
    guard level.expectsExplicitKey else { return .entry }
    blockLevels[blockLevels.count - 1].expectsExplicitKey = false
    guard column == level.indent, isIndicator(UInt8(ascii: ":")) else {
      builder.push(try emptyNode(YAMLProperties()))
      return .entry
    }
    try refuseTab()
    stepOver()
    return .node(parent: level.indent, .explicitPart)
  }

  /// The reader stands on the `:` behind a key.
  private mutating func valueStep(after key: UInt32, _ indent: Int) -> YAMLBlockStep {
    builder.push(key)
    stepOver()
    return .node(parent: indent, .value)
  }

  /// Moves over an indicator to the token after it.
  private mutating func stepOver() {
    offset += 1
    contentEnd = offset
    skipToToken()
  }
}
