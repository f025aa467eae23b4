extension YAMLReader {
  /// What a collection is, for its tag.
  enum Collection {
    case sequence
    case mapping
  }

  /// Every node so far, with what aliases stand for.
  var nodesSoFar: Int { builder.count + aliasedNodes }

  /// Binds a finished node to its anchor.
  private mutating func finish(_ node: UInt32, _ properties: YAMLProperties) -> UInt32 {
    guard let name = properties.anchor else { return node }
    let nodes = nodesSoFar - properties.mark.nodes + (contentEnd - properties.mark.offset) / 64
    anchors[bytes[name]] = YAMLAnchor(node: node, size: nodes, height: reach - depth)
    reach = max(reach, properties.mark.reach)
    return node
  }

  /// Checks the tag of a finished collection, and binds its anchor.
  mutating func finishCollection(
    _ node: UInt32, _ kind: Collection, _ properties: YAMLProperties
  ) throws(FormatError) -> UInt32 {
    if let tag = properties.tag {
      switch (tag.kind, kind) {
      case (.nonSpecific, _), (.other, _), (.sequence, .sequence), (.mapping, .mapping): break
      case (_, .sequence): throw mismatch(tag, "a sequence")
      case (_, .mapping): throw mismatch(tag, "a mapping")
      }
    }
    return finish(node, properties)
  }

  private func mismatch(_ tag: YAMLTag, _ found: String) -> FormatError {
    failure(
      .unexpected(found: "\(found) with the tag \(text(tag.range))", expected: "a node of the tag's kind"),
      at: tag.range.lowerBound)
  }

  /// A node without content: null, or an empty string if its tag says so.
  mutating func emptyNode(_ properties: YAMLProperties) throws(FormatError) -> UInt32 {
    let range = contentEnd..<contentEnd
    return try scalarNode(YAMLScalar(range: range, content: range, isMade: false, style: .plain), properties)
  }

  /// `*name`: the very node that the anchor names.
  mutating func alias(_ properties: YAMLProperties) throws(FormatError) -> UInt32 {
    try refuseProperties(properties)
    let start = offset
    let name = try anchorName("alias")
    contentEnd = offset
    guard let anchor = anchors[bytes[name]] else {
      throw failure(.undefined(what: "alias", name: text(name)), at: start)
    }
    guard let node = anchor.node else {
      throw failure(
        .unexpected(found: "the alias '\(text(name))' within the node that it names", expected: "no cycle"), at: start)
    }
    aliasedNodes += anchor.size
    guard aliasedNodes <= SourceLimits.expandedNodes else {
      throw failure(.limitExceeded(name: "nodes that aliases stand for", limit: SourceLimits.expandedNodes), at: start)
    }
    reach = max(reach, depth + anchor.height)
    guard reach <= SourceLimits.depth else {
      throw failure(.limitExceeded(name: "depth", limit: SourceLimits.depth), at: start)
    }
    recorder?.alias(name)
    return node
  }

  /// Gives a scalar its value: by its tag, or by the core schema if it is plain.
  mutating func scalarNode(_ scalar: YAMLScalar, _ properties: YAMLProperties) throws(FormatError) -> UInt32 {
    if recorder != nil {
      let content = scalar.isMade ? builder.scratch(scalar.content) : bytes[scalar.content]
      recorder?.scalar(content, scalar.style, properties)
    }
    guard properties.isEmpty else {
      return finish(try taggedScalar(scalar, properties.tag), properties)
    }
    return untaggedScalar(scalar)
  }

  private mutating func untaggedScalar(_ scalar: YAMLScalar) -> UInt32 {
    guard scalar.style == .plain, !scalar.isMade else { return string(scalar) }
    return add(CoreSchema.resolve(bytes.span.extracting(scalar.content)), scalar)
  }

  private mutating func taggedScalar(_ scalar: YAMLScalar, _ tag: YAMLTag?) throws(FormatError) -> UInt32 {
    guard let tag else { return untaggedScalar(scalar) }
    let content = scalar.isMade ? Array(builder.scratch(scalar.content)) : Array(bytes[scalar.content])
    switch (tag.kind, CoreSchema.resolve(content.span)) {
    case (.other, _): return untaggedScalar(scalar)
    // `!` makes a string of what is written; where nothing is, null remains.
    case (.nonSpecific, .null) where content.isEmpty && scalar.style == .plain: return untaggedScalar(scalar)
    case (.string, _), (.nonSpecific, _): return string(scalar)
    case (.null, let value) where value == .null, (.boolean, let value) where value.isBoolean,
      (.integer, let value) where value.isInteger, (.real, let value) where value.isReal:
      return add(value, scalar)
    case (.real, .integer(let value)): return add(.real(Double(value)), scalar)
    case (.sequence, _), (.mapping, _): throw mismatch(tag, "a scalar")
    default:
      throw failure(
        .invalid(what: "scalar", expected: "one that \(text(tag.range)) can be"), at: scalar.range.lowerBound)
    }
  }

  private mutating func add(_ value: CoreSchema.Scalar, _ scalar: YAMLScalar) -> UInt32 {
    let range = scalar.isMade ? scalar.range : scalar.content
    return switch value {
    case .string: string(scalar)
    case .null: builder.null(range)
    case .boolean(let value): builder.boolean(value, range)
    case .integer(let value): builder.integer(value, range)
    case .real(let value): builder.real(value, range)
    }
  }

  private mutating func string(_ scalar: YAMLScalar) -> UInt32 {
    let style: Value.Style = scalar.style == .plain ? .plain : .quoted
    return scalar.isMade
      ? builder.string(madeFrom: scalar.content.lowerBound, within: scalar.range, style: style)
      : builder.string(scalar.content, within: scalar.range, style: style)
  }
}
