/// Verdicts in prose: `PROVEN`, `PARTIAL` and `DESIGNED` as whole words in capitals.
enum ClaimWords {
  /// Every verdict that is named, in order.
  static func all(in text: String) -> [Verdict] { found(text).map(\.verdict) }

  /// The same without those that a `not` takes away.
  static func claimed(in text: String) -> [Verdict] { found(text).filter { !$0.isDenied }.map(\.verdict) }

  private static func found(_ text: String) -> [(verdict: Verdict, isDenied: Bool)] {
    let words = text.utf8.split { !ASCII.isWord($0) }.map { String(decoding: $0, as: UTF8.self) }
    return words.indices.compactMap { index in
      Verdict(rawValue: words[index]).map { ($0, index > 0 && words[index - 1].lowercased() == "not") }
    }
  }
}

/// `exit 0 = PROVEN` in prose.
enum ExitCodeText {
  /// Every statement of that kind, in order.
  static func codes(in text: String) -> [(status: Int, verdict: Verdict)] {
    let words = text.utf8.split { !ASCII.isWord($0) && $0 != UInt8(ascii: "=") }
      .map { String(decoding: $0, as: UTF8.self) }
    return words.indices.compactMap { index in
      guard index + 3 < words.count, words[index].lowercased() == "exit", words[index + 2] == "=",
        let status = Int(words[index + 1]), let verdict = Verdict(rawValue: words[index + 3])
      else { return nil }
      return (status, verdict)
    }
  }
}

/// What of code in prose is a path below the root.
enum CitedPath {
  /// Path characters only, a folder in front, and an extension or a slash at the end: `core/seal.py`, `rules/`. Words with
  /// slashes (`and/or`, `origin/main`), patterns, variables and what climbs are none.
  static func isPath(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count <= 512, let first = bytes.first, first != UInt8(ascii: "/"), first != UInt8(ascii: "-"),
      bytes.allSatisfy(isPathByte)
    else { return false }
    let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count > 1, let last = parts.last, !PathText.climbs(text), parts.dropLast().allSatisfy({ !$0.isEmpty })
    else { return false }
    return last.isEmpty || hasExtension(last)
  }

  /// The file's name says that it is a test.
  static func isTest(_ path: String) -> Bool {
    let name = path.split(separator: "/").last?.lowercased() ?? ""
    return name.hasPrefix("test") || name.contains("_test.") || name.contains("tests.") || name.contains(".test.")
      || name.contains(".spec.")
  }

  private static func hasExtension(_ name: ArraySlice<UInt8>) -> Bool {
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > name.startIndex else { return false }
    let ending = name[(dot + 1)...]
    return (1...8).contains(ending.count) && ending.allSatisfy(ASCII.isWord) && ending.contains { !ASCII.isDigit($0) }
  }

  private static func isPathByte(_ byte: UInt8) -> Bool {
    ASCII.isWord(byte) || byte >= 0x80 || "./-+@".utf8.contains(byte)
  }
}
