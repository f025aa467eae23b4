import Formats

/// The three kinds of runtime evidence, which never mix (BUNDLE_RULES section 5).
package enum Lane: String, Sendable, CaseIterable {
  /// The same probes with no policy applied.
  case baseline
  /// Decision-stage evidence under the applied policy.
  case scenario
  /// What an oracle says would be decided: weaker, and never upgraded to an observation.
  case oracle

  /// Where the lane's evidence lives.
  package var documents: [CoreArtifact] {
    switch self {
    case .baseline: [.baselineResults]
    case .scenario: [.runtimeResults, .runtimeEvents]
    case .oracle: [.oracleResults]
    }
  }
}

/// Whether a document of a lane holds evidence of that lane only.
struct LaneCheck: Sendable {
  /// What is wrong with a document.
  enum Problem: Sendable, Equatable {
    /// It has not the shape that its name promises.
    case shape(String)
    /// Evidence of another lane, or an observation where none can be.
    case violation(String)
  }

  /// Members of an oracle's row that would make it an observation.
  private static let observations = ["actual", "match", "intended_op_witnessed", "observed_path", "errno"]

  /// Judges a document; nil when there is nothing wrong, and for documents of no lane.
  static func problem(of document: Value, in artifact: CoreArtifact) -> Problem? {
    switch artifact {
    case .baselineResults: rows(of: document, "results") { row in laneProblem(row, .baseline) }
    case .oracleResults: rows(of: document, "results") { row in laneProblem(row, .oracle) ?? observation(in: row) }
    case .runtimeEvents: events(document)
    case .runtimeResults: profiles(document)
    case .pathWitnesses: witnesses(document)
    default: nil
    }
  }

  private static func rows(of document: Value, _ key: String, _ judge: (Value) -> String?) -> Problem? {
    guard document.kind == .object, let list = document[key], list.kind == .array else {
      return .shape("it must be an object with a list '\(key)'")
    }
    return firstViolation(in: list, judge)
  }

  private static func events(_ document: Value) -> Problem? {
    guard document.kind == .array else { return .shape("it must be a list") }
    return firstViolation(in: document) { row in laneProblem(row, .scenario) }
  }

  private static func profiles(_ document: Value) -> Problem? {
    guard document.kind == .object else { return .shape("it must be an object of profiles") }
    for (_, profile) in document.lastMembers where profile.kind == .object {
      if let problem = laneProblem(profile, .scenario) { return located(profile, problem) }
      guard let probes = profile["probes"], probes.kind == .array else { continue }
      if let problem = firstViolation(in: probes, { row in laneProblem(row, .scenario) }) { return problem }
    }
    return nil
  }

  private static func witnesses(_ document: Value) -> Problem? {
    guard document.kind == .object, let list = document["records"], list.kind == .array else {
      return .shape("it must be an object with a list 'records'")
    }
    for record in list.elements {
      guard record.kind == .object else { return located(record, "a record must be an object") }
      let lane = record["lane"]?.string.flatMap(Lane.init(rawValue:))
      guard lane == .baseline || lane == .scenario else {
        return located(record, "lane must be 'baseline' or 'scenario', found \(record["lane"]?.shown ?? "none")")
      }
    }
    return nil
  }

  /// The first of the list's objects that something is wrong with; other elements are passed over.
  private static func firstViolation(in list: Value, _ judge: (Value) -> String?) -> Problem? {
    for row in list.elements where row.kind == .object {
      if let problem = judge(row) { return located(row, problem) }
    }
    return nil
  }

  private static func laneProblem(_ row: Value, _ lane: Lane) -> String? {
    guard let stated = row["lane"], stated.string.flatMap(Lane.init(rawValue:)) != lane else { return nil }
    return "lane must be '\(lane.rawValue)', found \(stated.shown)"
  }

  private static func observation(in row: Value) -> String? {
    observations.first { key in row[key].map { !$0.isNull } ?? false }.map {
      "an oracle observes nothing, yet has '\($0)'"
    }
  }

  private static func located(_ value: Value, _ problem: String) -> Problem {
    .violation("\(value.position): \(problem)")
  }
}

extension Value {
  /// The members with each key once, the last of equals: what `self[key]` answers.
  var lastMembers: [(name: String, value: Value)] {
    var places: [[UInt8]: Int] = [:]
    var kept: [(name: String, value: Value)] = []
    for member in members {
      let name = member.name
      if let place = places[name.byteKey] {
        kept[place].value = member.value
      } else {
        places[name.byteKey] = kept.count
        kept.append((name, member.value))
      }
    }
    return kept
  }
}

extension Value {
  /// The members of an object by the bytes of their key; of equal keys the last.
  var byKey: [[UInt8]: Value] {
    Dictionary(members.map { ($0.name.byteKey, $0.value) }) { $1 }
  }
}
