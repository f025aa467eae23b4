import Auditor
import Formats
import Reports
import Rules

extension Command {
  /// Shows that a green reality bundle would turn red.
  static let proveReality = Command(
    ["prove-gate", "reality"], summary: "Show that the gates of a green evidence bundle can fail",
    description: """
      Applies a documented set of mutations to a copy of the evidence in memory (drop a record, reorder events, swap two \
      digests, age the storage state, edit the configuration after hashing, count an injected duplicate, …) and judges \
      each. A mutation is killed when the answer turns red for the right reason; one that survives is a way in which the \
      gates cannot fail. Nothing on disk is changed. The exit status is 0 when all were killed, 1 when any survived, and 4 \
      when the bundle is not GREEN to begin with.
      """,
    operands: .one("BUNDLE"), flags: [.realityGate, .proofReports, .format(["text", "json"]), .json],
    examples: [
      Example("auditor prove-gate reality artifacts/run_42", "every mutation, and which reason killed it")
    ]
  ) { arguments, console in
    var proof = try RealityBundle(arguments.operands[0]).prove(gates: try arguments.realityGates())
    proof.history = arguments.reportHistory.of(.reality, proof.subject)
    if arguments.wantsJSON {
      console.write(JSONWriter.document { proof.write(to: &$0) })
    } else {
      console.tell(proof.text(style: TerminalStyle(hasColor: console.hasColor)))
    }
    return proof.exitStatus
  }

  /// Shows that gates which pass could fail.
  static let proveGates = Command(
    ["prove-gate", "gates"], summary: "Show that sealed gates which pass can fail",
    description: """
      Copies the evidence of each gate into a private folder, changes the copy one way at a time (flip a bit, drop, add or \
      exchange members, edit the index or the seal, …) and verifies it. Each change must make the gate fail, for the right \
      reason; one that survives is a way in which the gate cannot fail. Nothing below ROOT is changed. The copy needs as \
      much room in TMPDIR as the evidence of the largest gate. The exit status is 0 when all were noticed, 1 when any \
      survived, and 4 when a gate does not pass to begin with.
      """,
    flags: [
      .gateRoot, .gateMap, .gateCatalogue, gate, output, .gatePin, .proofReports, .jobs, .format(["text", "json"]),
      .json,
    ],
    examples: [
      Example(
        "auditor prove-gate gates --root runs/42 --gate-map gates.map.yaml --pin seed=42", "every gate of the map"),
      Example(
        "auditor prove-gate gates --root . --gate-map gates.map.yaml --gate sales --verbose", "one gate, every mutation"
      ),
    ]
  ) { arguments, console in
    let request = GateAudit.Request(
      root: try arguments.required(.gateRoot), gateMap: try arguments.required(.gateMap),
      catalogue: arguments.value(.gateCatalogue),
      selection: GateSelection(gates: arguments.list(gate), outputs: arguments.list(output)),
      pins: try arguments.gatePins())
    let jobs = try arguments.count(.jobs) ?? WorkerThreads.coreCount
    return tell(arguments, console) { progress in
      GateProving(request, jobs: jobs, environment: processEnvironment()).run { progress.show($0, of: $1) }
        .with(arguments.reportHistory, .gate)
    }
  }

  /// Shows that a PROVEN phase could lose its verdict.
  static let proveDoD = Command(
    ["prove-gate", "dod"], summary: "Show that a PROVEN phase can lose its verdict",
    description: """
      Copies what the verdict of a phase rests on (document, feed, registry, evidence) into a private folder, changes the \
      copy one way at a time (drop or reorder events, flip a bit of evidence, exchange digests, forge the commit, …) and \
      judges the phase. Each change must cost it PROVEN, for the right requirement. Nothing of the project is changed. The \
      project is found as by 'auditor dod'. The exit status is 0 when all were noticed, 1 when any survived, and 4 when \
      the phase is not PROVEN to begin with.
      """,
    flags: [phase, .proofReports, .format(["text", "json"]), .json],
    examples: [Example("auditor prove-gate dod --phase PHASE_OPS", "every mutation that its verdict would miss")]
  ) { arguments, console in
    let environment = processEnvironment()
    let settings = try DoDSettings.gather(environment: environment, workingDirectory: WorkingDirectory.path())
    let phase = try arguments.required(phase)
    return tell(arguments, console) { progress in
      PhaseProving(phase, settings: settings, environment: environment).run { progress.show($0, of: $1) }
        .with(arguments.reportHistory, .phase)
    }
  }

