/// Which code points a U-label may hold, and beside which others (RFC 5892).
///
/// Derived from the Unicode properties of the standard library; only scripts and joining types, which it does not
/// tell, are written as ranges here.
enum IDNACodePoint {
  static func isAllowed(_ label: [Unicode.Scalar], at index: Int) -> Bool {
    let scalar = label[index]
    switch scalar.value {
    case 0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007: return true
    case 0x640, 0x7FA, 0x302E, 0x302F, 0x3031...0x3035, 0x303B: return false
    case 0x200C: return isAfterVirama(label, index) || joins(label, index)
    case 0x200D: return isAfterVirama(label, index)
    case 0xB7: return index > 0 && label[index - 1] == "l" && index + 1 < label.count && label[index + 1] == "l"
    case 0x375: return index + 1 < label.count && isGreek(label[index + 1])
    case 0x5F3, 0x5F4: return index > 0 && isHebrew(label[index - 1])
    case 0x30FB: return label.contains(where: isJapaneseOrHan)
    case 0x660...0x669: return !label.contains { (0x6F0...0x6F9).contains($0.value) }
    case 0x6F0...0x6F9: return !label.contains { (0x660...0x669).contains($0.value) }
    case 0x2D, 0x30...0x39, 0x61...0x7A: return true
    default: return isDerivedValid(scalar)
    }
  }

  private static func isDerivedValid(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    if properties.changesWhenNFKCCaseFolded || properties.isDefaultIgnorableCodePoint || properties.isWhitespace {
      return false
    }
    switch scalar.value {
    // Combining marks for symbols, musical symbols; old Hangul jamo.
    case 0x20D0...0x20FF, 0x1D100...0x1D24F, 0x1100...0x11FF, 0xA960...0xA97F, 0xD7B0...0xD7FF: return false
    default: break
    }
    switch properties.generalCategory {
    case .lowercaseLetter, .uppercaseLetter, .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark,
      .decimalNumber:
      return true
    default: return false
    }
  }

  private static func isAfterVirama(_ label: [Unicode.Scalar], _ index: Int) -> Bool {
    index > 0 && label[index - 1].properties.canonicalCombiningClass == .virama
  }

  /// A letter that joins forward before, one that joins backward after, transparent marks between.
  private static func joins(_ label: [Unicode.Scalar], _ index: Int) -> Bool {
    guard let before = label[..<index].last(where: { !isTransparent($0) }),
      let after = label[(index + 1)...].first(where: { !isTransparent($0) })
    else { return false }
    return isCursive(before) && !joinsBackwardOnly(before) && isCursive(after)
  }

  private static func isTransparent(_ scalar: Unicode.Scalar) -> Bool {
    let category = scalar.properties.generalCategory
    return category == .nonspacingMark || category == .enclosingMark
  }

  /// Arabic, Syriac, N'Ko, Mandaic, Mongolian, Phags-pa, Manichaean, Hanifi Rohingya, Sogdian, Adlam.
  private static func isCursive(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x621, 0x674: false
    case 0x620...0x64A, 0x66E...0x6D5, 0x6EE...0x6FF, 0x710...0x72F, 0x74D...0x77F, 0x7CA...0x7EA, 0x840...0x858,
      0x860...0x8C8, 0x1820...0x18AA, 0xA840...0xA872, 0x10AC0...0x10AE4, 0x10D00...0x10D23, 0x10F30...0x10F54,
      0x1E900...0x1E943:
      true
    default: false
    }
  }

  private static func joinsBackwardOnly(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x622...0x625, 0x627, 0x629, 0x62F...0x632, 0x648, 0x671...0x673, 0x675...0x677, 0x688...0x699, 0x6C0,
      0x6C3...0x6CB, 0x6CD, 0x6CF, 0x6D2, 0x6D3, 0x6D5, 0x6EE, 0x6EF, 0x710, 0x715...0x719, 0x71E, 0x728, 0x72A,
      0x72C, 0x72F, 0x74D, 0x759...0x75B, 0x76B, 0x76C, 0x771, 0x773, 0x774, 0x778, 0x779, 0x840, 0x846, 0x847,
      0x849, 0x854, 0x856...0x858, 0x867, 0x869, 0x86A, 0x8AA...0x8AC, 0x8AE, 0x8B1, 0x8B2, 0x8B9:
      true
    default: false
    }
  }

  private static func isGreek(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x370...0x373, 0x375...0x377, 0x37A...0x37D, 0x37F, 0x384, 0x386, 0x388...0x3E1, 0x3F0...0x3FF,
      0x1F00...0x1FFE:
      true
    default: false
    }
  }

  private static func isHebrew(_ scalar: Unicode.Scalar) -> Bool {
    (0x591...0x5F4).contains(scalar.value) || (0xFB1D...0xFB4F).contains(scalar.value)
  }

  private static func isJapaneseOrHan(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3041...0x3096, 0x309D...0x309F, 0x30A1...0x30FA, 0x30FD...0x30FF, 0x31F0...0x31FF, 0x3005, 0x3007,
      0x3021...0x3029, 0x3038...0x303B, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAD9, 0x20000...0x323AF:
      true
    default: false
    }
  }
}
