/// MD5 (RFC 1321) and SHA-1 (RFC 3174). Neither seals anything any more: they are here to recognize names that somebody
/// derived with them, over texts of a few bytes.
public enum LegacyDigest {
  /// The 32 lower-case hexadecimal digits of MD5.
  public static func md5(_ bytes: [UInt8]) -> String {
    var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476]
    let text = padded(bytes, lengthIsBigEndian: false)
    for start in stride(from: 0, to: text.count, by: 64) {
      let words = (0..<16).map { word in
        (0..<4).reduce(UInt32(0)) { $0 | UInt32(text[start + word * 4 + $1]) << UInt32($1 * 8) }
      }
      var (a, b, c, d) = (state[0], state[1], state[2], state[3])
      for step in 0..<64 {
        let (mixed, word) = md5Round(step, b, c, d)
        let sum = a &+ mixed &+ md5Sines[step] &+ words[word]
        (a, d, c, b) = (d, c, b, b &+ rotated(sum, by: md5Shifts[step / 16][step % 4]))
      }
      state = zip(state, [a, b, c, d]).map { $0 &+ $1 }
    }
    return hexadecimal(state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32($0 * 8)) } })
  }

  /// The 40 lower-case hexadecimal digits of SHA-1.
  public static func sha1(_ bytes: [UInt8]) -> String {
    var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
    let text = padded(bytes, lengthIsBigEndian: true)
    for start in stride(from: 0, to: text.count, by: 64) {
      var words = (0..<16).map { word in
        (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(text[start + word * 4 + $1]) }
      }
      for step in 16..<80 {
        words.append(rotated(words[step - 3] ^ words[step - 8] ^ words[step - 14] ^ words[step - 16], by: 1))
      }
      var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
      for step in 0..<80 {
        let sum = rotated(a, by: 5) &+ sha1Round(step, b, c, d) &+ e &+ sha1Constants[step / 20] &+ words[step]
        (e, d, c, b, a) = (d, c, rotated(b, by: 30), a, sum)
      }
      state = zip(state, [a, b, c, d, e]).map { $0 &+ $1 }
    }
    return hexadecimal(state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(24 - $0 * 8)) } })
  }

  private static func md5Round(_ step: Int, _ b: UInt32, _ c: UInt32, _ d: UInt32) -> (mixed: UInt32, word: Int) {
    switch step / 16 {
    case 0: ((b & c) | (~b & d), step)
    case 1: ((d & b) | (~d & c), (5 * step + 1) % 16)
    case 2: (b ^ c ^ d, (3 * step + 5) % 16)
    default: (c ^ (b | ~d), (7 * step) % 16)
    }
  }

  private static func sha1Round(_ step: Int, _ b: UInt32, _ c: UInt32, _ d: UInt32) -> UInt32 {
    switch step / 20 {
    case 0: (b & c) | (~b & d)
    case 2: (b & c) | (b & d) | (c & d)
    default: b ^ c ^ d
    }
  }

  /// A one bit, zeros, and the length in bits, up to a whole number of blocks.
  private static func padded(_ bytes: [UInt8], lengthIsBigEndian: Bool) -> [UInt8] {
    var text = bytes + [0x80]
    while text.count % 64 != 56 { text.append(0) }
    let bits = UInt64(bytes.count) * 8
    for place in 0..<8 {
      text.append(UInt8(truncatingIfNeeded: bits >> UInt64((lengthIsBigEndian ? 7 - place : place) * 8)))
    }
    return text
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String { Hex.text(of: bytes.span) }

  private static func rotated(_ word: UInt32, by count: UInt32) -> UInt32 { word << count | word >> (32 - count) }

  private static let sha1Constants: [UInt32] = [0x5A82_7999, 0x6ED9_EBA1, 0x8F1B_BCDC, 0xCA62_C1D6]
  private static let md5Shifts: [[UInt32]] = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]]
  /// `floor(2³² · |sin(i + 1)|)`, as RFC 1321 lists them.
  private static let md5Sines: [UInt32] = [
    0xD76A_A478, 0xE8C7_B756, 0x2420_70DB, 0xC1BD_CEEE, 0xF57C_0FAF, 0x4787_C62A, 0xA830_4613, 0xFD46_9501,
    0x6980_98D8, 0x8B44_F7AF, 0xFFFF_5BB1, 0x895C_D7BE, 0x6B90_1122, 0xFD98_7193, 0xA679_438E, 0x49B4_0821,
    0xF61E_2562, 0xC040_B340, 0x265E_5A51, 0xE9B6_C7AA, 0xD62F_105D, 0x0244_1453, 0xD8A1_E681, 0xE7D3_FBC8,
    0x21E1_CDE6, 0xC337_07D6, 0xF4D5_0D87, 0x455A_14ED, 0xA9E3_E905, 0xFCEF_A3F8, 0x676F_02D9, 0x8D2A_4C8A,
    0xFFFA_3942, 0x8771_F681, 0x6D9D_6122, 0xFDE5_380C, 0xA4BE_EA44, 0x4BDE_CFA9, 0xF6BB_4B60, 0xBEBF_BC70,
    0x289B_7EC6, 0xEAA1_27FA, 0xD4EF_3085, 0x0488_1D05, 0xD9D4_D039, 0xE6DB_99E5, 0x1FA2_7CF8, 0xC4AC_5665,
    0xF429_2244, 0x432A_FF97, 0xAB94_23A7, 0xFC93_A039, 0x655B_59C3, 0x8F0C_CC92, 0xFFEF_F47D, 0x8584_5DD1,
    0x6FA8_7E4F, 0xFE2C_E6E0, 0xA301_4314, 0x4E08_11A1, 0xF753_7E82, 0xBD3A_F235, 0x2AD7_D2BB, 0xEB86_D391,
  ]
}
