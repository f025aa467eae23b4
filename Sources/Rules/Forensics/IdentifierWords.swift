/// The words of an id: lower case, every run of other characters than `a–z0–9` turned into one `_` (FORENSICS_RULES
/// section 1).
struct IdentifierWords: Sendable, Hashable {
  /// The words with `_` between them.
  let text: String

  init(_ id: String) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(id.utf8.count)
    for byte in id.utf8 {
      let lower = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
      if ASCII.isDigit(lower) || (0x61...0x7A).contains(lower) {
        bytes.append(lower)
      } else if bytes.last != Self.joint {
        bytes.append(Self.joint)
      }
    }
    text = String(decoding: bytes, as: UTF8.self)
  }

  private static let joint = UInt8(ascii: "_")

  /// The words without a joint at the ends.
  var trimmed: String {
    let bytes = Array(text.utf8)
    let start = bytes.first == Self.joint ? 1 : 0
    let end = bytes.count - (bytes.count > start && bytes.last == Self.joint ? 1 : 0)
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The words of a run id in which the words of the phase, standing alone, are replaced by `*`.
  func masked(phase: String) -> String {
    let words = IdentifierWords(phase).trimmed
    guard !words.isEmpty else { return text }
    var bytes = Array(text.utf8)
    for place in Self.places(of: words, in: bytes).reversed() {
      bytes.replaceSubrange(place..<(place + words.utf8.count), with: [UInt8(ascii: "*")])
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether other words occur among these, standing alone.
  func names(_ other: String) -> Bool {
    let words = IdentifierWords(other).trimmed
    return !words.isEmpty && !Self.places(of: words, in: Array(text.utf8)).isEmpty
  }

  /// Where words stand alone, without overlaps.
  private static func places(of words: String, in bytes: [UInt8]) -> [Int] {
    let words = Array(words.utf8)
    var places: [Int] = []
    var index = 0
    while index + words.count <= bytes.count {
      let end = index + words.count
      let isAlone =
        (index == 0 || bytes[index - 1] == joint) && (end == bytes.count || bytes[end] == joint)
      if isAlone, bytes[index..<end].elementsEqual(words) {
        places.append(index)
        index = end
      } else {
        index += 1
      }
    }
    return places
  }
}
