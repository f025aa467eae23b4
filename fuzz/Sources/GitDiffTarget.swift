@testable import Auditor
import Rules

extension FuzzTarget {
  static let gitDiff = FuzzTarget(
    name: "gitdiff",
    promise: "any output is read or refused; names and lines of a diff written as git writes it are found"
  ) { bytes in
    for change in GitDiffReader.read(bytes) ?? [] {
      guard case .some(let ranges) = change.lines else { continue }
      expect(ranges.allSatisfy { $0.lowerBound >= 0 }, "a line before the first")
      expect(change.kind != .removed || change.blob == nil || !change.path.isEmpty, "something without a name")
    }
    let diff = WrittenDiff(bytes)
    guard let changes = GitDiffReader.read(diff.output) else {
      expect(false, "git's own output is refused")
      return
    }
    expect(changes.count == diff.files.count, "\(changes.count) of \(diff.files.count) changes")
    for (change, file) in zip(changes, diff.files) {
      expect(change.path == file.name, "the name \(file.name) is read as \(change.path)")
      expect(change.lines == .some(file.lines), "other lines of \(file.name)")
    }
  }
}

/// What git prints for changes that the bytes of an input stand for: a line is a name, its first byte says which lines.
private struct WrittenDiff {
  struct File {
    let name: [UInt8]
    /// Added lines, a range a hunk.
    let lines: [ClosedRange<Int>]
  }

  private static let most = 20
  private(set) var files: [File] = []

  init(_ bytes: [UInt8]) {
    var seen: Set<[UInt8]> = []
    for line in bytes.split(separator: 0x0A).prefix(WrittenDiff.most) {
      // A carriage return stands for a line feed in a name.
      let name = line.dropFirst().map { $0 == 0x0D ? 0x0A : $0 }
      guard !name.isEmpty, !name.contains(0), seen.insert(name).inserted else { continue }
      let (hunks, count) = (Int(line.first ?? 0) % 4, Int(line.first ?? 0) / 4 % 8 + 1)
      files.append(File(name: name, lines: (0..<hunks).map { 100 * $0 + 1...100 * $0 + count }))
    }
  }

  var output: [UInt8] {
    var text: [UInt8] = []
    for file in files { text += Array(":100644 100644 1111111 0000000 M\0".utf8) + file.name + [0] }
    for file in files { text += Array("1\t1\t".utf8) + file.name + [0] }
    text.append(0)
    for file in files {
      text += Array("diff --git ".utf8) + quoted("a/", file.name) + [0x20] + quoted("b/", file.name)
      text += Array("\nindex 1111111..0000000 100644\n--- ".utf8) + label("a/", file.name)
      text += Array("\n+++ ".utf8) + label("b/", file.name) + [0x0A]
      for (hunk, lines) in file.lines.enumerated() {
        // Lines that look like headers are lines all the same.
        text += Array("@@ -\(100 * hunk + 1) +\(lines.lowerBound),\(lines.count) @@ func\n--- a/other\n".utf8)
        for _ in lines { text += Array("+++ b/other\n".utf8) }
        text += Array("\\ No newline at end of file\n".utf8)
      }
    }
    return text
  }

  private func label(_ prefix: String, _ name: [UInt8]) -> [UInt8] {
    quoted(prefix, name) + (name.contains(0x20) ? [0x09] : [])
  }

  /// As git quotes names with `core.quotePath`: like a C string, where a byte asks for it.
  private func quoted(_ prefix: String, _ name: [UInt8]) -> [UInt8] {
    let whole = Array(prefix.utf8) + name
    guard whole.contains(where: { $0 < 0x20 || $0 >= 0x7F || $0 == 0x22 || $0 == 0x5C }) else { return whole }
    let short: [UInt8: String] = [
      0x07: "\\a", 0x08: "\\b", 0x09: "\\t", 0x0A: "\\n", 0x0B: "\\v", 0x0C: "\\f", 0x0D: "\\r", 0x22: "\\\"",
      0x5C: "\\\\",
    ]
    var text: [UInt8] = [0x22]
    for byte in whole {
      if let escape = short[byte] {
        text += Array(escape.utf8)
      } else if byte < 0x20 || byte >= 0x7F {
        let digits = String(byte, radix: 8)
        text += Array("\\\(String(repeating: "0", count: 3 - digits.count))\(digits)".utf8)
      } else {
        text.append(byte)
      }
    }
    return text + [0x22]
  }
}
