/// Colours of a terminal, or none: the text is the same without them.
package struct TerminalStyle: Sendable {
  private let hasColor: Bool

  /// A style that colours, or one that does not.
  package init(hasColor: Bool) {
    self.hasColor = hasColor
  }

  func bad(_ text: String) -> String { paint(text, "31") }
  func doubtful(_ text: String) -> String { paint(text, "33") }
  func good(_ text: String) -> String { paint(text, "32") }
  func faint(_ text: String) -> String { paint(text, "2") }
  func strong(_ text: String) -> String { paint(text, "1") }

  private func paint(_ text: String, _ code: String) -> String {
    hasColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
