import Formats
import Testing

/// Well-formed documents are told event by event; everything else is refused with a place and without a crash.
@Suite struct XMLReaderTests {
  static func events(_ bytes: [UInt8]) throws(FormatError) -> [XMLEvent] {
    var reader = try XMLReader(bytes)
    var events: [XMLEvent] = []
    while let event = try reader.next() { events.append(event) }
    return events
  }

  private func failure(_ bytes: [UInt8]) -> FormatError? {
    do throws(FormatError) {
      _ = try Self.events(bytes)
      return nil
    } catch {
      return error
    }
  }

  @Test func tellsElementsAttributesAndText() throws {
    let source =
      "<?xml version='1.0'?><!-- c --><a x='1 &amp; &#60;'>t&lt;<![CDATA[<u>]]><?pi?>v\n<n:b xmlns:n='urn:n' n:y=''/></a>"
    let events = try Self.events(Array(source.utf8))
    #expect(events.count == 5)
    #expect(events.first?["x"] == "1 & <")
    #expect(events[1] == .text("t<<u>v\n"))
    guard case .start(let element) = events[2] else {
      Issue.record("no element")
      return
    }
    #expect(element.name == "b" && element.namespace == "urn:n" && element.line == 2)
    #expect(element["y"] == nil && element.attributes.first?.namespace == "urn:n")
    #expect(events[3] == .end && events[4] == .end)
  }

  @Test("what is cut short by its encoding is refused", arguments: [0, 10_000])
  func refusesBrokenEncodings(blanks: Int) {
    let gap = String(repeating: " ", count: blanks)
    func utf16(_ text: String) -> [UInt8] {
      [0xFF, 0xFE] + text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    }
    let loneSurrogates = [UInt8](repeating: 0xD8, count: 160)
    #expect(failure(utf16("<a/>" + gap)) == nil)
    #expect(failure(utf16("<a><b/>" + gap) + loneSurrogates) != nil)
    #expect(failure(utf16("<a/>" + gap) + loneSurrogates) != nil)
    #expect(failure(utf16("<a/>" + gap) + [0x20]) != nil)
    for encoding in ["US-ASCII", "SHIFT_JIS"] {
      let declaration = "<?xml version='1.0' encoding='\(encoding)'?>"
      let wrong = [UInt8](repeating: 0xFD, count: 160)
      #expect(failure(Array("\(declaration)<a>\(gap)</a>".utf8)) == nil)
      #expect(failure(Array("\(declaration)<a>\(gap)".utf8) + wrong) != nil)
      #expect(failure(Array("\(declaration)<a/>\(gap)".utf8) + wrong) != nil)
    }
  }

  @Test(arguments: [
    "", "   ", "a", "<a>", "<a></b>", "<a/><b/>", "<a/>x", "<a>&nope;</a>", "<a x='1' x='2'/>", "<a x=1/>",
    "<a>]]></a>",
    "<a>\u{1}</a>", "<a x='<'/>", "<!-- a -- b --><a/>", "<n:a/>", "<?xml version='2.0'?><a/>",
    " <?xml version='1.0'?><a/>",
    "<?xml version='1.0' encoding='nope'?><a/>", "<a>&#0;</a>", "<a>&#xD800;</a>", "<a", "<a>&", "<![CDATA[x]]>",
    "<a><![CDATA[x</a>",
  ])
  func refusesWhatIsNotWellFormed(source: String) {
    #expect(failure(Array(source.utf8)) != nil)
  }

  @Test func refusesBytesThatAreNotInTheDeclaredEncoding() {
    #expect(failure(Array("<a>".utf8) + [0xFF] + Array("</a>".utf8)) != nil)
    #expect(failure(Array("<?xml version='1.0' encoding='UTF-16'?><a/>".utf8)) != nil)
    #expect(failure([0xFF, 0xFE, 0x3C, 0x00, 0x61, 0x00, 0x00, 0xD8]) != nil)
  }

