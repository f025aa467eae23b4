import Auditor
import Formats
import Reports
import Rules

extension Command {
  /// May a bundle be trusted?
  static let bundleValidate = Command(
    ["bundle", "validate"],
    summary: "Verify a runtime evidence bundle against its index, and its documents against each other",
    description: """
      Verifies the run that BUNDLE_DIR/LATEST names, or BUNDLE_DIR itself where there is no LATEST: the commit barrier \
      (artifact_index.json), every size and digest, that all documents speak of one run, world and plan, and that no \
      lane holds another's evidence. Every error is told. Paths inside of documents are relative to ROOT, and nothing \
      outside of it is opened. The exit status is 0 for a valid bundle, 1 for one that is not, and 4 when there is no \
      such directory or something could not be read.
      """,
    operands: .one("BUNDLE_DIR"), flags: [.bundleRoot, .format(["text", "json"]), .json],
    examples: [
      Example("auditor bundle validate experiments/probe/out", "the run that LATEST names"),
      Example("auditor bundle validate out/5f1c --root . --json", "one run, as JSON"),
    ]
  ) { arguments, console in
    let outcome = work(arguments).validate()
    return tell(outcome, arguments, console, text: outcome.answer.text) { outcome.answer.write(to: &$0) }
  }

  /// What is in a bundle, whatever its state?
  static let bundleOpen = Command(
    ["bundle", "open"], summary: "Look at a bundle without trusting it: uncommitted, unfinished and damaged ones too",
    description: """
      Lists what the index names and the directory does not hold, what differs, and which paths were refused. Never a \
      verdict: integrity is always 'unverified' and the bundle never promotable. The exit status is 0 when there was \
      something to look at.
      """,
    operands: .one("BUNDLE_DIR"), flags: [.bundleRoot, .format(["text", "json"]), .json],
    examples: [Example("auditor bundle open out", "what is wrong with a run that 'validate' refuses")]
  ) { arguments, console in
    let outcome = work(arguments).open()
    return tell(outcome, arguments, console, text: outcome.answer.text) { outcome.answer.write(to: &$0) }
  }

  /// Does the index describe the bytes, or make it do so.
  static let bundleReindex = Command(
    ["bundle", "reindex"], summary: "Check a bundle's index against the bytes, or repair it with a trail",
    description: """
      --strict asks whether the index still describes the bytes and writes nothing. --repair writes the index anew from \
      what is there and leaves repair_log.json: nothing is invented, what was expected and is gone goes to 'missing', a \
      failed run stays failed, and a run that was never committed or is still being written is refused. Writers hold \
      .runtime.lock of the bundle root; with --wait a second one waits for the first. A kill at any instant leaves the \
      old index or the new.
      """,
    operands: .one("BUNDLE_DIR"), flags: [.bundleRoot, strict, repair, wait, .format(["text", "json"]), .json],
    examples: [
      Example("auditor bundle reindex out --strict", "fails on drift"),
      Example("auditor bundle reindex out --repair --wait 10", "waits up to ten seconds for another writer"),
    ]
  ) { arguments, console in
    guard arguments.has(strict) != arguments.has(repair) else {
      throw UsageError.contradiction("'bundle reindex' needs either --strict or --repair")
    }
    let patience = try arguments.count(wait) ?? 0
    guard patience <= BundleLimits.waitSeconds else {
      throw UsageError.invalidValue(
        flag: "wait", value: "\(patience)", expected: "at most \(BundleLimits.waitSeconds) seconds")
    }
    let work = work(arguments)
    let outcome =
      arguments.has(strict)
      ? work.reindexStrict()
      : work.repair(at: ReportTime(environment: processEnvironment()), patience: .seconds(patience))
    return tell(outcome, arguments, console, text: outcome.answer.text) { outcome.answer.write(to: &$0) }
  }

  /// The only way of runtime evidence to its consumers.
  static let bundlePromote = Command(
    ["bundle", "promote"], summary: "Write the promotion packet of a bundle, with why it may or may not be used",
    description: """
      Writes pointers to the run's documents and whether its decision-stage evidence may be used. That is derived from \
      the evidence; no option changes it. A packet is written either way, unless --require-promotable is given. The \
      exit status is 0 when a packet was written and 1 when it was refused.
      """,
    operands: .one("BUNDLE_DIR"), flags: [.bundleRoot, out, requirePromotable, .format(["text", "json"]), .json],
    examples: [
      Example("auditor bundle promote out --out out/promotion_packet.json", "a packet, promotable or not"),
      Example(
        "auditor bundle promote out --out packet.json --require-promotable", "a promotable packet or none, for CI"),
    ]
  ) { arguments, console in
    guard let target = arguments.value(out) else { throw UsageError.missingValue(flag: out.usage) }
    let outcome = work(arguments).promote(to: target, requiresPromotable: arguments.has(requirePromotable))
    return tell(outcome, arguments, console, text: outcome.answer.text) { outcome.answer.write(to: &$0) }
  }

  private static let strict = Flag("strict", help: "Only ask whether the index still describes the bytes")
  private static let repair = Flag("repair", help: "Write the index anew from what is there, and repair_log.json")
  private static let wait = Flag("wait", .value("SECONDS"), help: "Wait for another writer (default: do not wait)")
  private static let out = Flag(
    "out", .value("FILE"), help: "Where the packet goes; below ROOT, and no part of the run")
  private static let requirePromotable = Flag(
    "require-promotable", help: "Write nothing, and exit with 1, unless the bundle is promotable")

  private static func work(_ arguments: Arguments) -> BundleWork {
    BundleWork(bundle: arguments.operands[0], root: arguments.value(.bundleRoot) ?? ".")
  }

  private static func tell<Answer>(
    _ outcome: BundleWork.Outcome<Answer>, _ arguments: Arguments, _ console: Console, text: String,
    _ write: (inout JSONWriter) -> Void
  ) -> ExitStatus {
    for failure in outcome.failures { console.complain("auditor: \(failure)") }
    console.tell(arguments, text: text, write)
    return outcome.exitStatus
  }
}

extension Flag {
  /// The root of bundles, plans and registries.
  static let bundleRoot = Flag(
    "root", .value("ROOT"), help: "What paths in documents are relative to; nothing else is opened (default: .)")
}

extension Console {
  /// Prints an answer: as pretty JSON where that was asked for, else as text.
  func tell(_ arguments: Arguments, text: String, _ write: (inout JSONWriter) -> Void) {
    guard arguments.wantsJSON else { return self.write(Array(text.utf8)) }
    var json = JSONWriter(.pretty)
    write(&json)
    json.newline()
    self.write(json.takeBytes())
  }
}
