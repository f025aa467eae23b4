import Formats
import Scanning

/// Finds verdicts that can only be positive: a statement emits PASS, PROVEN or VERIFIED, and nothing in its scope
/// (the enclosing function, or the whole file outside of one) could have made it say anything else or stopped it from
/// being reached.
///
/// A first cut by words and indentation. It does not follow calls: a check in another function counts only through
/// what the caller does with it on the way (`raise`, `exit 1`, `|| …`, `if`).
struct SyntheticVerdict {
  let rule: Rule
  let file: SourceFile

  private static let positive: Set<String> = [
    "PASS", "PASSED", "PROVEN", "VERIFIED", "GREEN", "verified", "proven", "passed", "pass",
  ]
  private static let emitters: Set<String> = [
    "echo", "printf", "print", "println", "Println", "Fprintln", "Printf", "Fprintf", "puts", "write", "write_text",
    "writeFile", "writeFileSync", "WriteFile", "dump", "dumps", "tee", "log", "stringify",
  ]
  private static let verdictNames: Set<String> = [
    "verdict", "status", "result", "outcome", "overall", "gate", "conclusion", "verifier_mode", "state",
  ]
  /// Words that show that the scope can end otherwise.
  private static let negative: Set<String> = [
    "FAIL", "FAILED", "FAILURE", "RED", "YELLOW", "PARTIAL", "DESIGNED", "UNPROVEN", "HOLLOW", "ERROR", "INVALID",
    "fail", "failed", "failure", "partial", "invalid", "error", "rejected", "unverified",
  ]
  private static let escapes: Set<String> = [
    "raise", "throw", "throws", "assert", "panic", "die", "abort", "guard", "if", "elif", "case", "switch", "when",
    "unless", "except", "catch", "rescue", "exit", "Fatal", "Fatalf", "trap", "errexit", "check_call", "check",
    "require",
  ]

  func findings() -> [Finding] {
    (1...file.lines.count).compactMap { number in
      guard let word = emittedVerdict(on: number), !canFail(scope(of: number)) else { return nil }
      return rule.finding(in: file, from: word.lowerBound, to: word.upperBound)
    }
  }

  /// The positive word that a line emits, or nil.
  private func emittedVerdict(on number: Int) -> Range<Int>? {
    let line = file.line(number)
    let words = SyntheticVerdict.words(of: line).filter { file.classes.at($0.range.lowerBound) != .comment }
    guard let verdict = words.last(where: { SyntheticVerdict.positive.contains($0.text) }) else { return nil }
    let before = words.filter { $0.range.upperBound <= verdict.range.lowerBound }
    let isEmitted = before.contains { SyntheticVerdict.emitters.contains($0.text) }
    let isAssigned =
      before.last.map { name in
        SyntheticVerdict.verdictNames.contains(name.text)
          && assigns(file.bytes[name.range.upperBound..<verdict.range.lowerBound])
      } ?? false
    guard isEmitted || isAssigned, isShouted(verdict.text) || isAssigned else { return nil }
    return verdict.range
  }

  /// Lower-case words are too common in sentences to be verdicts by themselves.
  private func isShouted(_ word: String) -> Bool { word.utf8.allSatisfy { (0x41...0x5A).contains($0) } }

  /// Between a name and its value stands one `:` or `=` with blanks and quotes, and no comparison.
  private func assigns(_ between: ArraySlice<UInt8>) -> Bool {
    let signs = between.filter { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":") }
    let others = between.filter { ![0x20, 0x09, 0x22, 0x27, 0x5D, 0x3A, 0x3D, 0x5C].contains($0) }
    return signs.count == 1 && others.isEmpty
  }

  /// The lines of the enclosing function, or of the whole file.
  private func scope(of number: Int) -> ClosedRange<Int> {
    var limit = indentation(of: number)
    var start = number
    while start > 1, limit > 0 {
      start -= 1
      guard let indent = indentation(ofTextOn: start), indent < limit else { continue }
      limit = indent
      if SyntheticVerdict.words(of: file.line(start)).contains(where: { isDefinition($0.text) }) {
        return start...end(ofScopeFrom: start, indent: indent)
      }
    }
    return 1...file.lines.count
  }

  private func end(ofScopeFrom start: Int, indent: Int) -> Int {
    var end = start
    while end < file.lines.count {
      if let next = indentation(ofTextOn: end + 1), next <= indent, !isClosing(end + 1) { break }
      end += 1
    }
    return end
  }

  private func isDefinition(_ word: String) -> Bool { ["def", "func", "function", "fn", "sub"].contains(word) }

  private func isClosing(_ number: Int) -> Bool {
    let first = file.line(number).first { $0 != 0x20 && $0 != 0x09 }
    return first == UInt8(ascii: "}") || first == UInt8(ascii: ")")
  }

  private func canFail(_ scope: ClosedRange<Int>) -> Bool {
    scope.contains { number in
      let line = file.line(number)
      let words = SyntheticVerdict.words(of: line).filter { file.classes.at($0.range.lowerBound) != .comment }
      if words.contains(where: { SyntheticVerdict.negative.contains($0.text) }) { return true }
      let code = words.filter { file.classes.at($0.range.lowerBound) == .code }
      if code.contains(where: { SyntheticVerdict.escapes.contains($0.text) }) { return true }
      return stopsOnError(line)
    }
  }

  /// `set -e` and its kin, `||` and `&&`, and a `?` of a conditional.
  private func stopsOnError(_ line: ArraySlice<UInt8>) -> Bool {
    let text = String(decoding: line, as: UTF8.self)
    let trimmed = text.drop { $0 == " " || $0 == "\t" }
    if trimmed.hasPrefix("set -") { return trimmed.dropFirst(5).prefix { $0 != " " }.contains("e") }
    var previous: Character = " "
    for character in text {
      if (character == "|" || character == "&"), character == previous { return true }
      previous = character
    }
    return false
  }

  private func indentation(of number: Int) -> Int { indentation(ofTextOn: number) ?? 0 }

  /// Leading blanks of a line that holds text; nil for a blank one.
  private func indentation(ofTextOn number: Int) -> Int? {
    let line = file.line(number)
    guard let first = line.firstIndex(where: { $0 != 0x20 && $0 != 0x09 }) else { return nil }
    return first - line.startIndex
  }

  private struct Word {
    let text: String
    let range: Range<Int>
  }

  private static func words(of line: ArraySlice<UInt8>) -> [Word] {
    var words: [Word] = []
    var start: Int?
    for index in line.startIndex...line.endIndex {
      let isWord = index < line.endIndex && isWordByte(line[index])
      if isWord {
        start = start ?? index
      } else if let from = start {
        words.append(Word(text: String(decoding: line[from..<index], as: UTF8.self), range: from..<index))
        start = nil
      }
    }
    return words
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
  }
}
