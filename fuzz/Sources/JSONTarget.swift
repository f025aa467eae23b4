import Formats

extension FuzzTarget {
  static let json = FuzzTarget(
    name: "json", promise: "positions lie within; what is read survives writing, as JSON and as YAML"
  ) { bytes in
    let positions = PositionCheck(bytes)
    do throws(FormatError) {
      let stream = try JSON.readStream(bytes)
      expect(stream.documents.count == 1, "JSON is one value, read were \(stream.documents.count)")
      for key in stream.duplicateKeys {
        positions.check(key.first, "a key")
        positions.check(key.again, "a key again")
        expect(key.first < key.again, "a key stands again before it first stands")
      }
      if let value = stream.documents.first { roundTrip(value, positions) }
    } catch {
      positions.check(error)
    }
  }

  private static func roundTrip(_ value: Value, _ positions: PositionCheck) {
    _ = value.visitAll(limit: .max) { part in
      positions.check(part.position, "a value")
      positions.check(part.endPosition, "a value's end")
      expect(part.position < part.endPosition, "a value ends before it begins")
    }
    let compact = value.json(.compact)
    expectReading(compact, is: value, by: "JSON") { bytes throws(FormatError) in try JSON.read(bytes) }
    let pretty = value.json(.pretty)
    expectReading(pretty, is: value, by: "JSON") { bytes throws(FormatError) in try JSON.read(bytes) }
    expectReading(pretty, is: value, by: "YAML") { bytes throws(FormatError) in try YAML.read(bytes) }
  }

  /// Text that was written from a value must be read as that value, and written again as the same text.
  static func expectReading(
    _ text: [UInt8], is value: Value, by reader: String, comparison: ValueComparison = ValueComparison(),
    _ read: ([UInt8]) throws(FormatError) -> Value
  ) {
    do throws(FormatError) {
      let again = try read(text)
      expect(comparison.areEqual(value, again), "\(reader) reads something else than was written")
      expect(again.json(.compact) == value.json(.compact), "\(reader) reads what is written differently")
    } catch {
      expect(isKnownDifference(error), "\(reader) refuses what was written: \(error)")
    }
  }

  /// YAML keeps implicit keys within 1024 characters (YAML 1.2.2, 7.4.3); JSON does not.
  private static func isKnownDifference(_ error: FormatError) -> Bool {
    guard error.format == .yaml, case .limitExceeded(_, limit: 1024) = error.problem else { return false }
    return true
  }
}
