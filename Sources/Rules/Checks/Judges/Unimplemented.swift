import Formats
import Scanning

/// Judges "not implemented" in code: whether the operation is expected to be there.
///
/// None: methods that subclasses implement (abstract classes, protocols, bases that another class of the file derives
/// from), operations that are refused on purpose (the message says what to do instead, or a switch guards them), text that
/// is not raised. Elsewhere than in code that reads, writes, sends, stores or proves something it is a remark.
struct Unimplemented {
  private let candidate: Candidate

  init(_ candidate: Candidate) {
    self.candidate = candidate
  }

  var judgement: Judgement {
    guard candidate.byteClass != .comment, candidate.role.kind == .program || candidate.role.kind == .configuration
    else { return .none }
    if isRefusal || isAbstract { return .none }
    if candidate.isInTest || candidate.role.isDemonstration { return .remark }
    return isCritical ? .violation : .remark
  }

  private static let refusing: Set<String> = [
    "subclass", "subclasses", "override", "overrides", "overridden", "abstract", "cannot", "unsupported", "supported",
    "disabled", "enabled", "enable", "must", "should", "instead", "explicit", "explicitly", "provide", "provided",
    "deliberately", "intentionally", "purpose", "forbidden", "deprecated", "removed", "immutable", "readonly",
    "derived", "concrete", "implementers", "flag", "phase", "gate", "gated",
  ]

  /// The message, or the condition before it, says that this is no gap.
  private var isRefusal: Bool {
    let file = candidate.file
    var words = candidate.wordsAfter
    // A message that begins on the next line.
    if candidate.after.last(where: { $0 > 0x20 }) == UInt8(ascii: "("), candidate.line < file.lines.count {
      words += candidate.reading.words(ofLine: candidate.line + 1)
    }
    if !Set(words).isDisjoint(with: Unimplemented.refusing) { return true }
    let condition = candidate.reading.owners(ofLine: candidate.line, atMost: 1).first.map {
      candidate.reading.words(ofLine: $0)
    }
    guard let condition, condition.contains("if") || condition.contains("unless") || condition.contains("guard") else {
      return false
    }
    return !Set(condition).isDisjoint(with: [
      "enabled", "flag", "flags", "feature", "features", "isinstance", "platform", "version",
    ])
  }

  private static let abstracting: Set<String> = [
    "abc", "abcmeta", "abstractmethod", "abstract", "protocol", "interface", "base", "mixin", "contract",
  ]

  private var isAbstract: Bool {
    let reading = candidate.reading
    guard let function = reading.function(around: candidate.line) else { return false }
    let start = function.lines.lowerBound
    // `@abstractmethod` above the method, or its documentation.
    for number in max(1, start - 3)..<start where !reading.file.line(number).isEmpty {
      let line = Words.split(reading.file.line(number))
      if line.contains("abstractmethod") || line.contains("abstract") && reading.file.line(number).contains("@") {
        return true
      }
    }
    for number in start...max(start, min(candidate.line, start + 12))
    where number == start || isComment(number) {
      if !Set(reading.words(ofLine: number)).isDisjoint(with: ["abstract", "subclass", "subclasses", "override"]) {
        return true
      }
    }
    guard let owner = reading.owners(ofLine: start, atMost: 1).first else { return false }
    let header = Words.split(reading.file.line(owner))
    guard
      header.contains("class") || header.contains("module") || header.contains("protocol") || header.contains("trait")
    else { return false }
    if !Set(header).isDisjoint(with: Unimplemented.abstracting) { return true }
    for number in (owner + 1)...max(owner + 1, min(owner + 6, start)) where isComment(number) {
      let words = Set(reading.words(ofLine: number))
      if !words.isDisjoint(with: ["abstract", "base", "interface", "subclass", "subclasses", "implementations"]) {
        return true
      }
    }
    return isDerivedFrom(owner)
  }

  private func isComment(_ number: Int) -> Bool {
    let line = candidate.file.range(ofLine: number)
    guard let first = candidate.file.bytes[line].firstIndex(where: { $0 > 0x20 }) else { return false }
    return candidate.reading.byteClass(at: first) == .comment
  }

  /// Whether another class of the file derives from the one that a line begins.
  private func isDerivedFrom(_ line: Int) -> Bool {
    let words = String(decoding: candidate.file.line(line).prefix(400), as: UTF8.self)
      .split { !($0.isLetter || $0.isNumber || $0 == "_") }
    guard let keyword = words.firstIndex(of: "class"), keyword + 1 < words.count else { return false }
    let name = words[keyword + 1]
    return (1...candidate.file.lines.count).contains { number in
      guard number != line else { return false }
      let text = String(decoding: candidate.file.line(number).prefix(400), as: UTF8.self)
      guard text.contains("class "), text.contains(name) else { return false }
      let bases = text.split { "(:<,".contains($0) }.dropFirst()
      return bases.contains { base in
        base.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") }.contains {
          $0.split(separator: ".").last == name
        }
      }
    }
  }

  /// The names of the method, of its class and of the message.
  private var isCritical: Bool {
    var words = candidate.functionWords.union(candidate.wordsAfter)
    if let function = candidate.reading.function(around: candidate.line) {
      for owner in candidate.reading.owners(ofLine: function.lines.lowerBound, atMost: 1) {
        words.formUnion(candidate.reading.words(ofLine: owner))
      }
      words.formUnion(candidate.reading.words(ofLine: function.lines.lowerBound))
    }
    return !words.isDisjoint(with: OpenWork.critical)
  }
}
