import Rules

/// Writes HTML that is well-formed XML too: every element closes itself, and whatever text comes in stays text.
///
/// Names are literals of this program; only values and texts may come from the audited tree.
struct HTMLWriter {
  /// Attributes in order; those without a value are left out.
  typealias Attributes = KeyValuePairs<StaticString, String?>

  /// The columns of the row that is being written which have no cell yet.
  var columns: ArraySlice<String> = []
  private var bytes: [UInt8] = Array("<!DOCTYPE html>\n".utf8)

  /// How much was written so far.
  var byteCount: Int { bytes.count }

  /// What was written.
  consuming func takeBytes() -> [UInt8] { bytes }

  /// An element on lines of its own.
  mutating func block(
    _ name: StaticString, _ attributes: Attributes = [:], _ content: (inout HTMLWriter) -> Void
  ) {
    element(name, attributes, content)
    append("\n")
  }

  /// An element within a line.
  mutating func element(
    _ name: StaticString, _ attributes: Attributes = [:], _ content: (inout HTMLWriter) -> Void
  ) {
    start(name, attributes)
    append(">")
    content(&self)
    append("</\(name)>")
  }

  /// An element that can hold nothing: `meta`, `link`, and those of SVG.
  mutating func void(_ name: StaticString, _ attributes: Attributes) {
    start(name, attributes)
    append("/>\n")
  }

  /// A block that holds nothing but a text.
  mutating func block(_ name: StaticString, _ attributes: Attributes = [:], text: String) {
    block(name, attributes) { $0.text(text) }
  }

  /// An element that holds nothing but a text.
  mutating func element(_ name: StaticString, _ attributes: Attributes = [:], text: String) {
    element(name, attributes) { $0.text(text) }
  }

  /// Characters of this program that are neither escaped nor looked at: the style sheet.
  mutating func literal(_ text: String) { append(text) }

  /// A text, with nothing hidden in it: characters that control, turn or pile up are shown as what they are, and one that
  /// is longer than `most` characters is cut, with its length.
  mutating func text(_ text: String, most: Int = PageLimits.text) {
    if Self.isPlain(text, most: most) { return text.utf8.forEach { escape($0) } }
    var shown = 0
    var marks = 0
    // A part of a secret is not known for one any more.
    let whole = text.utf8.count > most ? SecretMask.masked(text) : text
    for scalar in whole.unicodeScalars {
      if shown == most { return cut(text) }
      shown += 1
      marks = scalar.isCombining ? marks + 1 : 0
      if scalar == "\t" {
        append(" ")
      } else if scalar.isHidden || marks > PageLimits.marks {
        append("<span class=\"hidden\">\(scalar.escaped)</span>")
      } else {
        for byte in UTF8.encode(scalar) ?? .encodedReplacementCharacter { escape(byte) }
      }
    }
  }

  private mutating func cut(_ text: String) {
    element("span", ["class": "cut"], text: "… cut here; \(counted(text.utf8.count, "byte")) in all")
  }

  private mutating func start(_ name: StaticString, _ attributes: Attributes) {
    append("<\(name)")
    for (name, value) in attributes {
      guard let value else { continue }
      append(" \(name)=\"")
      let shown =
        Self.isPlain(value, most: PageLimits.text)
        ? value : printable(String(SecretMask.masked(value).prefix(PageLimits.text)))
      shown.utf8.forEach { escape($0) }
      append("\"")
    }
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "&"): append("&amp;")
    case UInt8(ascii: "<"): append("&lt;")
    case UInt8(ascii: ">"): append("&gt;")
    case UInt8(ascii: "\""): append("&quot;")
    case UInt8(ascii: "'"): append("&#39;")
    default: bytes.append(byte)
    }
  }

  private mutating func append(_ text: String) { bytes += text.utf8 }

  private static func isPlain(_ text: String, most: Int) -> Bool {
    text.utf8.count <= most && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
  }
}

extension Unicode.Scalar {
  /// Sits on the character before it.
  fileprivate var isCombining: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: true
    default: false
    }
  }
}

/// A number with what it counts: `1,204 bytes`, `1 error`.
func counted(_ count: Int, _ what: String) -> String { "\(grouped(count)) \(what)\(count == 1 ? "" : "s")" }

/// A number with a comma between thousands.
func grouped(_ count: Int) -> String {
  var text = ""
  for (place, digit) in String(count).reversed().enumerated() {
    if place > 0, place.isMultiple(of: 3), digit != "-" { text.append(",") }
    text.append(digit)
  }
  return String(text.reversed())
}
