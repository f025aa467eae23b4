import Formats

/// A cursor over a pattern's code points; makes the located errors of both parsers.
struct PatternReader {
  private let scalars: [Unicode.Scalar]
  /// The code point that is read next.
  var index = 0

  init(_ source: String) { scalars = Array(source.unicodeScalars) }

  var isAtEnd: Bool { index >= scalars.count }

  var current: Unicode.Scalar? { peek(0) }

  func peek(_ distance: Int) -> Unicode.Scalar? {
    index + distance < scalars.count ? scalars[index + distance] : nil
  }

  mutating func next() -> Unicode.Scalar? {
    guard let scalar = current else { return nil }
    index += 1
    return scalar
  }

  mutating func advance(by count: Int = 1) { index = min(index + count, scalars.count) }

  /// Steps over a code point if it is the next one.
  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard current == scalar else { return false }
    index += 1
    return true
  }

  /// Whether these code points come next.
  func startsWith(_ text: String) -> Bool {
    var at = index
    for scalar in text.unicodeScalars {
      guard at < scalars.count, scalars[at] == scalar else { return false }
      at += 1
    }
    return true
  }

  /// Reads up to a delimiter and steps over it; nil (and nothing read) when there is none.
  mutating func text(upTo delimiter: Unicode.Scalar) -> String? {
    guard let end = scalars[index...].firstIndex(of: delimiter) else { return nil }
    let text = self.text(from: index, to: end)
    index = end + 1
    return text
  }

  /// What was read since an index.
  func text(since start: Int) -> String { text(from: start, to: index) }

  private func text(from start: Int, to end: Int) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars[start..<end])
    return text
  }

  func error(_ problem: FormatError.Problem, at start: Int? = nil) -> FormatError {
    let text = text(from: 0, to: min(start ?? index, scalars.count))
    let bytes = Array(text.utf8)
    return FormatError(.regex, problem, at: LineTable(bytes.span).position(at: bytes.count))
  }
}

extension Unicode.Scalar {
  /// The value of an ASCII hexadecimal digit.
  var hexadecimalValue: UInt32? {
    switch self {
    case "0"..."9": value - 0x30
    case "a"..."f": value - 0x61 + 10
    case "A"..."F": value - 0x41 + 10
    default: nil
    }
  }

  var isASCIIDigit: Bool { ("0"..."9").contains(self) }

  var isASCIILetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
}
