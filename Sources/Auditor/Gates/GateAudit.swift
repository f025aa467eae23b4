import Formats
package import Rules

/// Verifies the gates that a request names and those that they require: recomputes each sealed digest from the
/// evidence below a root and compares it with the flag. No byte outside the root is read.
package struct GateAudit: Sendable {
  /// What is to be verified.
  package struct Request: Sendable {
    /// The folder that holds the evidence.
    package let root: String
    /// The gate map, YAML or JSON.
    package let gateMap: String
    /// The catalogue of outputs, when there is one.
    package let catalogue: String?
    /// Which gates; all of the map when empty.
    package let selection: GateSelection
    /// What the places of templates stand for.
    package let pins: GatePins

    /// A request; paths are as the process sees them.
    package init(
      root: String, gateMap: String, catalogue: String? = nil, selection: GateSelection = GateSelection(),
      pins: GatePins = GatePins()
    ) {
      self.root = root
      self.gateMap = gateMap
      self.catalogue = catalogue
      self.selection = selection
      self.pins = pins
    }
  }

  private let request: Request
  private let isComparingMembers: Bool
  private let jobs: Int
  private let cache: CacheRequest
  private let environment: [String: String]

  /// An audit of one gate map; digests are recomputed on so many threads.
  ///
  /// - Parameters:
  ///   - isComparingMembers: whether each file is also compared with the digest that its index carries for it.
  ///   - cache: whether gates are taken as hashed of which no member has changed since an earlier audit.
  ///   - environment: says where the cache is.
  package init(
    _ request: Request, isComparingMembers: Bool = false, jobs: Int = WorkerThreads.coreCount,
    cache: CacheRequest = CacheRequest(),
    environment: [String: String] = [:]
  ) {
    self.request = request
    self.isComparingMembers = isComparingMembers
    self.jobs = jobs
    self.cache = cache
    self.environment = environment
  }

  /// Verifies. Never throws: what could not be read is in the outcome.
  ///
  /// - Parameters:
  ///   - progress: told how many of how many files were hashed.
  ///   - say: told what is worth a word about the cache.
  package func run(
    progress: (@Sendable (Int, Int) -> Void)? = nil, say: (String) -> Void = { _ in }
  ) -> GateOutcome {
    var outcome = GateOutcome()
    guard let required = requiredGates(&outcome) else { return outcome }
    let root: RootedFolder
    do {
      root = try RootedFolder(request.root)
    } catch {
      outcome.refuse("ROOT_UNREADABLE", "\(error)")
      outcome.unevaluated.append(
        Unevaluated(area: .gates, location: Location(path: request.root), message: error.explanation))
      return outcome
    }
    let gathered = required.map { GateGathering($0, root: root, pins: request.pins) }
    let known = digests(say)
    let hashing = GateHashing(
      root: root, jobs: jobs, isComparingMembers: isComparingMembers, cache: known, progress: progress)
    let results = hashing.finish(gathered)
    outcome.answer = GateAnswer(requiredGates: required.map(\.id), gates: results.map(\.result))
    outcome.inputs += gathered.flatMap(\.inputs).map { input in
      InputRecord(path: below(input.path), role: input.role, sha256: input.sha256, byteCount: input.byteCount)
    }
    for (gathering, result) in zip(gathered, results) {
      outcome.unevaluated += (gathering.failures + result.failures).map {
        Unevaluated(area: .gates, location: Location(path: below($0.path)), message: $0.explanation)
      }
    }
    if let known { keep(known, &outcome, say) }
    return outcome
  }

  private func digests(_ say: (String) -> Void) -> GateDigestCache? {
    guard cache.use != .off else { return nil }
    do {
      return try GateDigestCache(for: request.root, environment: environment, isVerified: cache.use == .verified)
    } catch {
      say("no cache of gates: \(error)")
      return nil
    }
  }

  private func keep(_ cache: GateDigestCache, _ outcome: inout GateOutcome, _ say: (String) -> Void) {
    outcome.unevaluated += cache.contradicted.map { gate in
      Unevaluated(
        area: .gates, location: Location(path: request.gateMap),
        message: "the cache says otherwise of \(gate) than its files; what is told here comes from the files")
    }
    do {
      try cache.save()
    } catch {
      say("the cache of gates could not be written: \(error)")
    }
  }

  /// The gates that the request requires, without reading anything below the root.
  package func closure() -> GateOutcome {
    var outcome = GateOutcome()
    if let required = requiredGates(&outcome) {
      outcome.answer = GateAnswer(requiredGates: required.map(\.id), gates: [])
    }
    return outcome
  }

  /// The gates that the request requires; nil where that cannot be told.
  func required() -> [GateDefinition]? {
    var outcome = GateOutcome()
    return requiredGates(&outcome)
  }

  /// A path below the root as the process sees it, like those of the map and the catalogue.
  private func below(_ path: String) -> String { "\(request.root)/\(path)" }

  private func requiredGates(_ outcome: inout GateOutcome) -> [GateDefinition]? {
    let map = read(request.gateMap, role: "gate-map", &outcome) { document throws(ShapeProblem) in
      try GateMap(document, path: request.gateMap)
    }
    guard let map else {
      outcome.refuse("GATE_MAP_UNREADABLE")
      return nil
    }
    outcome.findings += map.findings
    var catalogue: OutputCatalogue?
    if let path = request.catalogue {
      catalogue = read(path, role: "catalogue", &outcome) { document throws(ShapeProblem) in
        try OutputCatalogue(document, path: path)
      }
      guard let catalogue else {
        outcome.refuse("CATALOGUE_UNREADABLE")
        return nil
      }
      outcome.findings += catalogue.findings
    }
    do {
      return try map.requiredGates(for: request.selection, catalogue: catalogue)
    } catch {
      outcome.refuse(error.code, "\(error)")
      return nil
    }
  }

  private func read<Model>(
    _ path: String, role: String, _ outcome: inout GateOutcome, _ decode: (Value) throws(ShapeProblem) -> Model
  ) -> Model? {
    let file: StructuredFile
    do {
      file = try StructuredFile.read(path, role: role)
    } catch {
      if let input = error.input { outcome.inputs.append(input) }
      outcome.unevaluated.append(error.unevaluated(.gates, path: path))
      return nil
    }
    outcome.inputs.append(file.input)
    do {
      return try decode(file.document)
    } catch {
      outcome.unevaluated.append(
        Unevaluated(
          area: .gates, location: Location(path: path, line: error.position.line, column: error.position.column),
          message: error.message))
      return nil
    }
  }
}

/// What a gate audit found.
package struct GateOutcome: Sendable {
  /// The verdicts, or why there are none.
  package var answer = GateAnswer(requiredGates: [], gates: [])
  /// The gate map, the catalogue, and every flag and index that was read, as the process sees them. Sealed
  /// members are covered by the gate's digest.
  package var inputs: [InputRecord] = []
  /// What could not be read; never a pass.
  package var unevaluated: [Unevaluated] = []
  /// What is wrong with the gate map and the catalogue.
  package var findings: [Finding] = []

  /// One result a required gate, in code point order of their ids.
  package var gates: [GateResult] { answer.gates }

  /// The exit status that stands for the outcome: no verdict as soon as anything could not be read.
  package var exitStatus: ExitStatus { unevaluated.isEmpty ? answer.exitStatus : .noVerdict }

  /// Notes that the request cannot be served; without a message of its own it is that of what could not be read.
  mutating func refuse(_ code: String, _ message: String? = nil) {
    let known = unevaluated.last.map { "\($0.location): \($0.message)" }
    answer = GateAnswer(refusal: GateAnswer.Refusal(code: code, message: message ?? known ?? code))
  }
}
