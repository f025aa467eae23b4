import Auditor
import Formats
import Reports
import Rules

extension Command {
  /// The past, from the ledger.
  static let trend = Command(
    ["trend"], summary: "Show how findings and phases went, run by run",
    description: """
      Tells from the ledger how many findings were open, new and fixed over the runs of each target, by family of rules; \
      which phases changed their verdict, and which fell from PROVEN; and what is accepted for a time only. The rows are \
      taken as they are: 'auditor ledger verify' says whether they are as they were written.
      """,
    flags: [LedgerFlags.ledger, target, last, .asOf, .json],
    examples: [
      Example("auditor trend --ledger audits.sqlite", "every target, as bars"),
      Example("auditor trend --target shop --last 10", "the last ten runs of one"),
      Example("auditor trend --json | jq '.targets[].phases[].changes'", "every change of a verdict"),
    ]
  ) { arguments, console in
    let wanted = arguments.value(target)
    let path = try LedgerPlace.path(arguments.value(LedgerFlags.ledger))
    let history = try Ledger.open(path).history(of: wanted)
    if let wanted, history.targets.isEmpty {
      throw UsageError.unknownName(wanted, of: "target", hint: "; 'auditor trend' lists those that \(path) has")
    }
    if arguments.wantsJSON {
      console.write(history.json)
      return .clean
    }
    let now = ReportTime(environment: processEnvironment()).timestamp.date
    let text = TrendText(
      history, style: TerminalStyle(hasColor: console.hasColor), width: console.width,
      today: try arguments.day(.asOf) ?? now, shownRuns: try arguments.count(last) ?? 60)
    console.write(Array(text.text.utf8))
    return .clean
  }

  private static let target = Flag("target", .value("NAME"), help: "Only this one (default: all)")
  private static let last = Flag("last", .value("N"), help: "Show this many runs (default: 60); --json tells all")
}
