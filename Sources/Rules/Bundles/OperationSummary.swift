package import Formats

/// What a run says about each operation, lane by lane. Nothing is ever added up over lanes: an oracle's answer is no
/// observation, and a baseline is no policy.
package struct OperationSummary: Sendable {
  /// The counts of one operation in one lane.
  package struct Tally: Sendable, Equatable {
    /// Rows of the operation.
    package var rows = 0
    /// Rows that say `allow`.
    package var allow = 0
    /// Rows that say `deny`.
    package var deny = 0
    /// Scenario only: rows that came out as expected.
    package var matches = 0
    /// Scenario only: rows that did not.
    package var mismatches = 0
    /// Scenario only: rows in which the intended operation was seen to happen.
    package var witnessed = 0

    /// Rows that say neither.
    package var other: Int { rows - allow - deny }
  }

  /// One lane of the run.
  package struct LaneSummary: Sendable {
    /// Which.
    package let lane: Lane
    /// The document that was counted, relative to the root; nil when the run has none.
    package let document: String?
    /// Operations with their counts, by name in code point order.
    package let operations: [(name: String, tally: Tally)]
    /// Rows that name no operation; they are counted nowhere else.
    package let unattributedRows: Int
  }

  /// Names the shape of what is written.
  package static let schemaVersion = "auditor.op_summary/1"

  /// Where the run lies.
  package let place: RunPlace
  /// The run.
  package let runID: String?
  /// Its world.
  package let worldID: String?
  /// Whether its decision-stage evidence may be used.
  package let isPromotable: Bool
  /// Every lane, in the order of `Lane`.
  package let lanes: [LaneSummary]

  /// Counts a run that was judged.
  package init(_ findings: BundleFindings) {
    place = findings.facts.place
    runID = findings.index?.runID
    worldID = findings.index?.worldID
    isPromotable = Promotability(findings).isPromotable
    lanes = Lane.allCases.map { Self.summary(of: $0, findings.facts) }
  }

  private static func summary(of lane: Lane, _ facts: RunFacts) -> LaneSummary {
    let (artifact, verdict) =
      switch lane {
      case .baseline: (CoreArtifact.baselineResults, "status")
      case .scenario: (.runtimeEvents, "actual")
      case .oracle: (.oracleResults, "decision")
      }
    guard case .value(let document) = facts.document(artifact) else {
      return LaneSummary(lane: lane, document: nil, operations: [], unattributedRows: 0)
    }
    let rows = document.kind == .array ? document.elements : (document["results"] ?? document).elements
    var tallies: [[UInt8]: Tally] = [:]
    var unattributed = 0
    for row in rows where row.kind == .object {
      guard let operation = row["operation"]?.nonEmptyString else {
        unattributed += 1
        continue
      }
      tallies[operation.byteKey, default: Tally()].count(row, verdict: verdict, isScenario: lane == .scenario)
    }
    let operations = tallies.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .map { (name: String(decoding: $0.key, as: UTF8.self), tally: $0.value) }
    return LaneSummary(
      lane: lane, document: facts.place.path(artifact), operations: operations, unattributedRows: unattributed)
  }

  /// Writes the summary as one object.
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("schema_version", Self.schemaVersion)
    json.member("bundle_dir", place.shown)
    json.member("run_id", runID)
    json.member("world_id", worldID)
    json.member("promotable_decision_stage", isPromotable)
    json.object("lanes") { json in
      for lane in lanes {
        json.object(lane.lane.rawValue) { json in
          json.member("document", lane.document)
          json.member("unattributed_rows", lane.unattributedRows)
          json.list("operations", lane.operations) { operation, json in
            json.beginObject()
            json.member("operation", operation.name)
            operation.tally.write(isScenario: lane.lane == .scenario, to: &json)
            json.endObject()
          }
        }
      }
    }
    json.endObject()
  }
}

extension OperationSummary.Tally {
  fileprivate mutating func count(_ row: Value, verdict: String, isScenario: Bool) {
    rows += 1
    switch row[verdict]?.string {
    case "allow": allow += 1
    case "deny": deny += 1
    default: break
    }
    guard isScenario else { return }
    switch row["match"]?.boolean {
    case true: matches += 1
    case false: mismatches += 1
    default: break
    }
    if row["intended_op_witnessed"]?.boolean == true { witnessed += 1 }
  }

  fileprivate func write(isScenario: Bool, to json: inout JSONWriter) {
    json.member("rows", rows)
    json.member("allow", allow)
    json.member("deny", deny)
    json.member("other", other)
    guard isScenario else { return }
    json.member("matches", matches)
    json.member("mismatches", mismatches)
    json.member("witnessed", witnessed)
  }
}

/// The answer of `bundle summarize-ops`.
package struct SummaryAnswer: Sendable {
  /// The counts; nil when they were refused.
  package let summary: OperationSummary?
  /// Where the summary was written, relative to the root; nil when it was only printed.
  package let out: String?
  /// Why it was refused.
  package let errors: [BundleError]

  /// An answer.
  package init(summary: OperationSummary?, out: String? = nil, errors: [BundleError] = []) {
    self.summary = summary
    self.out = out
    self.errors = errors
  }
}
