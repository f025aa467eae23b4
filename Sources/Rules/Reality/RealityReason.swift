/// Why a bundle or a gate is not what it should be: a code of REALITY_RULES, in words, with a place.
package struct RealityReason: Sendable, Hashable {
  /// What a reason says about the evidence (section 1).
  package enum Kind: String, Sendable {
    /// Proof is absent or cannot be read. Nothing is disproved.
    case missing
    /// The evidence is there and says no.
    case refuted
    /// An automatic failure, a false identity, a contradicted claim, evidence that leads elsewhere.
    case lie
  }

  /// `GATE1.COUNT_MISMATCH`, `BUNDLE.MISSING_SERVICE_LOG`, …
  package let code: String
  /// What it means for the verdict.
  package let kind: Kind
  /// What was found and what was expected, for a person.
  package let explanation: String
  /// The file of the bundle that shows it.
  package let path: String?
  /// The line in that file, from 1.
  package let line: Int?

  /// A reason.
  package init(_ code: String, _ kind: Kind, _ explanation: String, path: String? = nil, line: Int? = nil) {
    self.code = code
    self.kind = kind
    self.explanation = explanation
    self.path = path
    self.line = line
  }
}

/// Gathers reasons under one prefix (`GATE3`, `IDENTITY`); the first of each code is kept and the rest are counted, so
/// that a bundle of a million bad records gives an answer that can be read.
struct RealityReasons {
  private let prefix: String
  private var places: [String: Int] = [:]
  private var repeats: [Int] = []
  private var gathered: [RealityReason] = []

  init(_ prefix: String) { self.prefix = prefix }

  var isEmpty: Bool { gathered.isEmpty }

  /// The reasons, sorted by code.
  var all: [RealityReason] {
    zip(gathered, repeats).map { reason, count in
      guard count > 1 else { return reason }
      return RealityReason(
        reason.code, reason.kind, "\(reason.explanation) (and \(count - 1) more)", path: reason.path,
        line: reason.line)
    }.sorted { $0.code < $1.code }
  }

  mutating func missing(_ name: String, _ explanation: String, in artifact: RealityArtifact? = nil, line: Int? = nil) {
    add(name, .missing, explanation, artifact, line)
  }

  mutating func refuted(_ name: String, _ explanation: String, in artifact: RealityArtifact? = nil, line: Int? = nil) {
    add(name, .refuted, explanation, artifact, line)
  }

  /// What a file shows that is none of the bundle's documents.
  mutating func refuted(_ name: String, _ explanation: String, at place: Location) {
    add(name, .refuted, explanation, place.path, place.line)
  }

  mutating func lie(_ name: String, _ explanation: String, in artifact: RealityArtifact? = nil, line: Int? = nil) {
    add(name, .lie, explanation, artifact, line)
  }

  /// A lie that stands in another file than one of the bundle's.
  mutating func lie(_ name: String, _ explanation: String, at place: Location) {
    add(name, .lie, explanation, place.path, place.line)
  }

  private mutating func add(
    _ name: String, _ kind: RealityReason.Kind, _ explanation: String, _ artifact: RealityArtifact?, _ line: Int?
  ) {
    add(name, kind, explanation, artifact?.fileName, line)
  }

  private mutating func add(
    _ name: String, _ kind: RealityReason.Kind, _ explanation: String, _ path: String?, _ line: Int?
  ) {
    let code = "\(prefix).\(name)"
    if let place = places[code] {
      repeats[place] += 1
      return
    }
    places[code] = gathered.count
    repeats.append(1)
    gathered.append(RealityReason(code, kind, explanation, path: path, line: line))
  }
}
