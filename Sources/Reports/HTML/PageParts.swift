import Rules

/// What a colour says; the word beside it says the same.
enum Tone: String {
  case good, doubtful, bad, plain

  init(_ verdict: Verdict) {
    switch verdict {
    case .proven: self = .good
    case .partial: self = .doubtful
    case .designed: self = .bad
    }
  }

  init(_ status: GateResult.Status) {
    switch status {
    case .pass: self = .good
    case .missing: self = .doubtful
    case .fail, .conflict: self = .bad
    }
  }

  init(_ level: Severity) {
    switch level {
    case .error: self = .bad
    case .warning: self = .doubtful
    case .note: self = .plain
    }
  }

  init(_ status: ExitStatus) {
    switch status {
    case .clean: self = .good
    case .incomplete: self = .doubtful
    default: self = .bad
    }
  }

  /// What a chain says of itself accuses nobody.
  init(_ forensics: ProofForensics) {
    switch forensics.mode {
    case .operational: self = .good
    case .suspect: self = .doubtful
    case .synthetic: self = forensics.isDeclared ? .doubtful : .bad
    }
  }

  /// A bundle that may still be finished is not bad.
  init(_ bundle: BundleResult) { self.init(bundle.exitStatus) }
}

extension ProofForensics {
  /// It is synthetic by its own words alone.
  fileprivate var isDeclared: Bool { mode == .synthetic && tells.allSatisfy { $0.strength == .declared } }

  /// The mode in a word or two.
  var words: String { isDeclared ? "declared synthetic" : mode.rawValue }
}

// MARK: - What several sections are made of

extension HTMLWriter {
  /// A word on its colour.
  mutating func chip(_ word: String, _ tone: Tone) {
    element("span", ["class": "chip \(tone.rawValue)"], text: word)
  }

  /// Text of a file or for a shell.
  mutating func code(_ text: String, most: Int = PageLimits.text) {
    element("code", ["class": text.utf8.count <= PageLimits.whole ? "whole" : nil]) { $0.text(text, most: most) }
  }

  /// A name from the tree, not broken where it is short.
  mutating func name(_ text: String) {
    element("span", ["class": text.utf8.count <= PageLimits.whole ? "whole" : nil]) { $0.text(text, most: 120) }
  }

  /// Clauses of findings and rules as a sentence. Secrets are masked first: one that begins it would begin in upper case.
  mutating func sentence(_ text: String) {
    let text = SecretMask.masked(text)
    self.text(text.prefix(1).uppercased() + text.dropFirst())
    if !text.hasSuffix(".") { self.text(".") }
  }

  /// Blanks between words.
  mutating func gap() { literal(" ") }

  /// Command lines to be typed, one a line.
  mutating func commands(_ lines: [String]) {
    block("pre") { html in
      for (place, line) in lines.enumerated() {
        if place > 0 { html.literal("\n") }
        html.code(line, most: PageLimits.text)
      }
    }
  }

  /// A table whose rows become cards where the screen is narrow; each cell is told its column then.
  ///
  /// - Parameter row: writes the cells of one element, in the order of the columns.
  mutating func table<Element>(
    _ caption: String, columns: [String], _ elements: some Collection<Element>, most: Int = PageLimits.rows,
    row: (Element, inout HTMLWriter) -> Void
  ) {
    block("table") { html in
      html.block("caption", text: caption)
      html.block("thead") { html in
        html.block("tr") { html in
          for column in columns { html.element("th", ["scope": "col"], text: column) }
        }
      }
      html.block("tbody") { html in
        for element in elements.prefix(most) {
          html.block("tr") { html in
            html.columns = columns[...]
            row(element, &html)
          }
        }
      }
    }
    more(elements.count - min(most, elements.count))
  }

  /// The cell that names its row.
  mutating func head(_ content: (inout HTMLWriter) -> Void) {
    element("th", ["scope": "row", "data-column": columns.popFirst()], content)
  }

  /// The next cell of a row.
  mutating func cell(_ content: (inout HTMLWriter) -> Void) {
    element("td", ["data-column": columns.popFirst()], content)
  }

  /// The next cell, a text.
  mutating func cell(_ text: String) { cell { $0.text(text) } }

  /// How many are left out, where some are.
  mutating func more(_ count: Int, _ what: String = "") {
    if count > 0 {
      block("p", ["class": "more"], text: "\(grouped(count)) more\(what); the JSON report has them all.")
    }
  }
}
