package import Formats
package import Rules
import Synchronization

/// Rules that many trees are judged by, one after the other and several at once: packs are read once, patterns made into
/// automata once, and what the automata have found out about common text is kept.
package final class SharedRules: Sendable {
  /// The rules, where no tree brings its own.
  package let pack: RulePack
  /// The paths that the pack was read from; empty for the built-in ones.
  let paths: [String]
  private let today: CivilDate
  private let prepared = Mutex<[[String]: PreparedScan]>([:])

  /// The most choices of rules that are kept: trees that disable different rules need automata of their own.
  private static let mostChoices = 64

  /// Loads the packs at these paths, or the built-in ones.
  package init(_ paths: [String], today: CivilDate) throws(PackLoader.Failure) {
    pack = try PackLoader.load(paths, today: today)
    self.paths = paths
    self.today = today
  }

  /// Loads the rules of a plan.
  ///
  /// - Throws: `PackLoader.Failure`; `OtherTool` where this tool or these rules are not those that the plan was made with.
  package convenience init(following plan: SweepPlan, toolVersion: String) throws {
    try self.init(plan.rulePacks, today: plan.asOf.date)
    if plan.toolVersion != toolVersion { throw OtherTool.version(planned: plan.toolVersion, running: toolVersion) }
    if plan.rulePackDigest != pack.digest { throw OtherTool.rules }
  }

  /// Shards that are run by different tools or rules do not belong together.
  package enum OtherTool: Error, CustomStringConvertible {
    /// The versions differ.
    case version(planned: String, running: String)
    /// The rules differ.
    case rules

    /// What differs.
    package var description: String {
      switch self {
      case .version(let planned, let running):
        "the plan was made by auditor \(planned), this is \(running); use one version, or plan again"
      case .rules: "the rules are not those that the plan was made with; use the same packs, or plan again"
      }
    }
  }

  /// What is ready for a choice of this pack's rules.
  func prepared(for rules: [Rule]) -> PreparedScan {
    let choice = rules.map(\.id)
    return prepared.withLock { known in
      if let found = known[choice] { return found }
      let made = PreparedScan(PreparedRules(rules, knownNames: pack.names), today: today)
      if known.count < Self.mostChoices { known[choice] = made }
      return made
    }
  }
}

/// Prepared rules, and scanners that are between two files.
final class PreparedScan: Sendable {
  let rules: PreparedRules
  private let today: CivilDate
  private let idle = Mutex<[Idle]>([])

  init(_ rules: PreparedRules, today: CivilDate) {
    self.rules = rules
    self.today = today
  }

  /// A scanner for one thread. Give it back when the thread has no more files.
  func take() -> FileScanner {
    idle.withLock { $0.popLast() }?.scanner ?? FileScanner(rules, today: today)
  }

  /// Keeps a scanner for the next that needs one.
  func giveBack(_ scanner: FileScanner) {
    idle.withLock { $0.append(Idle(scanner: scanner)) }
  }

  /// A scanner changes while it works, so it belongs to one thread or to this shelf, never to both.
  private struct Idle: @unchecked Sendable {
    let scanner: FileScanner
  }
}
