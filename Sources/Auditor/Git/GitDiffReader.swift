import Rules

/// Reads what `git diff --raw --numstat --patch -z -U0` prints: which paths, whether text, which lines.
///
/// Names come from the raw part, which ends them with NUL; the patch quotes unusual names as C does, and tells the lines.
struct GitDiffReader {
  /// The words of a suppression: where a line with them is taken out, what it covered counts as changed.
  private static let suppressionMark = Array("auditor:ignore".utf8)

  private let bytes: [UInt8]
  private var offset = 0
  private var changes: [GitChange] = []
  private var places: [[UInt8]: Int] = [:]

  /// The changes in git's order; nil when the output is not what git prints.
  static func read(_ output: [UInt8]) -> [GitChange]? {
    var reader = GitDiffReader(output)
    guard reader.readRaw(), reader.readNumbers(), reader.readPatch() else { return nil }
    return reader.changes
  }

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// `:OLDMODE NEWMODE OLDBLOB NEWBLOB STATUS`, the path, and for renames and copies the new path.
  private mutating func readRaw() -> Bool {
    while offset < bytes.count, bytes[offset] == UInt8(ascii: ":") {
      guard let header = field(), let first = field() else { return false }
      let words = header.dropFirst().split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
      guard words.count == 5, let status = words[4].first else { return false }
      var path = first
      if status == "R" || status == "C" {
        guard let new = field() else { return false }
        path = new
      }
      if status == "R" {
        changes.append(GitChange(path: Array(first), kind: .removed, lines: .some([]), blob: nil))
      }
      let isWhole = status == "U" || status == "T" || status == "X"
      places[Array(path)] = changes.count
      changes.append(
        GitChange(
          path: Array(path), kind: kind(mode: words[1], status: status), lines: isWhole ? .all : .some([]),
          blob: words[3].allSatisfy { $0 == "0" } ? nil : words[3]))
    }
    return true
  }

  private func kind(mode: String, status: Character) -> GitChange.Kind {
    if status == "D" { return .removed }
    return mode.hasPrefix("100") || status == "U" ? .file : .other
  }

  /// `ADDED\tREMOVED\tPATH`, or an empty path and then the old and the new one; `-` for binary files.
  private mutating func readNumbers() -> Bool {
    while offset < bytes.count, bytes[offset] != 0 {
      guard let record = field() else { return false }
      let parts = record.split(separator: UInt8(ascii: "\t"), maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { return false }
      var path = parts[2]
      if path.isEmpty {
        guard field() != nil, let new = field() else { return false }
        path = new
      }
      if parts[0].elementsEqual("-".utf8), let place = places[Array(path)] { changes[place].lines = .all }
    }
    offset += 1
    return true
  }

  private mutating func readPatch() -> Bool {
    var place: Int?
    while let line = line() {
      if line.starts(with: "+++ ".utf8) {
        place = GitDiffReader.path(of: line.dropFirst(4)).flatMap { places[$0] }
      } else if line.starts(with: "@@ ".utf8) {
        guard readHunk(line, of: place) else { return false }
      }
    }
    return true
  }

  /// The header of a hunk and the lines it announces.
  private mutating func readHunk(_ header: ArraySlice<UInt8>, of place: Int?) -> Bool {
    let words = header.split(separator: UInt8(ascii: " "), maxSplits: 3)
    guard words.count >= 3, let old = GitDiffReader.range(words[1]), let new = GitDiffReader.range(words[2]) else {
      return false
    }
    var liftedSuppression = false
    for _ in 0..<old.count {
      guard let line = line(), line.first == UInt8(ascii: "-") else { return false }
      liftedSuppression = liftedSuppression || contains(GitDiffReader.suppressionMark, line)
      skipMissingLineEnd()
    }
    for _ in 0..<new.count {
      guard let line = line(), line.first == UInt8(ascii: "+") else { return false }
      skipMissingLineEnd()
    }
    guard let place, case .some(var ranges) = changes[place].lines else { return true }
    if new.count > 0 { ranges.append(new.start...(new.start + new.count - 1)) }
    if liftedSuppression {
      // With nothing added, the header names the line before.
      let next = new.count > 0 ? new.start + new.count : new.start + 1
      ranges.append(next...next)
    }
    changes[place].lines = .some(ranges)
    return true
  }

  private mutating func skipMissingLineEnd() {
    if offset < bytes.count, bytes[offset] == UInt8(ascii: "\\") { _ = line() }
  }

  private func contains(_ mark: [UInt8], _ line: ArraySlice<UInt8>) -> Bool {
    var rest = line
    while let next = rest.firstIndex(of: mark[0]) {
      if rest[next...].starts(with: mark) { return true }
      rest = rest[(next + 1)...]
    }
    return false
  }

  /// `-12,3` or `+12`: where it starts and how many lines, one when nothing is said.
  private static func range(_ word: ArraySlice<UInt8>) -> (start: Int, count: Int)? {
    let parts = String(decoding: word.dropFirst(), as: UTF8.self).split(separator: ",")
    guard (1...2).contains(parts.count), let start = Int(parts[0]), start >= 0, start < 1 << 40 else { return nil }
    guard parts.count == 2 else { return (start, 1) }
    guard let count = Int(parts[1]), count >= 0, count < 1 << 40 else { return nil }
    return (start, count)
  }

  /// The path of a `+++` line without its `b/`; nil for `/dev/null`.
  private static func path(of text: ArraySlice<UInt8>) -> [UInt8]? {
    var name = Array(text)
    // Git ends a name with blanks in it by a tab.
    if name.last == UInt8(ascii: "\t") { name.removeLast() }
    if name.first == UInt8(ascii: "\"") { name = unquoted(name) }
    return name.starts(with: "b/".utf8) ? Array(name.dropFirst(2)) : nil
  }

  /// A name that git quoted as a C string.
  private static func unquoted(_ text: [UInt8]) -> [UInt8] {
    var name: [UInt8] = []
    var index = 1
    while index < text.count, text[index] != UInt8(ascii: "\"") {
      guard text[index] == UInt8(ascii: "\\"), index + 1 < text.count else {
        name.append(text[index])
        index += 1
        continue
      }
      let sign = text[index + 1]
      let digits = text[(index + 1)...].prefix(3)
      if (0x30...0x33).contains(sign), digits.count == 3, digits.allSatisfy({ (0x30...0x37).contains($0) }) {
        name.append(digits.reduce(0) { $0 &* 8 &+ ($1 - 0x30) })
        index += 4
      } else {
        name.append(escapes[sign] ?? sign)
        index += 2
      }
    }
    return name
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "a"): 0x07, UInt8(ascii: "b"): 0x08, UInt8(ascii: "t"): 0x09, UInt8(ascii: "n"): 0x0A,
    UInt8(ascii: "v"): 0x0B, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "r"): 0x0D,
  ]

  /// What stands before the next NUL.
  private mutating func field() -> ArraySlice<UInt8>? {
    guard offset < bytes.count, let end = bytes[offset...].firstIndex(of: 0) else { return nil }
    defer { offset = end + 1 }
    return bytes[offset..<end]
  }

  /// The next line without its line feed.
  private mutating func line() -> ArraySlice<UInt8>? {
    guard offset < bytes.count else { return nil }
    let end = bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count
    defer { offset = end + 1 }
    return bytes[offset..<end]
  }
}
