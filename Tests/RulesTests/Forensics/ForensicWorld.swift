import Formats

@testable import Rules

/// A feed with what lies around it, in memory. Unless a test changes something, a dispatcher beats every four seconds and
/// two phases are proven by a pipeline while it does: honest work, with nothing to tell.
struct ForensicWorld {
  /// A file that is cited as evidence.
  struct File {
    var text: String
    var modified: Int64?
    var isTracked = false

    init(_ text: String, modified: Int64? = nil, isTracked: Bool = false) {
      self.text = text
      self.modified = modified
      self.isTracked = isTracked
    }
  }

  /// One line of the feed, written when `written` says; the text may be anything.
  struct Line {
    var written: Int64
    var text: String
  }

  /// Where times begin, in milliseconds: an odd one, so that nothing is round by accident.
  static let start: Int64 = 1_770_000_000_137

  var lines: [Line] = []
  var files: [String: File] = [:]
  var documents: [String: String] = [:]
  var commits: [String: CommitRecord] = [:]
  var registry = "{}"
  var feedPath = "/r/logs/feed.jsonl"

  /// An empty feed.
  init() {}

  /// A dispatcher that beats from `from` to `to` seconds after the start.
  mutating func beat(
    _ tool: String = "dispatcher", run: String = "loop-1", from: Int64 = 0, to: Int64 = 600, every: Int64 = 4,
    except silent: Range<Int64> = 0..<0
  ) {
    var second = from
    var jitter: Int64 = 0
    while second <= to {
      jitter = (jitter * 7 + 13) % 97
      let time = Self.start + second * 1_000 + jitter
      if !silent.contains(second) {
        add(
          at: time, #"{"action":"heartbeat","tool":"\#(tool)","run_id":"\#(run)","ts_epoch_ms":\#(time),\#(utc(time))}"#
        )
      }
      second += every
    }
  }

  /// What an event of a chain may say differently.
  struct Chain {
    var tool = "pipeline"
    var run: String?
    /// Milliseconds after the start of the world.
    var at: [Int64]
    /// When the three lines are written; when they happen unless given.
    var written: [Int64]?
    var evidence: [String] = []
    var hashes: [String: String] = [:]
    var emitMode = "runtime_auto"
    var verifierMode = "operational_proof"
    /// Added to `ts_utc`, in milliseconds.
    var clockGap: Int64 = 0

    init(_ at: [Int64], tool: String = "pipeline", run: String? = nil) {
      self.at = at
      self.tool = tool
      self.run = run
    }
  }

  /// Adds the three events of a phase; the run's name is made up unless given.
  mutating func prove(_ phase: String, _ chain: Chain) {
    let run = chain.run ?? "run-of-its-own-\(lines.count)"
    for (place, action) in ["started", "completed", "verified"].enumerated() {
      let time = Self.start + chain.at[place]
      var text =
        #"{"phase_id":"\#(phase)","action":"\#(action)","tool":"\#(chain.tool)","run_id":"\#(run)","ts_epoch_ms":\#(time),"#
      text +=
        #""emit_mode":"\#(chain.emitMode)","verifier_mode":"\#(chain.verifierMode)",\#(utc(time + chain.clockGap))"#
      if place > 0, !chain.evidence.isEmpty {
        text += #","evidence":[\#(chain.evidence.map { "\"\($0)\"" }.joined(separator: ","))]"#
      }
      if place == 2, !chain.hashes.isEmpty {
        text +=
          #","hashes":{\#(chain.hashes.sorted { $0.key < $1.key }.map { "\"\($0)\":\"\($1)\"" }.joined(separator: ","))}"#
      }
      add(at: Self.start + (chain.written ?? chain.at)[place], text + "}")
    }
  }

  /// Adds a line that is written at a time.
  mutating func add(at written: Int64, _ text: String) { lines.append(Line(written: written, text: text)) }

