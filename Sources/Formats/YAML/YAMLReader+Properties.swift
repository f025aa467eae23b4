/// The anchor and the tag before a node (c-ns-properties).
struct YAMLProperties {
  /// The anchor's name.
  var anchor: Range<Int>?
  var tag: YAMLTag?
  /// Where the first of them begins.
  var start: Int?
  /// What had been built when the anchor was read; what comes until the node ends is the anchor's.
  var mark = YAMLAnchor.Mark()

  var isEmpty: Bool { start == nil }
}

/// What an anchor names.
struct YAMLAnchor {
  /// The state of the reader at an anchor.
  struct Mark {
    var offset = 0
    var nodes = 0
    var reach = 0
  }

  /// Nil while the node is not finished: an alias to it would be a cycle.
  var node: UInt32?
  /// How many nodes an alias stands for, 64 bytes of source counted as one more: a long text that is named a million
  /// times is as heavy as many nodes.
  var size = 0
  /// How many levels of nesting an alias stands for.
  var height = 0
}

/// A resolved tag.
struct YAMLTag {
  /// The tags that decide a value.
  enum Kind {
    case string, integer, real, boolean, null, sequence, mapping
    /// `!`: the node is what its kind is, so that a plain scalar is a string.
    case nonSpecific
    /// Any other tag; it does not change the value.
    case other
  }

  let kind: Kind
  /// Where it stands in the source.
  let range: Range<Int>

  init(_ resolved: [UInt8], at range: Range<Int>) {
    self.range = range
    self.kind =
      switch String(decoding: resolved, as: UTF8.self) {
      case "!": .nonSpecific
      case "tag:yaml.org,2002:str": .string
      case "tag:yaml.org,2002:int": .integer
      case "tag:yaml.org,2002:float": .real
      case "tag:yaml.org,2002:bool": .boolean
      case "tag:yaml.org,2002:null": .null
      case "tag:yaml.org,2002:seq": .sequence
      case "tag:yaml.org,2002:map": .mapping
      default: .other
      }
  }
}

extension YAMLReader {
  var isPropertyStart: Bool { current == UInt8(ascii: "&") || current == UInt8(ascii: "!") }

  /// The anchor and tag at the current byte, as far as they stand on this line.
  mutating func properties(inFlow: Bool) throws(FormatError) -> YAMLProperties {
    var found = YAMLProperties()
    while isPropertyStart {
      try absorb(try property(), into: &found)
      contentEnd = offset
      guard isBlankOrEnd(current) || (inFlow && isFlowIndicator(current)) else {
        throw unexpected("a blank after the anchor or tag")
      }
      let end = offset
      skipBlanks()
      if !isPropertyStart { offset = end }
    }
    return found
  }

  private mutating func property() throws(FormatError) -> YAMLProperties {
    var found = YAMLProperties()
    found.start = offset
    if current == UInt8(ascii: "!") {
      found.tag = try tag()
    } else {
      let name = try anchorName("anchor")
      found.anchor = name
      found.mark = YAMLAnchor.Mark(offset: offset, nodes: nodesSoFar, reach: reach)
      reach = depth
      anchors[bytes[name]] = YAMLAnchor()
    }
    return found
  }

  /// Adds properties that were read later; a node has at most one anchor and one tag.
  func absorb(_ later: YAMLProperties, into properties: inout YAMLProperties) throws(FormatError) {
    if let anchor = later.anchor {
      guard properties.anchor == nil else {
        throw failure(.unexpected(found: "a second anchor", expected: "one anchor a node"), at: anchor.lowerBound - 1)
      }
      properties.anchor = anchor
      properties.mark = later.mark
    }
    if let tag = later.tag {
      guard properties.tag == nil else {
        throw failure(.unexpected(found: "a second tag", expected: "one tag a node"), at: tag.range.lowerBound)
      }
      properties.tag = tag
    }
    if properties.start == nil { properties.start = later.start }
  }

