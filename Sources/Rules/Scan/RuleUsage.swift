import Formats
import Scanning

/// Which rules have met a file that their paths and languages fit: those that never do look for nothing.
package struct RuleUsage {
  private let rules: [Rule]
  private var isUsed: [Bool]
  private var unusedCount: Int
  /// By language (empty: none is known): the rules that take it and are not used yet.
  private var open: [String: [Int]] = [:]

  /// No rule has met a file yet.
  package init(_ rules: [Rule]) {
    self.rules = rules
    isUsed = [Bool](repeating: false, count: rules.count)
    unusedCount = rules.count
  }

  /// The ids of the rules that have.
  package var used: [String] { rules.indices.filter { isUsed[$0] }.map { rules[$0].id } }

  /// Notes a file that is scanned.
  ///
  /// - Parameters:
  ///   - path: relative to the audited root, as the file system spells it.
  ///   - content: of which the first line may tell the language.
  package mutating func note(_ path: [UInt8], _ content: Span<UInt8>) {
    if unusedCount == 0 { return }
    note(path, language: SourceFile.languageName(path: path, content: content))
  }

  /// Notes a file whose language is known; nil when it has none.
  package mutating func note(_ path: [UInt8], language: String?) {
    if unusedCount == 0 { return }
    let name = language ?? ""
    let waiting = open[name] ?? rules.indices.filter { rules[$0].takes(language) }
    var rest: [Int] = []
    for index in waiting where !isUsed[index] {
      if rules[index].paths.accepts(path) {
        isUsed[index] = true
        unusedCount -= 1
      } else {
        rest.append(index)
      }
    }
    open[name] = rest
  }
}

extension Rule {
  /// Whether the rule is about files in a language, by its name; nil is a language that is not known.
  func takes(_ language: String?) -> Bool {
    languages.isEmpty || language.map(languages.contains) ?? false
  }
}
