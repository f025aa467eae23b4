import Formats

extension FuzzTarget {
  static let yaml = FuzzTarget(
    name: "yaml", promise: "positions lie within; events agree with values; values survive writing as JSON"
  ) { bytes in
    let positions = PositionCheck(bytes)
    let stream: ValueStream
    do throws(FormatError) {
      stream = try YAML.readStream(bytes)
    } catch {
      positions.check(error)
      expectSameError(error, bytes)
      return
    }
    expectEvents(bytes, of: stream)
    for key in stream.duplicateKeys {
      positions.check(key.first, "a key")
      positions.check(key.again, "a key again")
    }
    for document in stream.documents {
      // Aliases make documents of millions of values out of little text: those are read, and not written.
      let isSmall = document.visitAll(limit: 20_000) { part in
        positions.check(part.position, "a value")
        positions.check(part.endPosition, "a value's end")
        expect(part.position <= part.endPosition, "a value ends before it begins")
      }
      guard isSmall else { continue }
      let comparison = ValueComparison(nullsNonfinite: true)
      expectReading(document.json(.compact), is: document, by: "JSON", comparison: comparison) {
        bytes throws(FormatError) in try JSON.read(bytes)
      }
      expectReading(document.json(.pretty), is: document, by: "YAML", comparison: comparison) {
        bytes throws(FormatError) in try YAML.read(bytes)
      }
    }
  }

  private static func expectSameError(_ refusal: FormatError, _ bytes: [UInt8]) {
    do throws(FormatError) {
      _ = try YAML.events(bytes)
      expect(false, "events are told of what is refused: \(refusal)")
    } catch {
      expect(error == refusal, "the same text is refused as '\(refusal)' and as '\(error)'")
    }
  }

  private static func expectEvents(_ bytes: [UInt8], of stream: ValueStream) {
    do throws(FormatError) {
      let events = try YAML.events(bytes)
      expect(events.first == "+STR" && events.last == "-STR", "the stream's events stand at its ends")
      let documents = events.count { $0.hasPrefix("+DOC") }
      expect(documents == stream.documents.count, "\(documents) documents by events, \(stream.documents.count) read")
      let opened = events.count { $0.hasPrefix("+") }
      expect(opened == events.count { $0.hasPrefix("-") }, "what the events open they close")
    } catch {
      expect(false, "what is read has no events: \(error)")
    }
  }
}
