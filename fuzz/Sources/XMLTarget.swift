import Formats

extension FuzzTarget {
  static let xml = FuzzTarget(
    name: "xml", promise: "events nest; what is read survives writing; errors lie within"
  ) { bytes in
    do throws(FormatError) {
      let events = try XMLCheck.events(bytes)
      XMLCheck.expectNesting(events)
      let written = try XMLCheck.written(events)
      let again = try XMLCheck.events(written)
      expect(XMLCheck.skeleton(events) == XMLCheck.skeleton(again), "XML that was written is read as something else")
    } catch {
      XMLCheck.check(error, bytes)
    }
  }

  static let junit = FuzzTarget(
    name: "junit", promise: "counts are no more than elements; times are numbers; errors lie within"
  ) { bytes in
    do throws(FormatError) {
      let summary = try JUnitSummary(bytes)
      let elements = try XMLCheck.events(bytes).count { event in
        if case .start = event { true } else { false }
      }
      let totals = summary.totals
      expect(totals.tests < elements || elements == 0, "\(totals.tests) tests in \(elements) elements")
      for count in [totals.failures, totals.errors, totals.skipped] {
        expect((0...totals.tests).contains(count), "\(count) of \(totals.tests) tests")
      }
      expect(!totals.time.isNaN, "the time is no number")
      _ = summary.isConsistent
    } catch {
      XMLCheck.check(error, bytes)
    }
  }

  /// Input: schema, divider, document.
  static let xsd = FuzzTarget(
    name: "xsd", promise: "a schema is refused or judges; judging twice says the same; errors are counted"
  ) { bytes in
    guard let (schema, document) = FuzzInput.halves(bytes) else { return }
    do throws(FormatError) {
      let validator = try XMLSchemaValidator(schema: schema)
      let errors = try validator.errors(in: document, limit: 10)
      expect(errors.count <= 10, "\(errors.count) errors of at most 10")
      expect(try validator.errors(in: document, limit: 10) == errors, "the second judgement differs")
    } catch {
      _ = "\(error)"
    }
  }
}

private enum XMLCheck {
  /// An element or a text, without what its writer does not keep: prefixes and lines.
  enum Part: Equatable {
    case start(String, [String: String])
    case text(String)
    case end
  }

  static func events(_ bytes: [UInt8]) throws(FormatError) -> [XMLEvent] {
    var reader = try XMLReader(bytes)
    var events: [XMLEvent] = []
    while let event = try reader.next() { events.append(event) }
    return events
  }

  static func expectNesting(_ events: [XMLEvent]) {
    var depth = 0
    for (index, event) in events.enumerated() {
      switch event {
      case .start(let element):
        expect(depth > 0 || index == 0, "a second root")
        expect(element.line >= 1, "line \(element.line)")
        depth += 1
      case .text(let text): expect(depth > 0 && !text.isEmpty, "text outside of the root, or none")
      case .end: depth -= 1
      }
      expect(depth >= 0, "an element ends that did not begin")
    }
    expect(depth == 0 && !events.isEmpty, "elements are left open")
  }

  static func written(_ events: [XMLEvent]) throws(FormatError) -> [UInt8] {
    try XMLWriter.document(.compact) { writer throws(FormatError) in
      for event in events {
        switch event {
        case .start(let element):
          try writer.start(element.name)
          for (name, value) in plainAttributes(element) { try writer.attribute(name, value) }
        case .text(let text): try writer.text(text)
        case .end: try writer.end()
        }
      }
    }
  }

  static func skeleton(_ events: [XMLEvent]) -> [Part] {
    events.map { event in
      switch event {
      case .start(let element): .start(element.name, Dictionary(plainAttributes(element)) { first, _ in first })
      case .text(let text): .text(text)
      case .end: .end
      }
    }
  }

  /// The attributes without namespace, as the writer takes them.
  private static func plainAttributes(_ element: XMLElement) -> [(String, String)] {
    element.attributes.filter { $0.namespace == nil }.map { ($0.name, $0.value) }
  }

  /// Lines are libxml2's, which counts them in the text that it decoded: they have to exist, offsets to lie within.
  static func check(_ error: FormatError, _ bytes: [UInt8]) {
    expect((0...bytes.count).contains(error.position.offset), "'\(error)' lies at byte \(error.position.offset)")
    expect(error.position.line >= 1 && error.position.column >= 1, "'\(error)' has no line")
  }
}
