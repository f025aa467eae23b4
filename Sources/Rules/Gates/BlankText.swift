/// Text without the white space at its ends: Unicode's, and the four information separators. A byte order mark is none.
package func trimmedText(_ text: String) -> String { String(trimmedText(text.unicodeScalars[...])) }

/// As for a whole text, of a part of one.
func trimmedText(_ text: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView {
  var text = text
  while let first = text.first, isBlank(first) { text.removeFirst() }
  while let last = text.last, isBlank(last) { text.removeLast() }
  return text
}

private func isBlank(_ scalar: Unicode.Scalar) -> Bool {
  scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
}