  private func utc(_ milliseconds: Int64) -> String {
    #""ts_utc":"\#(Timestamp(milliseconds: milliseconds).rfc3339Milliseconds)""#
  }

  /// The lines in the order in which they were written.
  var feedLines: [String] {
    lines.enumerated().sorted { ($0.element.written, $0.offset) < ($1.element.written, $1.offset) }.map(\.element.text)
  }

  /// The line of the feed, from 1, that an event of a phase stands on.
  func line(_ phase: String, _ action: String) -> Int? {
    feedLines.firstIndex { $0.contains(#""\#(phase)""#) && $0.contains(#""action":"\#(action)""#) }.map { $0 + 1 }
  }

  func feed(mostTimed: Int = ForensicLimits.timeline) -> ForensicFeed {
    var ledger = ForensicLedger(mostTimed: mostTimed)
    var scanner = ActivityEventScanner()
    for (index, line) in feedLines.enumerated() {
      let bytes = Array(line.utf8)
      guard case .event(let event) = scanner.scanLine(of: bytes.span, from: 0) else { continue }
      ledger.record(
        event, at: EventReference(line: index + 1, offset: 0, byteCount: bytes.count), in: bytes.span, from: 0)
    }
    return ForensicFeed(ledger)
  }

  func judge(mostTimed: Int = ForensicLimits.timeline) throws -> ForensicJudge {
    let feed = feed(mostTimed: mostTimed)
    let registry = try PhaseRegistry(try YAML.readStream(Array(registry.utf8)), path: "registry.yaml")
    let places = ProjectPlaces(
      root: "/r", documents: "/r/docs", reports: "/r/reports", registry: "/r/registry.yaml", feed: feedPath)
    let text = feedLines
    let claims = try feed.claims(registry).map { claim in
      var claim = claim
      let events = try claim.lines.map {
        ChainEvent(try JSON.read(Array(text[$0 - 1].utf8)), source: Location(path: "feed", line: $0))
      }
      var seen: Set<String> = []
      claim.files = events.flatMap(\.claims.paths).map(\.raw).filter { seen.insert($0).inserted }.map { raw in
        cited(raw, by: claim, places)
      }
      claim.hashes = events.flatMap(\.claims.hashes).map { ("/r/" + $0.rawPath, $0.digest) }
      return claim
    }
    return ForensicJudge(
      ForensicFacts(
        feed: feed, claims: claims, documents: documents.mapValues(DocumentNames.init), commits: commits,
        registry: registry, places: places))
  }

  private func cited(_ raw: String, by claim: ForensicClaim, _ places: ProjectPlaces) -> CitedFile {
    guard let file = files[raw] else { return CitedFile(raw: raw, path: "/r/" + raw, state: .absent) }
    return CitedFile(
      raw: raw, path: "/r/" + raw,
      state: .read(CitedContent(EvidenceContent(Array(file.text.utf8)), phase: claim.phase, run: claim.run)),
      isGovernance: places.isGovernance("/r/" + raw), modified: file.modified.map { (Self.start + $0) * 1_000 },
      isTracked: file.isTracked)
  }

  func forensics(_ phase: String = "P") throws -> ProofForensics { try judge().judge(phase) }

  /// The strength of a tell about a phase; nil when there is none.
  func strength(_ code: Tell.Code, of phase: String = "P") throws -> Tell.Strength? {
    try forensics(phase).tells.first { $0.code == code }?.strength
  }

  /// An instant in the form of JSON evidence, in milliseconds after the start.
  static func iso(_ at: Int64) -> String { Timestamp(milliseconds: start + at).rfc3339Milliseconds }

  /// A dispatcher and one honest chain of the phase P, from 100 to 130 seconds.
  static func honest(_ change: (inout Chain) -> Void = { _ in }) -> ForensicWorld {
    var world = ForensicWorld()
    world.beat()
    var chain = Chain([100_211, 121_468, 130_875])
    change(&chain)
    world.prove("P", chain)
    return world
  }
}
