/// A node within a flow collection.
private struct FlowNode {
  let node: UInt32
  /// Quoted or bracketed: as a key, it needs no blank after its `:`.
  let isJSONLike: Bool
}

extension YAMLReader {
  /// c-flow-sequence or c-flow-mapping at `[` or `{`; the caller finishes it with its properties and records how it
  /// begins. Lines must be indented by `indent`, which is one more than the block that the collection is in.
  mutating func flowCollection(indent: Int) throws(FormatError) -> UInt32 {
    try descend()
    _ = recorder?.reserve()
    let start = offset
    let mark = builder.open()
    let isSequence = current == UInt8(ascii: "[")
    let closing = isSequence ? UInt8(ascii: "]") : UInt8(ascii: "}")
    offset += 1
    try skipInFlow(indent, open: start)
    while current != closing {
      if isSequence {
        try sequenceEntry(indent, open: start)
      } else {
        try mappingEntry(indent, open: start)
      }
      if current == UInt8(ascii: ",") {
        offset += 1
        try skipInFlow(indent, open: start)
      } else if current != closing {
        throw unexpected(isSequence ? "',' or ']'" : "',' or '}'")
      }
    }
    offset += 1
    contentEnd = offset
    ascend()
    recorder?.add(isSequence ? "-SEQ" : "-MAP")
    return builder.close(isSequence ? .array : .object, from: mark, start..<offset)
  }

  /// ns-flow-seq-entry: a node, or a mapping of one pair without braces.
  private mutating func sequenceEntry(_ indent: Int, open: Int) throws(FormatError) {
    let start = offset
    let line = lineStart
    let slot = recorder?.reserve()
    if isIndicator(UInt8(ascii: "?")) {
      recorder?.fill(slot, "+MAP {}")
      try descend()
      let mark = builder.open()
      try explicitPair(indent, open: open)
      closePair(from: mark, start: start)
      return
    }
    let key = try flowNode(indent, open: open)
    try skipInFlow(indent, open: open)
    guard isValueIndicator(after: key) else {
      builder.push(key.node)
      return
    }
    try checkImplicitKey(start: start, line: line)
    recorder?.fill(slot, "+MAP {}")
    try descend()
    let mark = builder.open()
    builder.push(key.node)
    try flowValue(indent, open: open)
    closePair(from: mark, start: start)
  }

  private mutating func closePair(from mark: Int, start: Int) {
    recorder?.add("-MAP")
    ascend()
    builder.push(builder.close(.object, from: mark, start..<contentEnd))
  }

  /// ns-flow-map-entry.
  private mutating func mappingEntry(_ indent: Int, open: Int) throws(FormatError) {
    if isIndicator(UInt8(ascii: "?")) { return try explicitPair(indent, open: open) }
    let key = try flowNode(indent, open: open)
    try skipInFlow(indent, open: open)
    try pairValue(after: key, indent, open: open)
  }

  /// `? key : value`, where both may be missing.
  private mutating func explicitPair(_ indent: Int, open: Int) throws(FormatError) {
    offset += 1
    contentEnd = offset
    try skipInFlow(indent, open: open)
    let key = try isEntryEnd ? emptyFlowNode() : flowNode(indent, open: open)
    try skipInFlow(indent, open: open)
    try pairValue(after: key, indent, open: open)
  }

  private mutating func pairValue(after key: FlowNode, _ indent: Int, open: Int) throws(FormatError) {
    builder.push(key.node)
    if isValueIndicator(after: key) {
      try flowValue(indent, open: open)
    } else {
      builder.push(try emptyNode(YAMLProperties()))
    }
  }

  /// The value after a `:`.
  private mutating func flowValue(_ indent: Int, open: Int) throws(FormatError) {
    offset += 1
    contentEnd = offset
    try skipInFlow(indent, open: open)
    let value = try isEntryEnd ? emptyFlowNode() : flowNode(indent, open: open)
    builder.push(value.node)
    try skipInFlow(indent, open: open)
  }

  private func isValueIndicator(after key: FlowNode) -> Bool {
    current == UInt8(ascii: ":") && (key.isJSONLike || endsPlainInFlow(byte(offset + 1)))
  }

  private func endsPlainInFlow(_ byte: UInt8) -> Bool { isBlankOrEnd(byte) || isFlowIndicator(byte) }

  private var isEntryEnd: Bool {
    current == UInt8(ascii: ",") || current == UInt8(ascii: "]") || current == UInt8(ascii: "}")
  }

  private mutating func emptyFlowNode() throws(FormatError) -> FlowNode {
    FlowNode(node: try emptyNode(YAMLProperties()), isJSONLike: false)
  }

  /// ns-flow-node(n, flow-in).
  private mutating func flowNode(_ indent: Int, open: Int) throws(FormatError) -> FlowNode {
    var all = YAMLProperties()
    while isPropertyStart {
      try absorb(try properties(inFlow: true), into: &all)
      try skipInFlow(indent, open: open)
    }
    switch current {
    case UInt8(ascii: ",") where !all.isEmpty, UInt8(ascii: "]") where !all.isEmpty,
      UInt8(ascii: "}") where !all.isEmpty:
      return FlowNode(node: try emptyNode(all), isJSONLike: false)
    case UInt8(ascii: ":") where endsPlainInFlow(byte(offset + 1)):
      return FlowNode(node: try emptyNode(all), isJSONLike: false)
    case UInt8(ascii: "*"):
      return FlowNode(node: try alias(all), isJSONLike: false)
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      let isSequence = current == UInt8(ascii: "[")
      let slot = recorder?.count
      let node = try flowCollection(indent: indent)
      recorder?.fill(slot, isSequence ? "+SEQ []" : "+MAP {}", all)
      return FlowNode(
        node: try finishCollection(node, isSequence ? .sequence : .mapping, all), isJSONLike: true)
    default:
      let isJSONLike = current == UInt8(ascii: "\"") || current == UInt8(ascii: "'")
      let scanned = try scalar(indent: indent, inFlow: true)
      contentEnd = offset
      return FlowNode(node: try scalarNode(scanned, all), isJSONLike: isJSONLike)
    }
  }

  /// Moves to the next token within the brackets.
  ///
  /// A closing bracket may stand as far left as the block that the collection is in: the grammar asks for one column
  /// more, but every other reader accepts it and people write it.
  private mutating func skipInFlow(_ indent: Int, open: Int) throws(FormatError) {
    skipToToken()
    if column == -1 {
      throw unexpected("the closing '\(bytes[open] == UInt8(ascii: "[") ? "]" : "}")' of \(position(open))")
    }
    guard startsLine, column < indent else { return }
    let isClosing = current == UInt8(ascii: "]") || current == UInt8(ascii: "}")
    if isClosing, column + 1 >= indent, !sawTab { return }
    if sawTab { throw failure(.unexpected(found: "a tab as indentation", expected: "spaces"), at: offset) }
    throw failure(
      .unexpected(
        found: "a line indented by \(column)", expected: "at least \(indent) within the brackets of \(position(open))"),
      at: offset)
  }
}
