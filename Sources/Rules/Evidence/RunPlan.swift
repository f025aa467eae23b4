import Formats

/// What a run intends and needs, made from its request, the policy and the interface pack (EVIDENCE_RULES section 3).
package struct RunPlan: Sendable {
  /// How evidence comes to be.
  package enum Strategy: String, Sendable {
    case auto = "AUTO"
    case forceInvoke = "FORCE_INVOKE"
    case forceReuse = "FORCE_REUSE"
  }

  /// In code point order, repeats kept.
  package let intendedOutputs: [CatalogueOutput]
  /// In code point order.
  package let requiredGates: [GateDefinition]
  /// How evidence comes to be.
  package let strategy: Strategy
  /// From then on missing evidence is a failure.
  package let deadline: RunTime
  /// The digest of the plan.
  package let hash: String

  /// Makes a plan.
  ///
  /// - Throws: `GateRequestError` for outputs and gates that do not exist; `ShapeProblem` and `FormatError` for a policy
  ///   or a time that cannot be used.
  package init(
    _ request: RunRequest, policy: RunPolicy, gateMap: GateMap, catalogue: OutputCatalogue, createdAt: RunTime
  ) throws {
    let asked = request.outputIDs.isEmpty ? policy.trafficOutputs : request.outputIDs
    var outputs: [CatalogueOutput] = []
    for id in asked {
      guard let output = catalogue.output(id) else { throw GateRequestError.unknownOutput(id) }
      outputs.append(output)
    }
    intendedOutputs = outputs.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    requiredGates =
      asked.isEmpty ? [] : try gateMap.requiredGates(for: GateSelection(outputs: asked), catalogue: catalogue)
    strategy =
      policy.allowsReuse ? request.strategy.flatMap(Strategy.init(rawValue:)) ?? .auto : .forceInvoke
    let deadline = try createdAt.adding(seconds: policy.waitSeconds)
    self.deadline = deadline
    let (chosen, outputIDs, gateIDs) = (strategy, intendedOutputs.map(\.id), requiredGates.map(\.id))
    hash = EvidenceIdentity.planHash(
      try JSON.made { json in
        json.beginObject()
        json.member("run_id", request.runID)
        policy.writeRevision(to: &json)
        json.member("strategy", chosen.rawValue)
        json.member("intended_outputs", outputIDs)
        json.member("required_gates", gateIDs)
        json.member("evidence_deadline_utc", deadline.utcText)
        json.key("attempt_limit")
        json.integer(policy.attemptLimit)
        json.member("created_at_utc", createdAt.utcText)
        json.endObject()
      })
  }
}
