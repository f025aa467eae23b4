/// Directions of the characters that labels can hold, and the Bidi rule for labels (RFC 5893, section 2).
enum BidiClass {
  case leftToRight
  /// R and AL: the rule treats them alike.
  case rightToLeft
  case arabicNumber
  case europeanNumber
  case nonspacingMark
  /// ES, CS, ET, ON, BN: allowed inside both kinds of label.
  case neutral

  init(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x30...0x39, 0x6F0...0x6F9: self = .europeanNumber
    case 0x660...0x669, 0x66B, 0x66C, 0x10D30...0x10D39, 0x10E60...0x10E7E: self = .arabicNumber
    case 0x2D, 0xB7, 0x2B9, 0x2BA, 0x2C2...0x2CF, 0x2EC, 0x375, 0x30FB, 0x200C, 0x200D: self = .neutral
    default:
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark: self = .nonspacingMark
      default: self = BidiClass.isRightToLeft(scalar.value) ? .rightToLeft : .leftToRight
      }
    }
  }

  /// Does such a character make a name a Bidi domain name?
  var isRightToLeft: Bool { self == .rightToLeft || self == .arabicNumber }

  static func isValidLabel(_ label: [Unicode.Scalar]) -> Bool {
    let classes = label.map { BidiClass($0) }
    let last = classes.last { $0 != .nonspacingMark }
    switch classes.first {
    case .rightToLeft:
      return !classes.contains(.leftToRight)
        && (last == .rightToLeft || last == .europeanNumber || last == .arabicNumber)
        && !(classes.contains(.europeanNumber) && classes.contains(.arabicNumber))
    case .leftToRight:
      return !classes.contains { $0.isRightToLeft } && (last == .leftToRight || last == .europeanNumber)
    default: return false
    }
  }

  private static func isRightToLeft(_ value: UInt32) -> Bool {
    switch value {
    case 0x5BE...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
    default: false
    }
  }
}
