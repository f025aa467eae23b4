import Testing

@testable import Scanning

@Suite("Unicode tables")
struct UnicodeTablesTests {
  /// The tables are of 15.0; of newer characters the standard library knows more.
  private static func isKnown(_ scalar: Unicode.Scalar) -> Bool {
    guard let age = scalar.properties.age else { return false }
    return age.major <= 15 && (age.major < 15 || age.minor == 0)
  }

  /// Of the sampled characters, so many at most were given another value of a property after 15.0.
  private static let changedLater = 2

  private static let sample: [Unicode.Scalar] = {
    var sample: [Unicode.Scalar] = []
    for value: UInt32 in 0...0x10FFFF where value < 0x3000 || value % 13 == 0 {
      if let scalar = Unicode.Scalar(value), isKnown(scalar) { sample.append(scalar) }
    }
    return sample
  }()

  @Test(
    "General categories are those of the standard library",
    arguments: [
      ("Lu", Unicode.GeneralCategory.uppercaseLetter), ("Ll", .lowercaseLetter), ("Lo", .otherLetter),
      ("Nd", .decimalNumber), ("Mn", .nonspacingMark), ("Po", .otherPunctuation), ("So", .otherSymbol),
      ("Zs", .spaceSeparator), ("Cf", .format), ("Co", .privateUse),
    ])
  func categories(name: String, category: Unicode.GeneralCategory) throws {
    let set = try #require(UnicodeProperty.re2(name))
    let wrong = UnicodeTablesTests.sample.filter {
      set.contains($0.value) != ($0.properties.generalCategory == category)
    }
    #expect(wrong.count <= UnicodeTablesTests.changedLater)
  }

  @Test("Binary properties are those of the standard library")
  func properties() throws {
    let table: [(String, (Unicode.Scalar.Properties) -> Bool)] = [
      ("Lowercase", { $0.isLowercase }), ("White_Space", { $0.isWhitespace }), ("Uppercase", { $0.isUppercase }),
      ("ID_Start", { $0.isIDStart }), ("IDC", { $0.isIDContinue }), ("Emoji", { $0.isEmoji }),
      ("Math", { $0.isMath }), ("Bidi_M", { $0.isBidiMirrored }), ("Ideographic", { $0.isIdeographic }),
    ]
    for (name, isMember) in table {
      let set = try #require(UnicodeProperty.ecma262(name))
      let wrong = UnicodeTablesTests.sample.filter { set.contains($0.value) != isMember($0.properties) }
      #expect(wrong.count <= UnicodeTablesTests.changedLater, "\(name)")
    }
  }

  @Test(
    "Folding joins all that are equal but for case, and nothing else",
    arguments: [
      ("k", "Kk\u{212A}"), ("ſ", "Ssſ"), ("σ", "Σςσ"), ("ǅ", "Ǆǅǆ"), ("ß", "ßẞ"), ("1", "1"), ("İ", "İ"),
    ])
  func folding(character: Unicode.Scalar, equivalents: String) {
    let closure = CaseFolding.closure(of: ScalarSet(character))
    #expect(closure == ScalarSet(equivalents.unicodeScalars.map { ScalarSet.Run($0.value, $0.value) }))
  }

  @Test("A set's UTF-8 graph takes the encodings of its members and no others", arguments: ["L", "Greek", "Any", "Sc"])
  func encodings(name: String) throws {
    let set = try #require(UnicodeProperty.re2(name))
    let graph = UTF8Graph(set)
    for scalar in UnicodeTablesTests.sample {
      var node = graph.nodes.count - 1
      var isTaken = true
      for byte in String(Character(scalar)).utf8 {
        guard let edge = graph.nodes[node].first(where: { $0.low <= byte && byte <= $0.high }) else {
          isTaken = false
          break
        }
        node = edge.node
      }
      if isTaken != set.contains(scalar.value) { Issue.record("U+\(String(scalar.value, radix: 16))") }
    }
  }
}