  func absorbing(_ later: YAMLProperties, into earlier: YAMLProperties) throws(FormatError) -> YAMLProperties {
    var all = earlier
    try absorb(later, into: &all)
    return all
  }

  func refuseProperties(_ properties: YAMLProperties) throws(FormatError) {
    guard let start = properties.start else { return }
    throw failure(.unexpected(found: "an anchor or tag before an alias", expected: "the alias alone"), at: start)
  }

  /// Moves over `&name` or `*name`; the range is the name's.
  mutating func anchorName(_ what: String) throws(FormatError) -> Range<Int> {
    offset += 1
    let start = offset
    while !isBlankOrEnd(current), !isFlowIndicator(current) { offset += 1 }
    guard offset > start else { throw failure(.invalid(what: what, expected: "a name"), at: start - 1) }
    return start..<offset
  }

  /// c-ns-tag-property: `!<verbatim>`, `!handle!suffix`, `!!suffix`, `!suffix` or `!`.
  private mutating func tag() throws(FormatError) -> YAMLTag {
    let start = offset
    offset += 1
    if current == UInt8(ascii: "<") { return try verbatimTag(start) }
    while isTagByte(current) { offset += 1 }
    guard current == UInt8(ascii: "!") else {
      let suffix = (start + 1)..<offset
      if suffix.isEmpty { return resolved([UInt8(ascii: "!")], from: start) }
      return resolved(try prefix(start..<(start + 1)) + percentDecoded(suffix), from: start)
    }
    offset += 1
    let handle = start..<offset
    while isTagByte(current) { offset += 1 }
    guard handle.upperBound < offset else {
      throw failure(.invalid(what: "tag", expected: "a name after '\(text(handle))'"), at: start)
    }
    return resolved(try prefix(handle) + percentDecoded(handle.upperBound..<offset), from: start)
  }

  private mutating func verbatimTag(_ start: Int) throws(FormatError) -> YAMLTag {
    offset += 1
    let content = offset
    while isTagByte(current) || current == UInt8(ascii: "!") || isFlowIndicator(current) { offset += 1 }
    guard current == UInt8(ascii: ">"), offset > content else {
      throw failure(.invalid(what: "tag", expected: "'!<', a URI, and '>'"), at: start)
    }
    offset += 1
    return resolved(try percentDecoded(content..<(offset - 1)), from: start)
  }

  private mutating func resolved(_ tag: [UInt8], from start: Int) -> YAMLTag {
    recorder?.keep(tag: tag, at: start)
    return YAMLTag(tag, at: start..<offset)
  }

  /// What a handle stands for: by directive, or by default.
  private func prefix(_ handle: Range<Int>) throws(FormatError) -> [UInt8] {
    if let declared = tagPrefixes[bytes[handle]] { return declared }
    switch handle.count {
    case 1: return [UInt8(ascii: "!")]
    case 2: return Array("tag:yaml.org,2002:".utf8)
    default:
      throw failure(.undefined(what: "tag handle", name: text(handle)), at: handle.lowerBound)
    }
  }

  /// The bytes of a URI with its `%XX` resolved.
  func percentDecoded(_ range: Range<Int>) throws(FormatError) -> [UInt8] {
    var decoded: [UInt8] = []
    var index = range.lowerBound
    while index < range.upperBound {
      if bytes[index] == UInt8(ascii: "%") {
        guard index + 2 < range.upperBound, let high = hexDigit(bytes[index + 1]), let low = hexDigit(bytes[index + 2])
        else { throw failure(.invalid(what: "tag", expected: "two hexadecimal digits after '%'"), at: index) }
        decoded.append(high << 4 | low)
        index += 3
      } else {
        decoded.append(bytes[index])
        index += 1
      }
    }
    return decoded
  }
}

/// ns-word-char.
func isWordByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
    UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"):
    true
  default: false
  }
}

/// ns-tag-char; `%` is checked when it is decoded.
private func isTagByte(_ byte: UInt8) -> Bool { isWordByte(byte) || ByteSet.tagPunctuation.contains(byte) }
