import Formats
import Rules
import Synchronization

/// What is between a scan of one root and the spool of a request: marks what is accepted, and tells paths as the command
/// line spells them.
final class ScanIntake: FindingTaker {
  private let use: Mutex<Acceptance.Use>
  private let policy: Mutex<PolicyRuling?>
  private let place: ScanPlace
  private let number: Int
  private let spool: FindingSpool

  /// - Parameters:
  ///   - ruling: what a policy decides; it lets findings count again that comments suppress.
  ///   - number: how many roots come before this one.
  init(
    _ acceptance: Acceptance, _ ruling: PolicyRuling?, today: CivilDate, place: ScanPlace, number: Int,
    into spool: FindingSpool
  ) {
    use = Mutex(Acceptance.Use(acceptance, today: today))
    policy = Mutex(ruling)
    self.place = place
    self.number = number
    self.spool = spool
  }

  func take(_ findings: [Finding], of path: String) {
    var findings = findings
    policy.withLock { $0?.lift(&findings, shown: place.shown) }
    use.withLock { $0.apply(to: &findings) }
    keep(findings, path)
  }

  /// What the policy decided so far.
  var ruling: PolicyRuling? { policy.withLock { $0 } }

  /// Adds what is wrong with the acceptances themselves, after all findings came.
  func close(pack: RulePack, isWhole: Bool, wasScanned: ((String) -> Bool)?) {
    let complaints = use.withLock { $0.complaints(pack: pack, isWhole: isWhole, wasScanned: wasScanned) }
    for (path, findings) in Dictionary(grouping: complaints, by: \.location.path) { keep(findings, path) }
  }

  private func keep(_ findings: [Finding], _ path: String) {
    let shown = place.shown(path)
    spool.take(shown == path ? findings : findings.map { $0.at(shown) }, place: number, path: path)
  }
}
