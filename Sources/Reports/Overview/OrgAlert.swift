import Formats
package import Rules

/// Something about one repository that somebody should look at.
package struct OrgAlert: Sendable, Hashable {
  /// What kind of thing, in the order in which they are told.
  package enum Kind: String, Sendable, CaseIterable {
    /// The last run could not judge everything.
    case noVerdict = "no_verdict"
    /// There was no run for some time.
    case stale
    /// A phase was PROVEN and is not.
    case fell = "fell_from_proven"
    /// Findings that were not there.
    case appeared = "new"
    /// Findings that stayed, at another level or otherwise accepted.
    case drifting
    /// Acceptances that are over, or will be soon.
    case ending

    /// What stands above alerts of this kind.
    package var title: String {
      switch self {
      case .noVerdict: "No verdict"
      case .stale: "Not looked at"
      case .fell: "Fell from PROVEN"
      case .appeared: "New findings"
      case .drifting: "Drifting findings"
      case .ending: "Accepted not much longer"
      }
    }
  }

  /// The repository.
  package let target: String
  /// What kind of thing.
  package let kind: Kind
  /// What it adds to the exit status; `clean` where it is only told.
  package let status: ExitStatus
  /// What there is to know, in one clause.
  package let words: String

  /// What stands above alerts of its kind and gravity.
  var title: String {
    switch (kind, status) {
    case (.fell, .incomplete): "Fell from PROVEN earlier"
    case (.appeared, .clean): "New findings, none of which fails"
    case (.drifting, .findings): "Drifting findings that got worse"
    default: kind.title
    }
  }

  /// The same within a line.
  var chip: String { title.prefix(1).lowercased() + title.dropFirst() }

  /// Gravest first, then by kind and name; what is told of one repository keeps its order.
  static func precedes(_ left: OrgAlert, _ right: OrgAlert) -> Bool {
    if left.status != right.status { return left.status.rank > right.status.rank }
    if left.kind != right.kind { return left.kind.place < right.kind.place }
    if left.target != right.target { return left.target.utf8.lexicographicallyPrecedes(right.target.utf8) }
    return left.words.utf8.lexicographicallyPrecedes(right.words.utf8)
  }
}

extension OrgAlert.Kind {
  fileprivate var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension ExitStatus {
  /// What got worse comes before what is merely due.
  fileprivate var rank: Int32 { self == .findings ? ExitStatus.designed.rawValue : rawValue }
}

extension OrgTarget {
  /// What of this repository should be looked at.
  func alerts(_ question: OrgOverview.Question) -> [OrgAlert] {
    var alerts: [OrgAlert] = []
    func add(_ kind: OrgAlert.Kind, _ status: ExitStatus, _ words: String) {
      alerts.append(OrgAlert(target: name, kind: kind, status: status, words: words))
    }
    let lastRun = "run \(last.number) of \(last.time.date)"
    if last.exitStatus == Int(ExitStatus.noVerdict.rawValue) {
      add(.noVerdict, .noVerdict, "\(lastRun) could not judge everything; its report says what")
    }
    let age = age(on: question.lastDay)
    if age > question.staleAfter { add(.stale, .noVerdict, "\(lastRun) is the last, \(age) days ago") }
    for fall in falls { add(.fell, fall.isNew ? .findings : .incomplete, fall.words) }
    if appearedCount > 0 {
      let isWorse = appeared.contains { $0.value > 0 && question.threshold.isReached(by: $0.key) }
      add(.appeared, isWorse ? .findings : .clean, newWords)
    }
    if drifting > 0 {
      add(.drifting, worse > 0 ? .findings : .incomplete, driftWords)
    }
    let ends = endings(by: question)
    if !ends.isEmpty { add(.ending, .incomplete, endWords(ends, question)) }
    return alerts
  }

  /// What is over by the day of a question, or will be within its days.
  package func endings(by question: OrgOverview.Question) -> [LedgerHistory.Ending] {
    endings.filter { ending in
      // What nobody can read as a day is told rather than passed over.
      guard let end = CivilDate(parsing: ending.until) else { return true }
      return end.dayNumber - question.day.dayNumber <= question.within
    }
  }

  private var newWords: String {
    let joined = hasJoined ? "first looked at: " : ""
    return joined + Severity.words(appeared) + named(newest.map(\.place), of: appearedCount)
  }

  private var driftWords: String {
    let shown = drifted.map { "\($0.place) (\($0.was?.words ?? "") → \($0.state.words))" }
    return counted(drifting, "finding") + named(shown, of: drifting)
  }

  private func endWords(_ ends: [LedgerHistory.Ending], _ question: OrgOverview.Question) -> String {
    let over = ends.count { CivilDate(parsing: $0.until).map { $0 < question.day } ?? false }
    let shown = ends.map { ending in
      "\(ending.until) \(ending.rule) \(ending.path)\(ending.owner.map { " (\($0))" } ?? "")"
    }
    let counts = [
      over > 0 ? "\(over) over" : nil, ends.count > over ? "\(ends.count - over) within \(question.within) days" : nil,
    ]
    return counts.compactMap { $0 }.joined(separator: ", ") + named(shown, of: ends.count)
  }

  /// The first few of many.
  private func named(_ shown: [String], of count: Int) -> String {
    let most = 3
    let rest = count - min(most, shown.count)
    let words = shown.prefix(most).joined(separator: ", ")
    return (words.isEmpty ? "" : ": \(words)") + (rest > 0 && !words.isEmpty ? ", and \(grouped(rest)) more" : "")
  }
}

extension OrgTarget.Change {
  /// `hard-path.home src/area.py:3`.
  package var place: String { "\(rule) \(path)\(line.map { ":\($0)" } ?? "")" }
}

extension OrgTarget.Fall {
  /// What became of the phase, since when, and who had signed it off.
  package var words: String {
    let state = verdict.map { "is \($0)" } ?? "is judged no more"
    let signed = approval.map { "; \($0.actor) signed it off on \($0.time.date)" } ?? ""
    return "\(phaseID) \(state); PROVEN until run \(run) of \(time.date)\(signed)"
  }
}

extension Severity {
  /// `2 errors, 1 note`; `nothing` where there is none.
  static func words(_ counts: [Severity: Int]) -> String {
    let words = allCases.reversed().compactMap { level in
      counts[level].flatMap { $0 > 0 ? counted($0, level.rawValue) : nil }
    }
    return words.isEmpty ? "nothing" : words.joined(separator: ", ")
  }
}
