import Rules

/// What could not be evaluated, for a person.
struct GapText {
  private let style: TerminalStyle

  init(_ style: TerminalStyle) {
    self.style = style
  }

  /// A heading and a line a gap, then a blank line; empty when there are none.
  func text(_ gaps: [Unevaluated]) -> String {
    guard !gaps.isEmpty else { return "" }
    let lines = gaps.map { gap in
      "  \(style.bad(gap.area.rawValue))  \(printable(gap.location.description)): \(printable(gap.message))\n"
    }
    return style.strong("Could not be evaluated") + "\n" + lines.joined() + "\n"
  }
}
