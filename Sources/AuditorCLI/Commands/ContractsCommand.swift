import Auditor
import Formats
import Reports
import Rules

extension Command {
  /// Lints an interface pack.
  static let contractsLint = Command(
    ["contracts", "lint"], summary: "Lint an interface pack: catalogue, gate map, contracts, references",
    description: """
      Checks an interface pack for what would lead its readers astray: ids that are missing, repeated or unknown, outputs \
      and gates that disagree, path templates whose tokens nothing fills, gates that can never pass, references that lead \
      nowhere, to several files or out of the pack, and contracts that are no JSON Schema. Each finding stands at its line. \
      Nothing outside the pack is read and nothing is fetched. The exit status is 0 when the pack is clean, 1 when it is \
      not, and 4 when something could not be read.
      """,
    flags: [pack, .format(["text", "json"]), .json],
    examples: [
      Example("auditor contracts lint --pack .", "the pack of this repository, docs/model_spec/… below it"),
      Example("auditor contracts lint --pack . --json | jq .counts", "how often each rule is broken"),
    ]
  ) { arguments, console in
    let result = PackAudit(root: try arguments.required(pack)).run()
    if arguments.wantsJSON {
      for gap in result.unevaluated { console.complain(gap) }
      console.write(JSONWriter.document { result.write(to: &$0) })
    } else {
      console.tell(result.text(style: TerminalStyle(hasColor: console.hasColor)))
    }
    return result.exitStatus
  }

  private static let pack = Flag(
    "pack", .value("DIR"), help: "The pack root: the folder that holds docs/model_spec; nothing else is read")
}