  @Test func decodesOtherEncodings() throws {
    let latin = Array("<?xml version='1.0' encoding='ISO-8859-1'?><a>".utf8) + [0xE9] + Array("</a>".utf8)
    #expect(try Self.events(latin)[1] == .text("é"))
    var wide: [UInt8] = [0xFF, 0xFE]
    for unit in "<?xml version='1.0' encoding='UTF-16'?><a>é</a>".utf16 {
      wide += [UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8)]
    }
    #expect(try Self.events(wide)[1] == .text("é"))
  }

  @Test func refusesADocumentTypeBeforeItCanDeclareAnything() {
    let bomb = "<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c SYSTEM 'file:///etc/passwd'>]>\n<a>&b;&c;</a>"
    guard case .unsupported = failure(Array(bomb.utf8))?.problem else {
      Issue.record("the document type was read")
      return
    }
    #expect(failure(Array("<!-- x -->\n<!DOCTYPE a>\n<a/>".utf8))?.position.line == 2)
  }

  @Test func locatesErrorsBeyondLine65535() {
    let source = Array("<a>".utf8) + Array(repeating: UInt8(ascii: "\n"), count: 70_000) + Array("<b></c></a>".utf8)
    let position = failure(source)?.position
    #expect(position?.line == 70_001)
    #expect((70_003...70_015).contains(position?.offset ?? 0))
  }

  @Test func boundsDepth() throws {
    func nested(_ levels: Int) -> [UInt8] {
      Array(String(repeating: "<a>", count: levels).utf8) + Array(String(repeating: "</a>", count: levels).utf8)
    }
    #expect(try Self.events(nested(SourceLimits.depth)).count == SourceLimits.depth * 2)
    #expect(
      failure(nested(SourceLimits.depth + 1))?.problem == .limitExceeded(name: "depth", limit: SourceLimits.depth))
    #expect(failure(Array(String(repeating: "<a>", count: 200_000).utf8)) != nil)
  }

  @Test func boundsAttributesAndNamespaces() throws {
    func element(_ count: Int, _ attribute: (Int) -> String) -> [UInt8] {
      Array("<a \((0..<count).map(attribute).joined(separator: " "))></a>".utf8)
    }
    let limit = XMLLimits.attributes
    let plain: (Int) -> String = { "a\($0)='>='" }
    #expect(try Self.events(element(limit, plain)).count == 2)
    #expect(failure(element(limit + 1, plain))?.problem == .limitExceeded(name: "attributes", limit: limit))
    // Would take libxml2 minutes.
    #expect(failure(element(500_000, plain))?.problem == .limitExceeded(name: "attributes", limit: limit))
    #expect(failure(element(limit + 1) { "xmlns:n\($0)='u'" }) != nil)
    let declarations = (0..<10).map { "xmlns:n\($0)='u'" }.joined(separator: " ")
    let nested = String(repeating: "<a \(declarations)>", count: 200)
    #expect(failure(Array(nested.utf8))?.problem == .limitExceeded(name: "namespaces", limit: XMLLimits.namespaces))
    let siblings = (0..<2_000).map { "<a xmlns='u\($0)'/>" }.joined()
    #expect(try Self.events(Array("<r>\(siblings)</r>".utf8)).count == 4_002)
  }

  @Test func readsLongSectionsWhole() throws {
    let long = String(repeating: "0123456789abcde\n", count: 200_000)
    #expect(try Self.events(Array("<a><![CDATA[\(long)]]></a>".utf8))[1] == .text(long))
    #expect(try Self.events(Array("<a>\(long)</a>".utf8))[1] == .text(long))
    let tagged = String(repeating: "<a> ]] > ", count: 200_000)
    #expect(
      try Self.events(Array("<r><a><![CDATA[\(tagged)]]>x<![CDATA[]]]]></a><b/></r>".utf8))[2] == .text("\(tagged)x]]"))
    let angles = String(repeating: ">'/>", count: 20_000)
    #expect(try Self.events(Array("<r><a x=\"\(angles)\"/><b/></r>".utf8))[1]["x"] == angles)
    #expect(try Self.events(Array("<a x='\(long)'/>".utf8)).first?["x"]?.utf8.count == long.utf8.count)
  }

  @Test func neverCrashesOnDamagedBytes() {
    let source = Array("<?xml version='1.0'?><a x='1'><b>é<![CDATA[x]]>&amp;</b><!--c--><?p i?></a>".utf8)
    for index in source.indices {
      _ = failure(Array(source[..<index]))
      for byte: UInt8 in [0, 0x21, 0x26, 0x3C, 0x80, 0xFF] {
        var damaged = source
        damaged[index] = byte
        _ = failure(damaged)
      }
    }
    #expect(failure(source) == nil)
  }
}

extension XMLEvent {
  /// The value of an attribute of a start tag.
  subscript(name: String) -> String? {
    if case .start(let element) = self { element[name] } else { nil }
  }
}
