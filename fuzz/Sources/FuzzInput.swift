import Formats

/// Inputs that stand for several things: parts divided by a line of two percent signs, so that seeds stay readable.
enum FuzzInput {
  private static let divider = Array("\n%%\n".utf8)

  /// The bytes before the first divider, and those behind it; nil where there is none.
  static func halves(_ bytes: [UInt8]) -> (first: [UInt8], second: [UInt8])? {
    var start = 0
    while start + divider.count <= bytes.count {
      if bytes[start..<(start + divider.count)].elementsEqual(divider) {
        return (Array(bytes[..<start]), Array(bytes[(start + divider.count)...]))
      }
      start += 1
    }
    return nil
  }

  /// A number from 0 below a bound, made of a byte of the input.
  static func choice(_ byte: UInt8?, below bound: Int) -> Int { Int(byte ?? 0) % bound }
}

/// Positions must be places of the input, and agree with a count of its lines.
struct PositionCheck {
  private let count: Int
  private let lines: LineTable

  init(_ bytes: [UInt8]) {
    count = bytes.count
    lines = LineTable(bytes.span)
  }

  func check(_ position: SourcePosition, _ what: @autoclosure () -> String) {
    expect((0...count).contains(position.offset), "\(what()) lies at byte \(position.offset) of \(count)")
    expect(
      position == lines.position(at: position.offset),
      "\(what()) lies at \(position), which is not byte \(position.offset)")
  }

  func check(_ error: FormatError) { check(error.position, "error '\(error)'") }
}
