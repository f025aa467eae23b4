extension YAMLReader {
  /// c-flow-sequence or c-flow-mapping at `[` or `{`; the caller finishes it with its properties and records how it
  /// begins. Lines must be indented by `indent`, which is one more than the block that the collection is in.
  mutating func flowCollection(indent: Int) throws(FormatError) -> UInt32 {
    flowIndent = indent
    var step = try openBracket(YAMLProperties())
    while true {
      switch step {
      case .entry: step = try readFlowEntry()
      case .node: step = try readFlowNode()
      case .deliver(let node): step = try deliver(node)
      case .finished(let node): return node
      }
    }
  }

  private mutating func openBracket(_ properties: YAMLProperties) throws(FormatError) -> YAMLFlowStep {
    try descend()
    let isSequence = current == UInt8(ascii: "[")
    flowLevels.append(
      YAMLFlowLevel(
        kind: isSequence ? .sequence : .mapping, start: offset, mark: builder.open(), properties: properties,
        slot: recorder?.reserve(), expected: isSequence ? .item : .key))
    try advance()
    return .entry
  }

  private mutating func closeBracket() throws(FormatError) -> YAMLFlowStep {
    let level = flowLevels.removeLast()
    let isSequence = level.kind == .sequence
    offset += 1
    contentEnd = offset
    ascend()
    recorder?.add(isSequence ? "-SEQ" : "-MAP")
    let node = builder.close(isSequence ? .array : .object, from: level.mark, level.start..<offset)
    guard !flowLevels.isEmpty else { return .finished(node) }
    recorder?.fill(level.slot, isSequence ? "+SEQ []" : "+MAP {}", level.properties)
    let finished = try finishCollection(node, isSequence ? .sequence : .mapping, level.properties)
    return .deliver(YAMLFlowNode(node: finished, isJSONLike: true))
  }

  /// ns-flow-seq-entry or ns-flow-map-entry, at the token after `[`, `{` or `,`.
  private mutating func readFlowEntry() throws(FormatError) -> YAMLFlowStep {
    let last = flowLevels.count - 1
    let isSequence = flowLevels[last].kind == .sequence
    if isAtClosingBracket { return try closeBracket() }
    flowLevels[last].expected = isSequence ? .item : .key
    if isSequence { flowLevels[last].entry = (offset, lineStart, recorder?.reserve()) }
    guard isIndicator(UInt8(ascii: "?")) else { return .node }
    if isSequence { try openPair() }
    try advance()
    return try nodeStep()
  }

  /// At the token after a finished node: the `:` of a key, or the end of the entry.
  private mutating func deliver(_ node: YAMLFlowNode) throws(FormatError) -> YAMLFlowStep {
    try skipInFlow()
    let last = flowLevels.count - 1
    switch flowLevels[last].expected {
    case .item where isValueIndicator(after: node):
      try checkImplicitKey(start: flowLevels[last].entry.start, line: flowLevels[last].entry.line)
      try openPair()
      return try deliverKey(node)
    case .item:
      builder.push(node.node)
    case .key: return try deliverKey(node)
    case .value:
      builder.push(node.node)
      if flowLevels[last].kind == .pair { closePair() }
    }
    if isAtClosingBracket { return .entry }
    guard current == UInt8(ascii: ",") else {
      throw unexpected(flowLevels.last?.kind == .sequence ? "',' or ']'" : "',' or '}'")
    }
    try advance()
    return .entry
  }

  private mutating func deliverKey(_ key: YAMLFlowNode) throws(FormatError) -> YAMLFlowStep {
    builder.push(key.node)
    flowLevels[flowLevels.count - 1].expected = .value
    guard isValueIndicator(after: key) else { return try emptyStep() }
    try advance()
    return try nodeStep()
  }

  private mutating func openPair() throws(FormatError) {
    let entry = flowLevels[flowLevels.count - 1].entry
    recorder?.fill(entry.slot, "+MAP {}")
    try descend()
    flowLevels.append(
      YAMLFlowLevel(
        kind: .pair, start: entry.start, mark: builder.open(), properties: YAMLProperties(), slot: nil, expected: .key))
  }

  private mutating func closePair() {
    let level = flowLevels.removeLast()
    recorder?.add("-MAP")
    ascend()
    let node = builder.close(.object, from: level.mark, level.start..<contentEnd)
    builder.push(node)
  }

  /// ns-flow-node(n, flow-in).
  private mutating func readFlowNode() throws(FormatError) -> YAMLFlowStep {
    var all = YAMLProperties()
    while isPropertyStart {
      try absorb(try properties(inFlow: true), into: &all)
      try skipInFlow()
    }
    if !all.isEmpty, isEntryEnd { return try emptyStep(all) }
    switch current {
    case UInt8(ascii: ":") where endsPlainInFlow(byte(offset + 1)): return try emptyStep(all)
    case UInt8(ascii: "*"): return .deliver(YAMLFlowNode(node: try alias(all), isJSONLike: false))
    case UInt8(ascii: "["), UInt8(ascii: "{"): return try openBracket(all)
    default:
      let isJSONLike = current == UInt8(ascii: "\"") || current == UInt8(ascii: "'")
      let scanned = try scalar(indent: flowIndent, inFlow: true)
      contentEnd = offset
      return .deliver(YAMLFlowNode(node: try scalarNode(scanned, all), isJSONLike: isJSONLike))
    }
  }

  /// After an indicator: a node, or an empty one if the entry ends here.
  private mutating func nodeStep() throws(FormatError) -> YAMLFlowStep {
    isEntryEnd ? try emptyStep() : .node
  }

  private mutating func emptyStep(_ properties: YAMLProperties = YAMLProperties()) throws(FormatError) -> YAMLFlowStep {
    .deliver(YAMLFlowNode(node: try emptyNode(properties), isJSONLike: false))
  }

  private func isValueIndicator(after key: YAMLFlowNode) -> Bool {
    current == UInt8(ascii: ":") && (key.isJSONLike || endsPlainInFlow(byte(offset + 1)))
  }

  private func endsPlainInFlow(_ byte: UInt8) -> Bool { isBlankOrEnd(byte) || isFlowIndicator(byte) }

  private var isEntryEnd: Bool {
    current == UInt8(ascii: ",") || current == UInt8(ascii: "]") || current == UInt8(ascii: "}")
  }

  /// True at the bracket that closes the innermost collection.
  private var isAtClosingBracket: Bool {
    current == (flowLevels.last?.kind == .sequence ? UInt8(ascii: "]") : UInt8(ascii: "}"))
  }

  /// Moves over an indicator to the token after it.
  private mutating func advance() throws(FormatError) {
    offset += 1
    contentEnd = offset
    try skipInFlow()
  }

  /// Moves to the next token within the brackets.
  ///
  /// A closing bracket may stand as far left as the block that the collection is in: the grammar asks for one column
  /// more, but every other reader accepts it and people write it.
  private mutating func skipInFlow() throws(FormatError) {
    skipToToken()
    if column == -1 { throw unclosedBracket() }
    guard startsLine, column < flowIndent else { return }
    let isClosing = current == UInt8(ascii: "]") || current == UInt8(ascii: "}")
    if isClosing, column + 1 >= flowIndent, !sawTab { return }
    throw shallowFlowLine()
  }
}
