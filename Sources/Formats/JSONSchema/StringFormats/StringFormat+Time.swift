/// RFC 3339: dates and times (section 5.6), durations (appendix A).
extension ByteScanner {
  mutating func dateTime() -> Bool {
    date() && (take("T") || take("t")) && time()
  }

  mutating func date() -> Bool {
    guard let year = number(digits: 4), take("-"), let month = number(digits: 2), take("-"),
      let day = number(digits: 2), (1...12).contains(month)
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return day >= 1 && day <= days[month - 1]
  }

  mutating func time() -> Bool {
    guard let hour = number(digits: 2), take(":"), let minute = number(digits: 2), take(":"),
      let second = number(digits: 2), hour <= 23, minute <= 59, second <= 60
    else { return false }
    if take("."), takeWhile(isDigit) == 0 { return false }
    guard let zone = zoneMinutes() else { return false }
    // A leap second stands at 23:59:60 UTC.
    let minutes = (hour * 60 + minute - zone + 2 * 1440) % 1440
    return second < 60 || minutes == 1439
  }

  private mutating func zoneMinutes() -> Int? {
    if take("Z") || take("z") { return 0 }
    let isWest = next == UInt8(ascii: "-")
    guard take("+") || take("-"), let hour = number(digits: 2), take(":"), let minute = number(digits: 2),
      hour <= 23, minute <= 59
    else { return nil }
    return isWest ? -(hour * 60 + minute) : hour * 60 + minute
  }

  mutating func duration() -> Bool {
    guard take("P") else { return false }
    if rest.last == UInt8(ascii: "W") { return takeWhile(isDigit) > 0 && take("W") }
    let hasDate = units("YMD")
    guard let hasDate else { return false }
    guard take("T") else { return hasDate }
    return units("HMS") ?? false
  }

  /// Numbers with the given units in order and without a gap between; nil when a number has another unit.
  private mutating func units(_ units: StaticString) -> Bool? {
    var last = -1
    while let byte = next, isDigit(byte) {
      _ = takeWhile(isDigit)
      guard let unit = next, let index = (0..<3).first(where: { unsafe units.utf8Start[$0] == unit }),
        last < 0 ? true : index == last + 1
      else { return nil }
      skip()
      last = index
    }
    return last >= 0
  }
}
