package import Formats

/// What a run is asked to be, as its request says it (`run_request.schema.yaml`).
package struct RunRequest: Sendable {
  /// What one run is known by, however often it is asked for.
  package let equivalenceKey: String
  /// The run that the key names.
  package let runID: String
  /// The engine root as the request writes it; nil or empty for none.
  package let engineRoot: String?
  /// The outputs that are asked for; empty for those of the policy.
  package let outputIDs: [String]
  /// `AUTO`, `FORCE_INVOKE` or `FORCE_REUSE`, or nil.
  package let strategy: String?
  /// The scenario, or the id of the set of scenarios.
  package let scenarioID: String
  /// What the run's tokens stand for.
  package let pins: RunPins
  private let scenarioSet: Value?
  private let invoker: String?
  private let requestID: String?

  /// Reads a request.
  ///
  /// - Throws: `ShapeProblem` at the first thing that keeps it from being one.
  package init(_ document: Value) throws {
    var fields = ObjectFields(document, what: "the run request")
    let key = fields.requiredText("run_equivalence_key")
    _ = fields.requiredText("manifest_fingerprint")
    _ = fields.requiredText("parameter_hash")
    engineRoot = fields.text("engine_run_root")
    outputIDs = fields.texts("output_ids")
    strategy = fields.text("requested_strategy")
    invoker = fields.text("invoker")
    requestID = fields.text("request_id")
    guard document["seed"]?.number != nil else {
      throw ShapeProblem(at: document["seed"]?.position ?? document.position, "seed must be a whole number")
    }
    let scenario = document.member("scenario")
    let members = scenario?.member("scenario_set")
    guard let key, fields.problems.isEmpty else {
      throw fields.problems.first ?? ShapeProblem(at: document.position, "this is no run request")
    }
    if let members, members.count > 0 {
      scenarioSet = members
      scenarioID = EvidenceIdentity.scenarioID(ofSet: members.elements.map(\.text))
    } else if let id = scenario?.member("scenario_id")?.string {
      scenarioSet = nil
      scenarioID = id
    } else {
      throw ShapeProblem(at: scenario?.position ?? document.position, "the run request names no scenario")
    }
    equivalenceKey = key
    runID = EvidenceIdentity.runID(equivalenceKey: key)
    pins = try RunPins(document).with(.scenarioID, scenarioID).with(.runID, runID)
  }

  /// A path template with its tokens filled in; what they bring in is filled in again, in the order of the rule.
  package func filled(_ template: String) -> String {
    RunToken.allCases.reduce(template) { path, token in
      pins.text(token).map { path.replacing("{\(token.rawValue)}", with: $0) } ?? path
    }
  }

  /// The pins of a gate: the fingerprint, and what its scope grants.
  package func gatePins(_ gate: GateDefinition) -> GatePins {
    GatePins(
      RunToken.granted(by: gate.scope).compactMap { token in pins.text(token).map { (name: token.rawValue, text: $0) } }
    )
  }

  /// What the engine would be asked (`engine_invocation.schema.yaml`).
  package func invocation() throws(FormatError) -> Value {
    try JSON.made { json in
      json.beginObject()
      for token in [RunToken.manifestFingerprint, .parameterHash, .seed, .runID] { pins.write(token, to: &json) }
      json.object("scenario_binding") { json in
        if let scenarioSet {
          json.key("scenario_set")
          json.value(scenarioSet)
        } else {
          json.member("scenario_id", scenarioID)
        }
      }
      json.member("engine_run_root", engineRoot)
      if let invoker, !invoker.isEmpty { json.member("invoker", invoker) }
      if let requestID, !requestID.isEmpty { json.member("request_id", requestID) }
      json.endObject()
    }
  }

  /// Whether the engine's receipt is one of this run (`ENGINE_RECEIPT_MISMATCH`).
  package func isNamed(by receipt: Value) -> Bool {
    pins.agree(with: receipt, on: [.runID, .manifestFingerprint, .parameterHash, .seed])
  }

  /// Whether an oracle pack is of the world of this run (`ORACLE_PACK_MISMATCH`).
  package func isWorld(of manifest: Value) -> Bool {
    guard let key = manifest.member("world_key") else { return false }
    return pins.agree(with: key, on: [.manifestFingerprint, .parameterHash, .scenarioID, .seed])
  }
}
