extension YAMLReader {
  func position(_ offset: Int) -> SourcePosition { LineTable(bytes.span).position(at: offset) }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  func failure(_ problem: FormatError.Problem, at offset: Int) -> FormatError {
    FormatError(.yaml, problem, at: position(offset))
  }

  /// The current byte is wrong.
  func unexpected(_ expected: String) -> FormatError {
    if isAtEnd { return failure(.endOfInput(expected: expected), at: offset) }
    if isAtDocumentMarker {
      return failure(.unexpected(found: "'\(text(offset..<(offset + 3)))'", expected: expected), at: offset)
    }
    return failure(.unexpected(found: describe(current), expected: expected), at: offset)
  }

  /// A node is complete, and something that cannot belong to it follows.
  func trailingContent() -> FormatError {
    if !startsLine {
      if current == UInt8(ascii: "#") {
        return failure(
          .unexpected(found: "'#' without a blank before it", expected: "a blank before the comment"), at: offset)
      }
      if current == UInt8(ascii: ":") {
        return failure(
          .unexpected(found: "':'", expected: "no second key on this line; put the value in quotes"), at: offset)
      }
      return unexpected("the end of the line")
    }
    if sawTab { return failure(.unexpected(found: "a tab as indentation", expected: "spaces"), at: offset) }
    return unexpected("the end of the document, '---' or '...'")
  }

  /// A token is indented deeper than the collection whose next entry it should be.
  func badIndentation(_ level: YAMLBlockLevel) -> FormatError {
    let kind = level.kind == .sequence ? "sequence" : "mapping"
    let line = position(level.start).line
    return failure(
      .unexpected(
        found: "a line indented by \(column)",
        expected: "that of an open block, such as \(level.indent) of the \(kind) of line \(line)"), at: offset)
  }

  /// The document ends within brackets.
  func unclosedBracket() -> FormatError {
    let open = flowLevels.last { $0.kind != .pair }?.start ?? offset
    return unexpected("the closing '\(byte(open) == UInt8(ascii: "[") ? "]" : "}")' of \(position(open))")
  }

  /// A line within brackets is not indented enough.
  func shallowFlowLine() -> FormatError {
    if sawTab { return failure(.unexpected(found: "a tab as indentation", expected: "spaces"), at: offset) }
    let open = position(flowLevels.first?.start ?? offset)
    return failure(
      .unexpected(
        found: "a line indented by \(column)", expected: "at least \(flowIndent) within the brackets of \(open)"),
      at: offset)
  }

  /// A tab stands where the indentation of a block decides.
  func refuseTab() throws(FormatError) {
    if sawTab { throw failure(.unexpected(found: "a tab as indentation", expected: "spaces"), at: offset) }
  }
}
