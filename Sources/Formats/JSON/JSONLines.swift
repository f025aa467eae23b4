/// JSON Lines: one JSON value a line, `\n` or `\r\n` between lines; blank lines hold none.
public enum JSONLines {
  /// Every value, in order.
  ///
  /// - Throws: `FormatError` at the line and column of the first line that is no JSON.
  public static func read(_ bytes: [UInt8]) throws(FormatError) -> [Value] {
    var values: [Value] = []
    var line = 0
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      line += 1
      let text = Array(bytes[start..<end])
      if text.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) {
        do throws(FormatError) {
          values.append(try JSON.read(text))
        } catch {
          let place = SourcePosition(
            offset: start + error.position.offset, line: line, column: error.position.column)
          throw FormatError(.jsonLines, error.problem, at: place)
        }
      }
      start = end + 1
    }
    return values
  }
}
