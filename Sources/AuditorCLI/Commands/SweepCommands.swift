import Auditor
import Formats
import Reports
import Rules

extension Command {
  /// Plans, runs and merges in one process.
  static let sweep = Command(
    ["sweep"], summary: "Audit many repositories: plan, run and merge in one process",
    description: """
      Audits every TARGET: a checkout, a folder that holds checkouts, or what git clones from (a URL, or a bare \
      repository). Writes a row for each into --out, and tells the totals. One bad repository never stops the others. \
      The exit status is the gravest of all rows.
      To share the work among machines, use the three steps by themselves: 'auditor sweep plan' once, 'auditor sweep run' \
      for each shard, 'auditor sweep merge' at the end.
      """,
    operands: .any("TARGET"),
    flags: [
      targetLists, below, weights, out, reportsDirectory, .junitSchema, workDirectory, depth, resume, .rules, .policy,
      ledger,
      .jobs, .json,
    ],
    examples: [
      Example("auditor sweep --below ~/src", "every checkout below a folder"),
      Example("auditor sweep --targets repositories.txt --out nightly", "a list, one target a line"),
      Example("auditor sweep --json https://git.example.org/a.git ../b", "clone one, take the other as it is"),
    ]
  ) { arguments, console in
    let setting = try SweepSetting(arguments)
    let (plan, rules, policy) = try setting.makePlan(shards: 1, console)
    let folder = arguments.value(out) ?? "sweep"
    let shard = Shard(number: 1, count: 1)
    try AtomicFile.write(plan.document(), to: "\(folder)/plan.json", tidies: true)
    let outcome = try setting.run(plan, shard, folder: folder, rules: rules, policy: policy, console)
    return try merge(plan, SweepMerge(plan: plan, file: outcome.path), to: "\(folder)/sweep.jsonl", arguments, console)
  }