  /// Shows that rules can fire and be silent, and that their examples would notice if they could not.
  static let proveRules = Command(
    ["prove-gate", "rules"], summary: "Show that rules can fail, and that their examples hold them to it",
    description: """
      Takes the examples of each rule and changes them (plant a violation in clean code, move it far down, indent it, take \
      it out, …); the rule must notice. Then leaves out the rule's own parts one by one (a pattern, an exception, what must \
      stand near); an example must notice. What survives is a way in which the rule cannot fail, or a part that nobody \
      would miss. The built-in packs are taken, or those at PATH. The exit status is 0 when all were noticed, 1 when any \
      survived, and 4 when a pack cannot be read or its examples do not hold.
      """,
    operands: .any("PATH"), flags: [.proofReports, .format(["text", "json"]), .json],
    examples: [
      Example("auditor prove-gate rules ci/rules", "what the packs of a folder would miss"),
      Example("auditor prove-gate rules --json | jq '[.killed, .applied]'", "the score of the built-in packs"),
    ]
  ) { arguments, console in
    let today = ReportTime(environment: processEnvironment()).timestamp.date
    let pack = try PackLoader.load(arguments.operands, today: today, runsExamples: false)
    let subject = arguments.operands.isEmpty ? "built-in" : arguments.operands.joined(separator: ", ")
    return tell(arguments, console, unit: "rules") { progress in
      RuleProving(pack, subject: subject, today: today).run { progress.show($0, of: $1) }
        .with(arguments.reportHistory, .rule)
    }
  }

  /// Shows that a valid runtime evidence bundle could be refused.
  static let proveBundle = Command(
    ["prove-gate", "bundle"], summary: "Show that a valid runtime evidence bundle can be refused",
    description: """
      Copies a bundle into a private folder, changes the copy one way at a time (flip a bit, drop or exchange artifacts, \
      edit digests, runs or worlds of the index, let the run be in progress, …) and validates it. Nothing of the bundle is \
      changed. The exit status is 0 when every change was noticed for the right reason, 1 when any survived, and 4 when \
      the bundle is not valid to begin with.
      """,
    operands: .one("BUNDLE_DIR"), flags: [.bundleRoot, .proofReports, .format(["text", "json"]), .json],
    examples: [Example("auditor prove-gate bundle experiments/probe/out", "the run that LATEST names")]
  ) { arguments, console in
    let proving = BundleProving(
      bundle: arguments.operands[0], root: arguments.value(.bundleRoot) ?? ".", environment: processEnvironment())
    return tell(arguments, console) { progress in
      proving.run { progress.show($0, of: $1) }.with(arguments.reportHistory, .bundle)
    }
  }

  private static func tell(
    _ arguments: Arguments, _ console: Console, unit: String = "mutations", _ prove: (ProgressLine) -> ProofSet
  ) -> ExitStatus {
    let progress = ProgressLine(console, what: "proving,", unit: unit)
    let proofs = prove(progress)
    progress.clear()
    for gap in proofs.unevaluated { console.complain(gap) }
    if arguments.wantsJSON {
      console.write(JSONWriter.document { proofs.write(to: &$0) })
    } else {
      let style = TerminalStyle(hasColor: console.hasColor)
      console.tell(proofs.text(style: style, isWhole: console.isVerbose))
    }
    return proofs.exitStatus
  }

  private static let gate = Flag("gate", .list("ID"), help: "Prove this gate; may be repeated")
  private static let output = Flag("output", .list("ID"), help: "Prove what this output requires; may be repeated")
  private static let phase = Flag("phase", .value("ID"), help: "The phase")
}

extension Flag {
  /// Where earlier audits told what they saw.
  static let proofReports = Flag(
    "reports-dir", .value("DIR"), help: "Reports of earlier audits, for 'last seen red' (default: reports)")
}

extension Arguments {
  /// The reports of earlier audits.
  var reportHistory: ReportHistory { ReportHistory(folder: value(.proofReports) ?? "reports") }
}
