/// An instant in milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted. `Timestamp+Parsing.swift` reads it.
public struct Timestamp: Hashable, Sendable {
  /// Milliseconds since 1970; negative before.
  public let milliseconds: Int64

  /// Makes an instant.
  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// `2026-03-01T12:34:56Z`, the milliseconds cut off.
  public var rfc3339: String { text(compact: false, milliseconds: false) }

  /// `2026-03-01T12:34:56.789Z`.
  public var rfc3339Milliseconds: String { text(compact: false, milliseconds: true) }

  /// `20260212T182239Z`, which is fit for file names; the milliseconds cut off.
  public var compact: String { text(compact: true, milliseconds: false) }

  /// The day in UTC.
  public var date: CivilDate {
    CivilDate(dayNumber: FloorDivision.quotient(Int(milliseconds), Self.millisecondsPerDay))
  }

  static let millisecondsPerDay = 86_400_000

  /// Years beyond 9999 get more digits and those before 0 a sign: no RFC 3339, but sorted apart and never wrong.
  private func text(compact: Bool, milliseconds showsMilliseconds: Bool) -> String {
    let date = date
    let inDay = FloorDivision.remainder(Int(milliseconds), Self.millisecondsPerDay)
    var text = date.year < 0 ? "-" : ""
    Self.append(date.year.magnitude, width: 4, to: &text)
    if !compact { text += "-" }
    Self.append(date.month.magnitude, width: 2, to: &text)
    if !compact { text += "-" }
    Self.append(date.day.magnitude, width: 2, to: &text)
    text += "T"
    Self.append((inDay / 3_600_000).magnitude, width: 2, to: &text)
    if !compact { text += ":" }
    Self.append((inDay / 60_000 % 60).magnitude, width: 2, to: &text)
    if !compact { text += ":" }
    Self.append((inDay / 1_000 % 60).magnitude, width: 2, to: &text)
    if showsMilliseconds {
      text += "."
      Self.append((inDay % 1_000).magnitude, width: 3, to: &text)
    }
    return text + "Z"
  }

  private static func append(_ number: UInt, width: Int, to text: inout String) {
    let digits = String(number)
    text += String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}

extension Timestamp: Comparable {
  /// The earlier is the lesser.
  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }
}

extension Timestamp: CustomStringConvertible {
  /// RFC 3339 with milliseconds.
  public var description: String { rfc3339Milliseconds }
}