  /// Makes the plan.
  static let sweepPlan = Command(
    ["sweep", "plan"], summary: "Find and weigh the targets of a sweep and give each to a shard",
    description: """
      Writes the plan: targets in the order of their names, how heavy each is, which shard looks at it, by which rules and \
      as of when. The number of shards is fixed from here on; the plan's digest stands in every file that a shard leaves. \
      A list (--targets) has one target a line: a path, a URL, or JSON {"target": …, "name": …, "revision": …, "weight": …}.
      """,
    operands: .any("TARGET"),
    flags: [targetLists, below, shards, weights, planOut, printed, .rules, .policy, .jobs],
    examples: [
      Example(
        "auditor sweep plan --below /srv/checkouts --shards 64 --out plan.json", "sixty-four shards of equal weight"),
      Example("auditor sweep plan --targets list.jsonl --shards 8 --print matrix", "the matrix of a GitHub workflow"),
      Example(
        "find . -name .git -printf '%h\\n' | auditor sweep plan --targets - --shards 4", "what another tool found"),
    ]
  ) { arguments, console in
    let count = try arguments.count(shards) ?? 1
    guard count <= Shard.mostShards else {
      throw UsageError.invalidValue(flag: shards.name, value: "\(count)", expected: "at most \(Shard.mostShards)")
    }
    let (plan, _, _) = try SweepSetting(arguments).makePlan(shards: count, console)
    let path = arguments.value(planOut) ?? "plan.json"
    try AtomicFile.write(plan.document(), to: path, tidies: true)
    console.note("\(path): \(plan.targets.count) targets, \(count) shards, plan \(plan.digest.prefix(12))")
    switch arguments.value(printed) {
    case "matrix": console.print("{\"shard\":[\(plan.allShards.map { "\"\($0)\"" }.joined(separator: ","))]}")
    case "shards": for shard in plan.allShards { console.print("\(shard)") }
    case "digest": console.print(plan.digest)
    default: break
    }
    return .clean
  }

  /// Runs one shard.
  static let sweepRun = Command(
    ["sweep", "run"], summary: "Audit the targets of one shard of a plan",
    description: """
      Looks at every target of the shard and leaves shard-NNNNN-of-NNNNN.jsonl in --out: a row for each target and a \
      trailer with the digest of the plan. The file stands there only when it is complete; a shard that is run twice, or \
      by two machines at once, leaves the same file. With --resume, rows of a run that was stopped are kept where the \
      target is the same, and only targets that could not be had are tried again.
      '--shard auto' asks the scheduler: GitLab, CircleCI, Buildkite, Bitbucket, Semaphore, Kubernetes Indexed Jobs, arrays \
      of Slurm, AWS Batch, PBS, SGE and LSF, HyperQueue, Bazel, or AUDITOR_SHARD_INDEX and AUDITOR_SHARD_TOTAL (from 0). \
      Where nothing or more than one thing is said, that is an error, never 'all'.
      The exit status is about the work: 0 when every target was looked at, 4 when some could not be had. What the rows say \
      decides the status of 'auditor sweep merge'.
      """,
    flags: [plan, shard, shardBase, out, reportsDirectory, .junitSchema, workDirectory, depth, resume, .jobs],
    examples: [
      Example("auditor sweep run --plan plan.json --shard 3/64 --out rows", "the third of sixty-four"),
      Example("auditor sweep run --plan plan.json --shard auto --out rows --resume", "in a job array"),
      Example("parallel auditor sweep run --plan plan.json --shard {}/8 --out rows ::: {1..8}", "with GNU parallel"),
    ]
  ) { arguments, console in
    let path = try arguments.required(plan)
    let plan = try SweepPlan(FileReader.read(path), path: path)
    let environment = processEnvironment()
    let choice = try ShardChoice.read(
      try arguments.required(shard), base: try arguments.whole(shardBase), count: plan.shardCount,
      environment: environment)
    console.note("shard \(choice.shard): \(choice.origin)")
    try ShardReceipt.leave(environment)
    let setting = try SweepSetting(arguments)
    let outcome = try setting.run(
      plan, choice.shard, folder: arguments.value(out) ?? "sweep", rules: try setting.rules(of: plan),
      policy: try plan.policy.map(Policy.init(following:)), console)
    return outcome.failures.isEmpty ? .clean : .noVerdict
  }

  /// Joins the shards.
  static let sweepMerge = Command(
    ["sweep", "merge"], summary: "Join the files of all shards of a plan, and tell the totals",
    description: """
      Reads the files that 'auditor sweep run' left in each FOLDER (and in folders right below), and fails, naming the \
      file, when a shard is missing, there twice, damaged, or of another plan. Writes one row for each target, in the \
      order of their names, and a summary as the last line: the same bytes for any number of shards. The exit status is \
      the gravest of all rows; 4 also when the shards do not make up the plan. With --ledger each row is recorded as a run \
      of its target, once, so that 'auditor trend' tells what is new and what is gone.
      """,
    operands: .any("FOLDER"), flags: [plan, mergeOut, ledger, .json],
    examples: [
      Example("auditor sweep merge --plan plan.json rows --out sweep.jsonl", "after the last shard"),
      Example("auditor sweep merge --plan plan.json rows --ledger audits.sqlite", "one ledger for all of them"),
      Example("auditor sweep merge --plan plan.json rows --json | jq .targets", "numbers for an alert"),
    ]
  ) { arguments, console in
    let path = try arguments.required(plan)
    let folders = arguments.operands.isEmpty ? ["sweep"] : arguments.operands
    let plan = try SweepPlan(FileReader.read(path), path: path)
    return try merge(
      plan, SweepMerge(plan: plan, folders: folders), to: arguments.value(mergeOut) ?? "\(folders[0])/sweep.jsonl",
      arguments, console)
  }

  private static func merge(
    _ plan: SweepPlan, _ shards: SweepMerge, to path: String, _ arguments: Arguments, _ console: Console
  ) throws -> ExitStatus {
    var summary = SweepSummary(plan)
    try Interruption.delayed { try shards.write(to: path, each: { summary.add($0) }, last: { summary.line() }) }
    if let place = arguments.value(ledger) {
      try LedgerRecording(arguments, console).record(sweep: path, of: plan, in: place)
    }
    if arguments.has(.json) {
      console.write(summary.json())
    } else {
      console.tell(summary.text(TerminalStyle(hasColor: console.hasColor)))
    }
    console.note("rows: \(path)")
    return summary.exitStatus
  }

  fileprivate static let targetLists = Flag(
    "targets", .list("FILE"), help: "A list of targets, one a line ('-' is standard input)")
  fileprivate static let below = Flag("below", .list("DIR"), help: "Every checkout and bare repository below DIR")
  fileprivate static let weights = Flag(
    "weights", .choice(SweepPlanning.Weighing.allCases.map(\.rawValue)),
    help: "What the work of a target is guessed from (default: bytes)")
  fileprivate static let reportsDirectory = Flag(
    "reports-dir", .value("DIR"), help: "Write dod_report.json and junit.xml of each target to DIR/TARGET")
  fileprivate static let workDirectory = Flag(
    "work-dir", .value("DIR"), help: "Clone below DIR (default: the folder for temporary files)")
  fileprivate static let depth = Flag(
    "depth", .value("N"), help: "Clone only N commits of history (default: all; phases may name older commits)")
  fileprivate static let resume = Flag("resume", help: "Keep what an earlier run of the same plan found out")
  private static let ledger = Flag("ledger", .value("FILE"), help: "Record every row as a run of its target")
  private static let out = Flag("out", .value("DIR"), help: "Where the files of shards are kept (default: sweep)")
  private static let planOut = Flag("out", .value("FILE"), help: "Where the plan is written (default: plan.json)")
  private static let mergeOut = Flag(
    "out", .value("FILE"), help: "Where the joined rows are written (default: sweep.jsonl in the first FOLDER)")
  private static let shards = Flag("shards", .value("N"), help: "How many shards share the work (default: 1)")
  private static let printed = Flag(
    "print", .choice(["matrix", "shards", "digest"]), help: "Print a GitHub matrix, one shard a line, or the digest")
  private static let plan = Flag("plan", .value("FILE"), help: "The plan that 'auditor sweep plan' wrote")
  private static let shard = Flag("shard", .value("auto|I/N"), help: "Which shard; 'auto' asks the scheduler")
  private static let shardBase = Flag(
    "shard-base", .value("0|1"), help: "What the first shard's index is, where the scheduler does not say")
}

