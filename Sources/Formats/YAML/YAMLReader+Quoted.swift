extension YAMLReader {
  /// c-double-quoted(n, c). Without escapes and line ends, its content is a slice of the source.
  mutating func doubleQuoted(_ indent: Int) throws(FormatError) -> YAMLScalar {
    let start = offset
    let stops = ByteSet.doubleQuotedStops
    var run = start + 1
    offset = next(stops, from: run)
    if current == UInt8(ascii: "\"") { return closeQuoted(start, .double, made: nil) }
    let made = builder.scratchCount
    while true {
      switch current {
      case UInt8(ascii: "\""):
        builder.appendScratch(from: run..<offset)
        return closeQuoted(start, .double, made: made)
      case UInt8(ascii: "\\"):
        builder.appendScratch(from: run..<offset)
        offset += 1
        if isLineEnd(current) {
          appendLineFeeds(try foldQuoted(indent, start) - 1)
        } else {
          try escape()
        }
      case 0x0A, 0x0D: try foldRun(run, indent, start)
      default: throw unclosed(start)
      }
      run = offset
      offset = next(stops, from: run)
    }
  }

  /// c-single-quoted(n, c): `''` is a quote, nothing else is special.
  mutating func singleQuoted(_ indent: Int) throws(FormatError) -> YAMLScalar {
    let start = offset
    let stops = ByteSet.singleQuotedStops
    var run = start + 1
    offset = next(stops, from: run)
    if current == UInt8(ascii: "'"), byte(offset + 1) != UInt8(ascii: "'") {
      return closeQuoted(start, .single, made: nil)
    }
    let made = builder.scratchCount
    while true {
      switch current {
      case UInt8(ascii: "'") where byte(offset + 1) == UInt8(ascii: "'"):
        builder.appendScratch(from: run..<(offset + 1))
        offset += 2
      case UInt8(ascii: "'"):
        builder.appendScratch(from: run..<offset)
        return closeQuoted(start, .single, made: made)
      case 0x0A, 0x0D: try foldRun(run, indent, start)
      default: throw unclosed(start)
      }
      run = offset
      offset = next(stops, from: run)
    }
  }

  /// Appends the text before a line end without its trailing blanks, then the folded line end.
  private mutating func foldRun(_ run: Int, _ indent: Int, _ start: Int) throws(FormatError) {
    var end = offset
    while end > run, isBlank(bytes[end - 1]) { end -= 1 }
    builder.appendScratch(from: run..<end)
    appendFolded(try foldQuoted(indent, start))
  }

  /// Moves from a line end to the next content of a quoted scalar; the number of line ends on the way.
  private mutating func foldQuoted(_ indent: Int, _ start: Int) throws(FormatError) -> Int {
    var breaks = 0
    while isLineEnd(current) {
      skipLineEnd()
      breaks += 1
      if isAtDocumentMarker { throw unclosed(start) }
      while current == 0x20 { offset += 1 }
      let spaces = offset - lineStart
      skipBlanks()
      if isLineEnd(current) || isAtEnd { continue }
      if spaces < indent {
        if spaces < offset - lineStart {
          throw failure(.unexpected(found: "a tab as indentation", expected: "spaces"), at: lineStart + spaces)
        }
        throw failure(
          .unexpected(
            found: "a line indented by \(spaces)",
            expected: "at least \(indent) within the quotes of \(position(start))"),
          at: offset)
      }
    }
    return breaks
  }

  private mutating func closeQuoted(_ start: Int, _ style: YAMLScalar.Style, made: Int?) -> YAMLScalar {
    offset += 1
    characters.allow(start..<offset)
    if let made {
      return YAMLScalar(
        range: start..<offset, content: made..<builder.scratchCount, isMade: true, style: style)
    }
    return YAMLScalar(range: start..<offset, content: (start + 1)..<(offset - 1), isMade: false, style: style)
  }

  private func unclosed(_ start: Int) -> FormatError {
    unexpected("the closing \(bytes[start] == UInt8(ascii: "'") ? "single" : "double") quote of \(position(start))")
  }

  private func next(_ stops: ByteSet, from start: Int) -> Int {
    let span = bytes.span
    var index = start
    while index < span.count, !stops.contains(span[index]) { index += 1 }
    return index
  }

  /// c-ns-esc-char; the backslash is already read.
  private mutating func escape() throws(FormatError) {
    let start = offset - 1
    let letter = current
    offset += 1
    if let plain = YAMLEscape.byte(letter) {
      builder.appendScratch(plain)
    } else if let scalar = YAMLEscape.scalar(letter) {
      append(scalar)
    } else if let length = YAMLEscape.digits(letter) {
      append(try codePoint(length, start))
    } else {
      throw failure(
        .invalid(
          what: "escape", expected: "one of YAML's, such as \\n, \\\" or \\u263A; in single quotes, \\ is no escape"),
        at: start)
    }
  }

  private mutating func codePoint(_ length: Int, _ start: Int) throws(FormatError) -> Unicode.Scalar {
    let value = try hexadecimal(length, start)
    if let scalar = Unicode.Scalar(value) { return scalar }
    // JSON writes what is beyond 16 bits as a surrogate pair, and every JSON text is YAML.
    if length == 4, value < 0xDC00, current == UInt8(ascii: "\\"), byte(offset + 1) == UInt8(ascii: "u") {
      offset += 2
      let low = try hexadecimal(4, start)
      if low >= 0xDC00, low < 0xE000, let scalar = Unicode.Scalar(0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)) {
        return scalar
      }
    }
    throw failure(.invalid(what: "escape", expected: "a Unicode character"), at: start)
  }

  private mutating func hexadecimal(_ length: Int, _ start: Int) throws(FormatError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<length {
      guard let digit = hexDigit(current) else {
        throw failure(.invalid(what: "escape", expected: "\(length) hexadecimal digits"), at: start)
      }
      value = value << 4 | UInt32(digit)
      offset += 1
    }
    return value
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { builder.appendScratch(byte) }
  }
}

/// The escapes of double-quoted scalars (YAML 1.2.2, 5.7).
private enum YAMLEscape {
  static func byte(_ letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "0"): 0x00
    case UInt8(ascii: "a"): 0x07
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "t"), 0x09: 0x09
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "v"): 0x0B
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "e"): 0x1B
    case 0x20, UInt8(ascii: "\""), UInt8(ascii: "/"), UInt8(ascii: "\\"): letter
    default: nil
    }
  }

  static func scalar(_ letter: UInt8) -> Unicode.Scalar? {
    switch letter {
    case UInt8(ascii: "N"): "\u{85}"
    case UInt8(ascii: "_"): "\u{A0}"
    case UInt8(ascii: "L"): "\u{2028}"
    case UInt8(ascii: "P"): "\u{2029}"
    default: nil
    }
  }

  static func digits(_ letter: UInt8) -> Int? {
    switch letter {
    case UInt8(ascii: "x"): 2
    case UInt8(ascii: "u"): 4
    case UInt8(ascii: "U"): 8
    default: nil
    }
  }
}
