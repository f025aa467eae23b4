import Auditor
import Formats
import Reports
import Rules

extension Command {
  /// Classifies the evidence of a run.
  static let gatesClassify = Command(
    ["gates", "classify"], summary: "Classify the evidence of a run: COMPLETE, WAITING, FAIL or CONFLICT",
    description: """
      Makes the plan of a run from its request, the policy and the interface pack, locates its outputs below the engine \
      root, verifies every gate that they require, proves single instances of outputs, and says what the evidence comes \
      to, with all identifiers and digests on the way. Instance receipts are compared with those in the store and written \
      only with --record, each once. Nothing outside the engine root and the store is read. The exit status is 0 for \
      COMPLETE, 1 for FAIL and CONFLICT, 2 for WAITING, and 4 when something could not be read.
      """,
    flags: [
      request, policy, pack, gateMap, catalogue, root, store, record, platformRun, createdAt, now, attempts, .jobs,
      .format(["text", "json"]), .json,
    ],
    examples: [
      Example(
        "auditor gates classify --pack . --request run.json --policy policy.yaml --root runs/42 --created-at 2026-01-01T00:00:00Z",
        "may this run be called READY?"),
      Example(
        "auditor gates classify --pack . --request run.json --policy policy.yaml --root runs/42 --store artefacts --record --json",
        "the same, and keep the receipts of what was proven"),
    ]
  ) { arguments, console in
    var sources = EvidenceSources(
      request: try arguments.required(request), policy: try arguments.required(policy),
      pack: try arguments.required(pack))
    sources.gateMap = arguments.value(gateMap)
    sources.catalogue = arguments.value(catalogue)
    sources.root = arguments.value(root)
    sources.store = arguments.value(store)
    sources.writesReceipts = arguments.has(record)
    if sources.writesReceipts, sources.store == nil { throw UsageError.missingValue(flag: store.usage) }
    let clock = ReportTime(environment: processEnvironment()).timestamp.rfc3339Milliseconds
    let looked = try time(arguments, now) ?? RunTime(clock)
    do {
      let verdict = try sources.classify(
        platformRunID: arguments.value(platformRun) ?? "platform", createdAt: try time(arguments, createdAt) ?? looked,
        now: looked, priorAttempts: Int64(try arguments.count(attempts) ?? 0),
        jobs: try arguments.count(.jobs) ?? WorkerThreads.coreCount)
      if arguments.wantsJSON {
        console.write(
          JSONWriter.document { json in
            json.beginObject()
            verdict.writeMembers(to: &json)
            json.endObject()
          })
      } else {
        console.write(Array(verdict.text().utf8))
      }
      return verdict.status.exitStatus
    } catch let failure as EvidenceSources.Failure {
      console.complain(failure.gap)
      return .noVerdict
    }
  }

  private static func time(_ arguments: Arguments, _ flag: Flag) throws(UsageError) -> RunTime? {
    guard let text = arguments.value(flag) else { return nil }
    do {
      return try RunTime(text)
    } catch {
      throw .invalidValue(flag: flag.name, value: text, expected: "a time like 2026-01-01T00:00:00Z")
    }
  }

  private static let request = Flag("request", .value("FILE"), help: "The run request, JSON or YAML")
  private static let policy = Flag("policy", .value("FILE"), help: "The policy profile, YAML or JSON")
  private static let pack = Flag("pack", .value("DIR"), help: "The interface pack: contracts, catalogue, gate map")
  private static let gateMap = Flag("gate-map", .value("MAP"), help: "Another gate map than the pack's")
  private static let catalogue = Flag("catalogue", .value("CAT"), help: "Another catalogue than the pack's")
  private static let root = Flag("root", .value("ROOT"), help: "The engine root that holds the evidence")
  private static let store = Flag("store", .value("DIR"), help: "The run store with the instance receipts")
  private static let record = Flag("record", help: "Write instance receipts that are not in the store yet")
  private static let platformRun = Flag("platform-run", .value("ID"), help: "The platform run (default: platform)")
  private static let createdAt = Flag("created-at", .value("TIME"), help: "When the plan was made (default: now)")
  private static let now = Flag("now", .value("TIME"), help: "When the evidence is looked at (default: the clock)")
  private static let attempts = Flag("attempts", .value("N"), help: "Engine attempts that are finished (default: 0)")
}
