/// One sign that a chain is no measurement of a run, with what a person looks at to check it (FORENSICS_RULES section 4).
package struct Tell: Sendable, Hashable {
  /// How much a sign weighs.
  package enum Strength: String, Sendable, Comparable, CaseIterable {
    /// The chain says itself how it came to be: nothing is accused.
    case declared
    /// Unusual; two of different families make a phase suspect.
    case weak
    /// Decides by itself.
    case strong

    private var rank: Int {
      switch self {
      case .declared: 0
      case .weak: 1
      case .strong: 2
      }
    }

    /// Orders by weight.
    package static func < (left: Strength, right: Strength) -> Bool { left.rank < right.rank }
  }

  /// Signs of one family mostly have one cause, so that they count once (FORENSICS_RULES section 3).
  package enum Family: String, Sendable, Hashable, CaseIterable {
    case clock, order, runtime, copy, identity, history, evidence
  }

  /// What kind of sign it is.
  package enum Code: String, Sendable, Hashable, CaseIterable {
    case incomplete, declared
    case uniformCadence = "uniform-cadence"
    case timestampsRound = "timestamps-round"
    case zeroDuration = "zero-duration"
    case clockDisagreement = "clock-disagreement"
    case fileOrder = "file-order"
    case burstAppend = "burst-append"
    case heartbeatSilent = "heartbeat-silent"
    case chainCopied = "chain-copied"
    case foreignTool = "foreign-tool"
    case runIDDerived = "run-id-derived"
    case runIDReused = "run-id-reused"
    case beforeCommit = "before-commit"
    case afterReport = "after-report"
    case evidenceAssertsVerdict = "evidence-asserts-verdict"
    case evidenceShared = "evidence-shared"
    case evidenceTemplated = "evidence-templated"
    case evidenceStale = "evidence-stale"
    case evidenceFuture = "evidence-future"
    case evidenceForeignRun = "evidence-foreign-run"
    case fixtureAsProof = "fixture-as-proof"

    /// The code, as reports have it.
    package var name: String { "forensics.\(rawValue)" }

    /// The family; nil for what a chain declares itself.
    package var family: Family? {
      switch self {
      case .incomplete, .declared: nil
      case .uniformCadence, .timestampsRound, .zeroDuration, .clockDisagreement: .clock
      case .fileOrder, .burstAppend: .order
      case .heartbeatSilent: .runtime
      case .chainCopied: .copy
      case .foreignTool, .runIDDerived, .runIDReused: .identity
      case .beforeCommit, .afterReport: .history
      case .evidenceAssertsVerdict, .evidenceShared, .evidenceTemplated, .evidenceStale, .evidenceFuture,
        .evidenceForeignRun, .fixtureAsProof:
        .evidence
      }
    }
  }

  /// What kind of sign.
  package let code: Code
  /// How much it weighs.
  package let strength: Strength
  /// One sentence about the files, with the numbers that decided.
  package let explanation: String
  /// Lines of the feed, from 1, rising.
  package let events: [Int]
  /// Evidence, as the events write it, sorted.
  package let paths: [String]

  init(_ code: Code, _ strength: Strength, _ explanation: String, events: [Int] = [], paths: [String] = []) {
    self.code = code
    self.strength = strength
    self.explanation = explanation
    self.events = Set(events).sorted()
    self.paths = Set(paths).sorted()
  }

  /// A code once, with its greatest strength, the explanation of the first that has it, and all that they point at.
  static func merged(_ tells: [Tell]) -> [Tell] {
    Dictionary(grouping: tells, by: \.code).values.map { group in
      let strongest = group.dropFirst().reduce(group[0]) { $1.strength > $0.strength ? $1 : $0 }
      return Tell(
        strongest.code, strongest.strength, strongest.explanation, events: group.flatMap(\.events),
        paths: group.flatMap(\.paths))
    }
    .sorted { $0.code.rawValue < $1.code.rawValue }
  }
}

/// Whether the proof of a phase is believable: a value beside its verdict that changes nothing of it.
package struct ProofForensics: Sendable, Hashable {
  /// What a chain is taken for.
  package enum Mode: String, Sendable, CaseIterable {
    /// The measurement of a run, as far as the files tell.
    case operational
    /// Weak signs of at least two families.
    case suspect
    /// No measurement of a run: a strong sign, or the chain says so itself.
    case synthetic
  }

  /// What the chain is taken for.
  package let mode: Mode
  /// Every sign, sorted by code.
  package let tells: [Tell]

  /// Combines signs (FORENSICS_RULES section 3).
  init(_ tells: [Tell]) {
    self.tells = Tell.merged(tells)
    let families = Set(self.tells.filter { $0.strength == .weak }.compactMap(\.code.family))
    if self.tells.contains(where: { $0.strength != .weak }) {
      mode = .synthetic
    } else {
      mode = families.count >= 2 ? .suspect : .operational
    }
  }
}