/// What the commands of a sweep share.
private struct SweepSetting {
  private let arguments: Arguments
  private let environment = processEnvironment()

  init(_ arguments: Arguments) throws {
    self.arguments = arguments
  }

  func makePlan(shards: Int, _ console: Console) throws -> (SweepPlan, SharedRules, Policy?) {
    var planning = SweepPlanning()
    planning.targets = arguments.operands
    planning.lists = arguments.list(Command.targetLists)
    planning.folders = arguments.list(Command.below)
    planning.weighing = arguments.value(Command.weights).flatMap(SweepPlanning.Weighing.init) ?? .bytes
    planning.shardCount = shards
    planning.jobs = try arguments.count(.jobs) ?? WorkerThreads.coreCount
    let now = ReportTime(environment: environment).timestamp
    let policy = try arguments.policy(besides: [.rules])
    let rules = try SharedRules(policy?.rulePacks ?? arguments.list(.rules), today: now.date)
    let progress = ProgressLine(console, what: "weighing", unit: "targets")
    let plan = try planning.plan(
      asOf: now, toolVersion: Version.number, rules: rules, policy: try policy?.record()
    ) { done, total in progress.show(done, of: total) }
    progress.clear()
    return (plan, rules, policy)
  }

  /// The rules of a plan, which must not have changed since.
  func rules(of plan: SweepPlan) throws -> SharedRules {
    try SharedRules(following: plan, toolVersion: Version.number)
  }

  func run(
    _ plan: SweepPlan, _ shard: Shard, folder: String, rules: SharedRules, policy: Policy?, _ console: Console
  ) throws -> SweepRun.Outcome {
    var request = SweepRun.Request(plan: plan, shard: shard, folder: folder, rules: rules, environment: environment)
    request.policy = policy
    request.resumes = arguments.has(Command.resume)
    request.reportsFolder = arguments.value(Command.reportsDirectory)
    request.workFolder = arguments.value(Command.workDirectory)
    request.depth = try arguments.count(Command.depth)
    request.jobs = try arguments.count(.jobs) ?? WorkerThreads.coreCount
    let hasReports = request.reportsFolder != nil
    let arguments = arguments
    let progress = ProgressLine(console, what: "auditing", unit: "targets")
    let run = SweepRun(request)
    let tell: SweepRun.Telling = { target, result in
      switch result {
      case .failed(let reason):
        return TargetTelling(
          row: SweepRow.failed(target.name, status: TargetResult.failedStatus, reason: reason))
      case .audited(let run):
        let row = SweepRow.audited(target.name, run)
        guard hasReports else { return TargetTelling(row: row) }
        let reports = [
          ("dod_report.json", try AuditReportJSON(run).bytes()),
          ("junit.xml", try AuditJUnit(run).report.xml(arguments.junitSchema)),
        ]
        return TargetTelling(row: row, files: reports)
      }
    }
    let outcome = try Interruption.heeded {
      try run.run(tell: tell) { done, total in progress.show(done, of: total) }
    }
    progress.clear()
    for failure in outcome.failures { console.complain("auditor: \(failure.target): \(failure.reason)") }
    let reused = outcome.reused > 0 ? ", \(outcome.reused) kept from before" : ""
    console.note("\(outcome.path): \(outcome.lookedAt) target\(outcome.lookedAt == 1 ? "" : "s") looked at\(reused)")
    return outcome
  }
}
