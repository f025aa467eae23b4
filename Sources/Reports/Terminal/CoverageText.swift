import Rules

/// What was looked at and what was not, for a person: the difference between clean and blind.
struct CoverageText {
  private let style: TerminalStyle

  init(_ style: TerminalStyle) {
    self.style = style
  }

  /// A heading and two or three lines.
  func text(_ coverage: Coverage, scope: Scope, inputCount: Int?) -> String {
    let skipped = Coverage.SkipReason.allCases.compactMap { reason in
      coverage.skipped[reason].map { "\($0) \(reason.words)" }
    }
    let passedOver = skipped.isEmpty ? "nothing passed over" : "passed over: \(skipped.joined(separator: ", "))"
    var text = style.strong("Looked at") + "\n"
    text += "  \(coverage.filesScanned) of \(coverage.filesSeen) files (\(ByteCount.text(coverage.bytesScanned))), "
    text += "\(coverage.rulesLoaded) rules; \(passedOver)\n"
    if let words = scope.words { text += "  \(words)\n" }
    if !coverage.patternsWithoutFiles.isEmpty {
      let patterns = coverage.patternsWithoutFiles.map { "'\(printable($0))'" }.joined(separator: ", ")
      text += "  \(style.doubtful("no file matches")) \(patterns) of the configuration\n"
    }
    if let inputCount {
      text += "  \(coverage.phasesFound) phases, \(coverage.gatesFound) gates, \(coverage.contractsFound) contracts; "
      text += "\(inputCount) inputs, each with its digest in the report\n"
    }
    return text
  }
}

extension Coverage.SkipReason {
  /// The reason in words, after a number.
  var words: String {
    switch self {
    case .ignored: "ignored by git"
    case .excluded: "excluded by configuration"
    case .unchanged: "unchanged"
    case .binary: "binary"
    case .link: "symbolic links"
    case .special: "FIFOs, sockets or devices"
    case .nestedRepository: "other repositories"
    case .tooLarge: "too large"
    case .unreadable: "unreadable"
    case .vanished: "vanished"
    }
  }
}

extension Scope {
  /// What was left out by choice; nil where nothing was.
  fileprivate var words: String? {
    let base = base.map { " \($0.prefix(12))" } ?? ""
    switch kind {
    case .tree, .paths: return nil
    case .diff: return "only lines changed since '\(printable(revision ?? ""))' (merge base\(base)), committed or not"
    case .staged: return self.base == nil ? "only what is staged" : "only what is staged, against HEAD\(base)"
    case .standardInput: return "only standard input"
    }
  }
}
