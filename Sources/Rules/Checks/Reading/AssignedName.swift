import Formats
import Scanning

/// The name that a value is given to: `name = "value"`, `"name": "value"`, `name: String = "value"`, `-e NAME=value`.
struct AssignedName {
  /// As it is written, without quotes.
  let text: String
  /// Its words; of a dotted name those of its last part.
  let words: [String]

  /// Reads a line backwards from where the value begins; nil when nothing is assigned there.
  init?(before value: ArraySlice<UInt8>) {
    var rest = value
    AssignedName.dropOpening(&rest)
    AssignedName.dropBlanks(&rest)
    let line = value.drop { $0 == 0x20 || $0 == 0x09 }
    if line.starts(with: "#define".utf8) {
      text = String(decoding: Array(rest.reversed().prefix { isWordByte($0) }.reversed()), as: UTF8.self)
      words = Words.split(text)
      return
    }
    guard let sign = rest.last, "=:>".utf8.contains(sign) else { return nil }
    while let last = rest.last, "=:>?+".utf8.contains(last) { rest.removeLast() }
    // `a == "b"`, `a != "b"` and `a <= "b"` compare.
    let signs = value[rest.endIndex...].prefix { "=:>?+".utf8.contains($0) }
    if signs.starts(with: "==".utf8) || rest.last.map({ "!<~".utf8.contains($0) }) ?? false { return nil }
    AssignedName.dropBlanks(&rest)
    if sign == UInt8(ascii: "=") { AssignedName.dropType(&rest) }
    while let last = rest.last, "\"'`]\\)".utf8.contains(last) { rest.removeLast() }
    let name = rest.reversed().prefix { isWordByte($0) || "-.".utf8.contains($0) }.reversed()
    text = String(decoding: Array(name), as: UTF8.self)
    words = Words.split(text.split(separator: ".").last ?? "")
    if words.isEmpty { return nil }
  }

  /// The quote of the value and the letters before it that say how it is read: `f"`, `rb'`, `@"`.
  private static func dropOpening(_ rest: inout ArraySlice<UInt8>) {
    var quoted = false
    while let last = rest.last, "\"'`\\".utf8.contains(last) {
      rest.removeLast()
      quoted = true
    }
    guard quoted else { return }
    var letters = rest
    while let last = letters.last, "rRbBuUfF@$#".utf8.contains(last), rest.endIndex - letters.endIndex < 2 {
      letters.removeLast()
    }
    if letters.last.map({ !isWordByte($0) }) ?? true { rest = letters }
  }

  private static func dropBlanks(_ rest: inout ArraySlice<UInt8>) {
    while let last = rest.last, last == 0x20 || last == 0x09 { rest.removeLast() }
  }

  /// `: Optional[str]` of `name: Optional[str] = …`, `string` of `var name string = …`.
  private static func dropType(_ rest: inout ArraySlice<UInt8>) {
    let type = rest.reversed().prefix { isWordByte($0) || "[]<>?|., &*".utf8.contains($0) }
    let colon = rest.index(rest.endIndex, offsetBy: -type.count)
    if colon > rest.startIndex, rest[colon - 1] == UInt8(ascii: ":"), colon - 1 > rest.startIndex {
      rest = rest[..<(colon - 1)]
      dropBlanks(&rest)
      return
    }
    let words = String(decoding: rest, as: UTF8.self).split(separator: " ")
    if words.count >= 2, let last = words.last, ["string", "String", "str", "String?", "&str"].contains(last),
      !["const", "let", "var", "val", "final", "static"].contains(words[words.count - 2])
    {
      rest = rest.dropLast(last.utf8.count)
      dropBlanks(&rest)
    }
  }
}
