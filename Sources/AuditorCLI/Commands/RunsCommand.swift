import Auditor
import Formats
import Reports
import Rules

extension Command {
  /// Audits what a scenario runner left behind.
  static let gatesRuns = Command(
    ["gates", "runs"], summary: "Audit the records of runs: append-only, derived, sealed, free of secrets",
    description: """
      Audits the artifacts below a scenario runner's prefix (run_record, run_status, run_plan, run_facts_view, ready_signal, \
      quarantine): events are of their run, in the order of time, each once, with the id that their content has; a run only \
      goes on; the status is what the record comes to; plan, bundle and message hashes are recomputed and agree with the \
      governance facts; READY rests on a facts view, quarantine on a record; and no lease token or password stands anywhere. \
      Nothing outside the prefix is read. The exit status is 0 when nothing is found, 1 when something is, and 4 when \
      something could not be read or there is no run.
      """,
    flags: [store, .format(["text", "json"]), .json],
    examples: [
      Example("auditor gates runs --store artefacts/fraud-platform/platform_20260101T000000Z/sr", "one platform run")
    ]
  ) { arguments, console in
    let outcome = RunStoreAudit(root: try arguments.required(store)).run()
    for gap in outcome.unevaluated { console.complain(gap) }
    if arguments.wantsJSON {
      console.write(
        JSONWriter.document { json in
          json.beginObject()
          json.member("clean", outcome.exitStatus == .clean)
          json.member("runs", outcome.runs)
          json.list("findings", outcome.findings) { $1.finding($0) }
          json.endObject()
        })
    } else {
      let text = FindingText(TerminalStyle(hasColor: console.hasColor)).text(outcome.findings)
      console.tell(text)
      let count = outcome.findings.count
      console.print(
        "\(outcome.runs.count == 1 ? "1 run" : "\(outcome.runs.count) runs"): "
          + (count == 0 ? "clean" : count == 1 ? "1 finding" : "\(count) findings"))
    }
    return outcome.exitStatus
  }

  private static let store = Flag("store", .value("DIR"), help: "The prefix that holds run_record and its neighbours")
}
