import Rules

/// A stretch of a file; lines from 1, columns in UTF-16 units from 1, the end one past the last unit.
struct SourceRegion: Equatable {
  let startLine: Int
  let startColumn: Int
  let endLine: Int
  let endColumn: Int
}

/// The lines of one file that findings are about.
struct SourceLines {
  /// GitHub's hash of each line.
  let hashes: [Int: String]
  private let texts: [Int: ArraySlice<UInt8>]

  /// Looks at a file; one that cannot be read has no hashes, and its columns are taken as they are.
  init(_ bytes: [UInt8]?, wanted: Set<Int>) {
    guard let bytes, !wanted.isEmpty else {
      hashes = [:]
      texts = [:]
      return
    }
    hashes = LineHash.hashes(of: bytes, lines: wanted)
    var texts: [Int: ArraySlice<UInt8>] = [:]
    var start = 0
    for line in 1...(wanted.max() ?? 1) where start <= bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      if wanted.contains(line) { texts[line] = bytes[start..<end] }
      start = end + 1
    }
    self.texts = texts
  }

  /// The region of a location; a finding about the whole file points at its first line, since GitHub shows no alert
  /// without one.
  func region(of location: Location) -> SourceRegion {
    guard let line = location.line else {
      return SourceRegion(startLine: 1, startColumn: 1, endLine: 1, endColumn: 1)
    }
    let start = column(location.column ?? 1, of: line)
    let endLine = max(line, location.endLine ?? line)
    guard let end = location.endColumn else {
      return SourceRegion(startLine: line, startColumn: start, endLine: endLine, endColumn: start)
    }
    // Only the first line of a longer finding is at hand; elsewhere bytes have to do.
    let last = column(end, of: endLine)
    return SourceRegion(
      startLine: line, startColumn: start, endLine: endLine, endColumn: endLine == line ? max(start, last) : last)
  }

  /// The UTF-16 column of a byte column.
  private func column(_ byte: Int, of line: Int) -> Int {
    guard let text = texts[line], byte > 1 else { return max(1, byte) }
    return String(decoding: text.prefix(byte - 1), as: UTF8.self).utf16.count + 1
  }
}

/// A path as the URI reference that SARIF wants.
enum RelativeURI {
  private static let digits = Array("0123456789ABCDEF".utf8)

  /// Escapes what has a meaning in URIs; `/` stays. Secrets are masked first: with its escapes an address is not known any
  /// more.
  static func text(of path: String) -> String {
    var bytes: [UInt8] = []
    for byte in SecretMask.masked(path).utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        bytes.append(byte)
      default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
