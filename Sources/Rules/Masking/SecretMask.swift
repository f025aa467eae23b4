import Formats
import Scanning
import Synchronization

/// Takes secrets out of what is about to be told or kept, whatever it is and whoever wrote it: the last thing that
/// happens to a text before it leaves the program.
///
/// Only what tells by its own form that it is a secret is taken for one (`SecretShape`), so that a checksum or an
/// identifier stays as it is (docs/decisions/0009). Of what a machine made, eight digits of the SHA-256 are told
/// (`***3fa9c1d2`): two names that differ in it stay two. Masking twice changes nothing.
package enum SecretMask {
  /// A text as it may be told.
  package static func masked(_ text: String) -> String {
    let found = places(in: text.utf8.span)
    return found.isEmpty ? text : String(decoding: replaced(Array(text.utf8), found), as: UTF8.self)
  }

  /// A written document, or whole lines or values of one, as it may be told. The bytes need not be UTF-8.
  package static func masked(_ bytes: [UInt8]) -> [UInt8] {
    let found = places(in: bytes.span)
    return found.isEmpty ? bytes : replaced(bytes, found)
  }

  /// A part of some bytes as it may be told; nil where it may be told as it is, so that nothing need be copied.
  package static func masked(_ range: Range<Int>, of bytes: [UInt8]) -> [UInt8]? {
    let found = places(in: bytes.span.extracting(range))
    return found.isEmpty ? nil : replaced(Array(bytes[range]), found)
  }

  /// Whether there is a secret in some bytes.
  package static func holdsSecret(_ bytes: [UInt8]) -> Bool { !places(in: bytes.span).isEmpty }

  /// A secret, and what is told in its place.
  private struct Place {
    let range: Range<Int>
    let trace: SecretShape.Trace
  }

  /// No secret is shorter.
  private static let shortest = 8

  /// In order, and apart from each other.
  private static func places(in text: Span<UInt8>) -> [Place] {
    if text.count < shortest || !SecretHint.isIn(text) { return [] }
    return search.withLock { $0.places(in: text) }
  }

  private static func replaced(_ bytes: [UInt8], _ places: [Place]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var shown = 0
    for place in places {
      result += bytes[shown..<place.range.lowerBound]
      result += "***".utf8
      if place.trace != .none {
        result += SHA256.digest(bytes.span.extracting(place.range)).hex.utf8.prefix(8)
      }
      shown = place.range.upperBound
    }
    return result + bytes[shown...]
  }

  private static let search = Mutex(Search())

  /// What one thread at a time looks for secrets with; made when there first may be one.
  private struct Search: ~Copyable {
    private var shapes: [SecretShape] = []
    /// By shape, made when a line first may hold one: nearly no program ever tells a secret.
    private var matchers: [Matcher?] = []
    private let all: PatternSetSearch
    private let selection: PatternSelection

    init() {
      var programs: [LineProgram] = []
      for shape in SecretShape.all {
        guard let program = try? LineProgram(shape.source) else { continue }
        shapes.append(shape)
        matchers.append(nil)
        programs.append(program)
      }
      let set = PatternSet(programs)
      selection = set.selection(of: Array(programs.indices))
      all = PatternSetSearch(set)
    }

    mutating func places(in text: Span<UInt8>) -> [Place] {
      var found: [Place] = []
      for line in all.matches(in: text, among: selection) {
        let end = SecretMask.lineEnd(in: text, from: line.lineStart)
        guard let matcher = matcher(line.pattern) else { continue }
        add(shapes[line.pattern], matcher, line.lineStart..<end, of: text, to: &found)
      }
      if found.count < 2 { return found }
      found.sort { $0.range.lowerBound < $1.range.lowerBound }
      var apart: [Place] = []
      for place in found {
        if let last = apart.last, place.range.lowerBound < last.range.upperBound { continue }
        apart.append(place)
      }
      return apart
    }

    /// Nil for none of the shipped shapes; a test compiles them all.
    private mutating func matcher(_ index: Int) -> Matcher? {
      if let known = matchers[index] { return known }
      matchers[index] = shapes[index].pattern.map(Matcher.init)
      return matchers[index]
    }

    /// The secrets of one shape on one line.
    private func add(
      _ shape: SecretShape, _ matcher: Matcher, _ line: Range<Int>, of text: Span<UInt8>, to found: inout [Place]
    ) {
      var start = line.lowerBound
      while start < line.upperBound,
        let range = matcher.firstRange(in: text, from: start, end: line.upperBound)
      {
        start = max(range.upperBound, start + 1)
        let match = matcher.match(in: text, at: range)
        var secret = match.groups.count > 1 ? match.groups[1] ?? range : range
        if shape.beginsWord, !SecretMask.beginsWord(secret.lowerBound, in: text) {
          start = range.lowerBound + 1
          continue
        }
        if shape.trace == .key {
          guard let body = KeyBody.range(after: range.upperBound, in: text) else { continue }
          secret = body
        }
        let value = unsafe text.extracting(secret).withUnsafeBufferPointer {
          unsafe String(decoding: $0, as: UTF8.self)
        }
        if !shape.isStandIn(value) { found.append(Place(range: secret, trace: shape.trace)) }
      }
    }
  }

  private static func lineEnd(in text: Span<UInt8>, from start: Int) -> Int {
    var end = start
    while end < text.count, text[end] != 0x0A, text[end] != 0x0D { end += 1 }
    return end
  }

  /// Whether a word begins here: no letter or digit stands before it, or only those of an escape (`\n`, `\u00e9`, `%2F`).
  private static func beginsWord(_ place: Int, in text: Span<UInt8>) -> Bool {
    guard place > 0, isWordByte(text[place - 1]), text[place - 1] != UInt8(ascii: "_") else { return true }
    func stands(_ byte: UInt8, _ distance: Int) -> Bool { place >= distance && text[place - distance] == byte }
    if stands(UInt8(ascii: "\\"), 2), "bfnrt0".utf8.contains(text[place - 1]) { return true }
    let backslash = UInt8(ascii: "\\")
    return stands(UInt8(ascii: "%"), 3) || stands(backslash, 4) && stands(UInt8(ascii: "x"), 3)
      || stands(backslash, 6) && stands(UInt8(ascii: "u"), 5)
  }
}
