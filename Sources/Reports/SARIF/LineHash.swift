/// GitHub's `primaryLocationLineHash`: a rolling hash over the next hundred characters from a line's start, and the
/// how-many-eth line with that hash it is, so that an alert is recognised after lines have moved.
///
/// As github/codeql-action computes it (`src/fingerprints.ts`): UTF-16 units, multiplier 37 modulo 2⁶⁴, spaces and tabs
/// skipped, CR and CRLF read as LF, the end marked by 65535 and filled with zeros.
struct LineHash {
  private static let windowCount = 100
  private static let multiplier: UInt64 = 37
  private static let leading: UInt64 = (0..<windowCount).reduce(1) { power, _ in power &* multiplier }

  private var window = [UInt16](repeating: 0, count: windowCount)
  /// The line that begins at each place of the window; 0 for none.
  private var lines = [Int](repeating: 0, count: windowCount)
  private var place = 0
  private var hash: UInt64 = 0
  private var counts: [UInt64: Int] = [:]
  private var line = 0
  private var isLineStart = true
  private var followsReturn = false
  private let wanted: Set<Int>
  private var found: [Int: String] = [:]

  /// The hashes of some lines of a text, by line from 1.
  static func hashes(of bytes: [UInt8], lines: Set<Int>) -> [Int: String] {
    var state = LineHash(wanted: lines)
    for unit in String(decoding: bytes, as: UTF8.self).utf16 { state.take(unit) }
    state.take(.max)
    for _ in 0..<windowCount {
      state.tellLine()
      state.push(0)
    }
    return state.found
  }

  private init(wanted: Set<Int>) { self.wanted = wanted }

  private mutating func take(_ unit: UInt16) {
    var unit = unit
    if unit == 0x20 || unit == 0x09 || (followsReturn && unit == 0x0A) {
      followsReturn = false
      return
    }
    followsReturn = unit == 0x0D
    if followsReturn { unit = 0x0A }
    tellLine()
    if isLineStart {
      isLineStart = false
      line += 1
      lines[place] = line
    }
    if unit == 0x0A { isLineStart = true }
    push(unit)
  }

  /// The window has gone once round since a line began here: its hash is complete.
  private mutating func tellLine() {
    let line = lines[place]
    guard line > 0 else { return }
    lines[place] = 0
    let count = counts[hash, default: 0] + 1
    counts[hash] = count
    if wanted.contains(line) { found[line] = "\(String(hash, radix: 16)):\(count)" }
  }

  private mutating func push(_ unit: UInt16) {
    let leaving = UInt64(window[place])
    window[place] = unit
    hash = Self.multiplier &* hash &+ UInt64(unit) &- Self.leading &* leaving
    place = (place + 1) % Self.windowCount
  }
}
