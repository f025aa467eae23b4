import Auditor
import Formats
import Reports
import Rules

extension Command {
  /// Recomputes the digests of sealed evidence.
  static let gatesVerify = Command(
    ["gates", "verify"], summary: "Recompute the digests of sealed evidence and compare them with the flags",
    description: """
      Verifies the gates that are asked for, with all gates that they require, by the hashing law that the gate map \
      names: PASS, FAIL (the evidence is not what was sealed), MISSING (it may still arrive) or CONFLICT (it cannot \
      be trusted or understood). Without --gate and --output every gate of the map is verified. Nothing outside ROOT \
      is read, whatever paths and links say. With --cache, gates are taken as hashed whose files have the names, \
      sizes, times and inodes that they had; the cache is below XDG_CACHE_HOME. With --members, each file is also \
      compared, in the same pass, with the digest that the gate's index carries for it: the law of a gate need not \
      read what its index says. The exit status is 0 for PASS, 1 for FAIL and CONFLICT, 2 for MISSING, and 4 when \
      the request cannot be served or something could not be read.
      """,
    flags: [
      root, gateMap, catalogue, gate, output, pin, members, cache, .verifyCache, .jobs,
      .format(["text", "json"]), .json,
    ],
    examples: [
      Example(
        "auditor gates verify --root runs/42 --gate-map gates.map.yaml --pin seed=42",
        "every gate of the map, for one run"),
      Example(
        "auditor gates verify --root . --gate-map gates.map.yaml --catalogue outputs.yaml --output sales --json",
        "all gates that reading the output 'sales' requires"),
    ]
  ) { arguments, console in
    let request = try gateRequest(arguments, root: try arguments.required(root))
    let progress = ProgressLine(console, what: "hashing")
    let audit = GateAudit(
      request, isComparingMembers: arguments.has(members), jobs: try arguments.count(.jobs) ?? WorkerThreads.coreCount,
      cache: CacheRequest(
        arguments.has(.verifyCache) ? .verified : arguments.has(cache) ? .on : .off, toolVersion: Version.number),
      environment: processEnvironment())
    let outcome = Interruption.heeded {
      audit.run { done, total in
        progress.show(done, of: total)
      } say: { words in
        console.note("auditor: \(words)")
      }
    }
    progress.clear()
    report(outcome, console)
    if arguments.wantsJSON {
      console.write(JSONWriter.document { outcome.answer.write(to: &$0) })
    } else {
      console.tell(outcome.answer.text())
    }
    return outcome.exitStatus
  }

  /// Names the gates that a request requires.
  static let gatesClosure = Command(
    ["gates", "closure"], summary: "List the gates that outputs or gates require",
    description: """
      Lists, in code point order, the gates that are asked for or authorise the outputs asked for, with all gates that \
      these require in turn. No evidence is read.
      """,
    flags: [gateMap, catalogue, gate, output, .format(["text", "json"]), .json],
    examples: [
      Example("auditor gates closure --gate-map gates.map.yaml --output sales", "what must pass before 'sales' is read")
    ]
  ) { arguments, console in
    let outcome = GateAudit(try gateRequest(arguments, root: ".")).closure()
    report(outcome, console)
    if arguments.wantsJSON {
      console.write(JSONWriter.document { outcome.answer.writeClosure(to: &$0) })
    } else {
      console.tell(outcome.answer.closureText())
    }
    return outcome.exitStatus
  }

  private static let cache = Flag(
    "cache", help: "Hash only gates of which a file has changed since the last run with --cache")
  private static let members = Flag(
    "members", help: "Also compare each file with the digest that the index carries for it")
  private static let root = Flag.gateRoot
  private static let gateMap = Flag.gateMap
  private static let catalogue = Flag.gateCatalogue
  private static let pin = Flag.gatePin
  private static let gate = Flag("gate", .list("ID"), help: "Verify this gate; may be repeated")
  private static let output = Flag("output", .list("ID"), help: "Verify what this output requires; may be repeated")

  private static func gateRequest(_ arguments: Arguments, root: String) throws(UsageError) -> GateAudit.Request {
    GateAudit.Request(
      root: root, gateMap: try arguments.required(gateMap), catalogue: arguments.value(catalogue),
      selection: GateSelection(gates: arguments.list(gate), outputs: arguments.list(output)),
      pins: try arguments.gatePins())
  }

  private static func report(_ outcome: GateOutcome, _ console: Console) {
    for item in outcome.unevaluated { console.complain("\(item.location): \(item.message)") }
    for finding in outcome.findings {
      console.note("\(finding.location): \(finding.level.rawValue): \(finding.message)")
    }
  }
}

extension Flag {
  static let gateRoot = Flag("root", .value("ROOT"), help: "The folder that holds the evidence; nothing else is read")
  static let gateMap = Flag("gate-map", .value("MAP"), help: "The gate map, YAML or JSON")
  static let gateCatalogue = Flag("catalogue", .value("CAT"), help: "The catalogue of outputs, YAML or JSON")
  static let gatePin = Flag(
    "pin", .list("NAME=VALUE"), help: "What {NAME} in the map's paths stands for; may be repeated")
}

extension Arguments {
  /// What the places of templates stand for.
  func gatePins() throws(UsageError) -> GatePins {
    var pins: [(name: String, text: String)] = []
    for text in list(.gatePin) {
      guard let split = text.utf8.firstIndex(of: UInt8(ascii: "=")) else {
        throw .invalidValue(flag: "pin", value: text, expected: "NAME=VALUE")
      }
      pins.append((String(text[..<split]), String(text[text.utf8.index(after: split)...])))
    }
    return GatePins(pins)
  }
}
