extension CivilDate {
  /// Reads `YYYY-MM-DD` (RFC 3339, full-date); nil for anything else, and for days that no calendar has.
  public init?(parsing text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2], text.utf8.allSatisfy({ $0 == 0x2D || (0x30...0x39).contains($0) }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }
}

extension CivilDate: CustomStringConvertible {
  /// `YYYY-MM-DD`.
  public var description: String {
    String(Timestamp(milliseconds: Int64(dayNumber) * Int64(Timestamp.millisecondsPerDay)).rfc3339.prefix { $0 != "T" })
  }
}
