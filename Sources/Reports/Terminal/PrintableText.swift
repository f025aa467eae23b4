/// Pads with blanks to a width in scalars.
func padded(_ word: String, _ width: Int) -> String {
  word + String(repeating: " ", count: max(0, width - word.unicodeScalars.count))
}

/// Text of the audited tree as it may go to a terminal: control characters and those that turn the direction of the
/// line become escapes, so that no file name can rewrite the verdict beside it.
package func printable(_ text: String) -> String {
  if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
  var shown = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if scalar == "\t" {
      shown.append(" ")
      continue
    }
    if scalar.isHidden {
      shown.append(contentsOf: scalar.escaped.unicodeScalars)
    } else {
      shown.append(scalar)
    }
  }
  return String(shown)
}

extension Unicode.Scalar {
  /// Controls, or changes how what stands around it is read, or cannot be seen at all.
  var isHidden: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: true
    default: false
    }
  }

  /// The character in words that can be seen: `\u{202e}`.
  var escaped: String { "\\u{\(String(value, radix: 16))}" }
}
