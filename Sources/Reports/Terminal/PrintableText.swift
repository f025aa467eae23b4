/// Pads with blanks to a width in scalars.
func padded(_ word: String, _ width: Int) -> String {
  word + String(repeating: " ", count: max(0, width - word.unicodeScalars.count))
}

/// Text of the audited tree as it may go to a terminal: control characters and those that turn the direction of the
/// line become escapes, so that no file name can rewrite the verdict beside it.
package func printable(_ text: String) -> String {
  var shown = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if scalar == "\t" {
      shown.append(" ")
      continue
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned:
      shown.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
    default: shown.append(scalar)
    }
  }
  return String(shown)
}
