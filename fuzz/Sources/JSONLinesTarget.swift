import Formats

extension FuzzTarget {
  static let jsonLines = FuzzTarget(
    name: "jsonlines", promise: "the scanner accepts the lines that the reader accepts, and finds the same fields"
  ) { bytes in
    let keys = ["a", "phase_id"]
    var scanner = JSONFieldScanner(keys: keys)
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let line = scanner.scanLine(of: bytes.span, from: start)
      expect(scanner.nextLine == min(end + 1, bytes.count), "the next line begins elsewhere")
      if let value = try? JSON.read(Array(bytes[start..<end])) {
        expect(line == (value.kind == .object ? .object : .otherValue), "a line of JSON is taken for another")
        for (place, key) in keys.enumerated() {
          let wanted = value.kind == .object ? value[key] : nil
          expect(scanner[place]?.value(in: bytes.span)?.sourceText == wanted?.sourceText, "another value of '\(key)'")
          if let whole = scanner[place]?.integer(in: bytes.span) {
            expect(wanted?.kind == .integer && whole == wanted?.integer, "another number")
          }
        }
      } else {
        let isBlank = bytes[start..<end].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        expect(line == (isBlank ? .blank : .malformed), "what the reader refuses is accepted")
      }
      start = end + 1
    }
  }
}
