package import Formats

/// The documents that evidence is made of, as JSON (EVIDENCE_RULES section 4).
extension RunRequest {
  /// Where an output is, and what its bytes are.
  ///
  /// - Parameter path: engine root and path, joined.
  package func locator(of output: CatalogueOutput, path: String, digest: Digest) throws(FormatError) -> Value {
    try JSON.made { json in
      json.beginObject()
      json.member("output_id", output.id)
      json.member("path", path)
      if output.partitions.isEmpty { pins.write(.manifestFingerprint, to: &json) }
      for token in RunToken.allCases where output.partitions.contains(token.rawValue) { pins.write(token, to: &json) }
      json.object("content_digest") { $0.writeDigest(digest.hex) }
      json.endObject()
    }
  }

  /// What verifying a gate came to; nil where it came to nothing that can be told.
  ///
  /// - Parameters:
  ///   - paths: where its evidence lies, below the engine root.
  ///   - root: the engine root as it enters paths.
  package func receipt(
    of gate: GateDefinition, _ result: GateResult, paths: GatePaths, root: String
  ) throws(FormatError) -> Value? {
    guard result.status == .pass || result.status == .fail, let digest = result.actualDigest else { return nil }
    return try JSON.made { json in
      json.beginObject()
      json.member("gate_id", gate.id)
      json.member("status", result.status.rawValue)
      json.object("scope") { json in
        for token in RunToken.granted(by: gate.scope) { pins.write(token, to: &json) }
      }
      json.object("digest") { $0.writeDigest(digest) }
      json.member("receipt_kind", "passed_flag")
      json.object("artifacts") { json in
        json.member("validation_bundle_root", EvidencePaths.joined(root, paths.bundle))
        if let index = paths.index { json.member("index_path", EvidencePaths.joined(root, index)) }
        json.member("passed_flag_path", EvidencePaths.joined(root, paths.flag))
      }
      json.endObject()
    }
  }

  /// Where the world of a ready run comes from.
  ///
  /// - Parameters:
  ///   - root: the engine root as it enters paths.
  ///   - manifest: the oracle pack's own description, when there is one.
  package func oraclePack(root: String, manifest: Value?) throws(FormatError) -> Value {
    try JSON.made { json in
      json.beginObject()
      json.member("engine_run_root", root)
      json.member("scenario_id", scenarioID)
      if let manifest {
        for key in ["oracle_pack_id", "engine_release"] {
          guard let value = manifest.member(key) else { continue }
          json.key(key)
          json.value(value)
        }
        json.member("manifest_ref", EvidencePaths.joined(root, OraclePack.manifestName))
      }
      json.endObject()
    }
  }
}

extension RunPins {
  /// The tokens that an instance receipt is told apart by; nil when a partition is none of the five.
  private func instanceScope(_ partitions: [String]) -> [RunToken]? {
    let tokens = partitions.compactMap(RunToken.init(rawValue:)).filter { text($0) != nil }
    if tokens.count < partitions.count { return nil }
    return RunToken.allCases.filter { $0 == .manifestFingerprint || tokens.contains($0) }
  }

  /// The proof that one instance of an output is what its locator says, and where it is kept.
  ///
  /// - Parameter prefix: the store's prefix up to `/sr`.
  /// - Throws: `InstanceReceipt.Refusal`, `FormatError`.
  package func instanceReceipt(
    partitions: [String], locator: Value, prefix: String
  ) throws -> (path: String, receipt: Value) {
    guard let digest = locator.member("content_digest") else {
      throw InstanceReceipt.Refusal(reason: .instanceDigestMissing)
    }
    guard let scope = instanceScope(partitions) else { throw InstanceReceipt.Refusal(reason: .instanceScopeMissing) }
    let id = locator["output_id"]?.string ?? ""
    let places = scope.map { "\($0.rawValue)=\(text($0) ?? "")" }.joined(separator: "/")
    let path = "\(prefix)/instance_receipts/output_id=\(id)/\(places)/instance_receipt.json"
    let receipt = try JSON.made { json in
      json.beginObject()
      json.member("output_id", id)
      json.member("status", "PASS")
      json.object("scope") { json in
        for token in scope { write(token, to: &json) }
      }
      json.key("target_ref")
      json.value(locator)
      json.key("target_digest")
      json.value(digest)
      json.member("receipt_kind", "instance_proof")
      json.object("artifacts") { $0.member("receipt_path", path) }
      json.endObject()
    }
    return (path, receipt)
  }
}

/// The oracle pack of an engine root.
package enum OraclePack {
  /// The file that describes it, directly below the engine root.
  package static let manifestName = "_oracle_pack_manifest.json"
}

/// Proofs of single instances of outputs.
package enum InstanceReceipt {
  /// There can be no proof.
  package struct Refusal: Error, Sendable {
    /// Why.
    package let reason: EvidenceVerdict.Reason

    /// A refusal with its reason.
    package init(reason: EvidenceVerdict.Reason) {
      self.reason = reason
    }
  }

  /// Whether a stored proof says something else than the one that would be made now: anything but when it was made.
  package static func hasDrifted(_ stored: Value, from made: Value) -> Bool {
    guard stored.kind == .object, let left = withoutTime(stored), let right = withoutTime(made) else { return true }
    return !left.equals(right)
  }

  private static func withoutTime(_ receipt: Value) -> Value? {
    try? JSON.read(ASCIIJSON.bytes(receipt, .compact, leavingOut: ["produced_at_utc"]))
  }
}

/// The digest of everything that proves a run (EVIDENCE_RULES section 5).
package enum EvidenceBundle {
  /// The bundle hash of documents in wire form.
  ///
  /// - Parameter policyRevision: an object with `policy_rev` as one of its members, or nil.
  package static func hash(
    locators: [Value], receipts: [Value], policyRevision: Value?, instanceReceipts: [Value]
  ) throws(FormatError) -> String {
    let bundle = try JSON.made { json in
      json.beginObject()
      json.list("instance_receipts", sorted(instanceReceipts, by: "output_id")) { $1.value($0) }
      json.list("locators", sorted(locators, by: "output_id")) { $1.writeWithoutNulls($0) }
      json.key("policy_rev")
      if let policyRevision { json.value(policyRevision) } else { json.null() }
      json.list("receipts", sorted(receipts, by: "gate_id")) { $1.writeWithoutNulls($0) }
      json.endObject()
    }
    return ASCIIJSON.digest(bundle, .compact).hex
  }

  /// By code point, equal ones in their order.
  private static func sorted(_ documents: [Value], by key: String) -> [Value] {
    documents.enumerated().map { (Array(($0.element[key]?.text ?? "").utf8), $0.offset, $0.element) }
      .sorted { left, right in
        left.0 == right.0 ? left.1 < right.1 : left.0.lexicographicallyPrecedes(right.0)
      }.map(\.2)
  }
}

extension RunPolicy {
  /// Which policy this is, as a document.
  package func revision() throws(FormatError) -> Value? {
    try JSON.made { json in
      json.beginObject()
      writeRevision(to: &json)
      json.endObject()
    }["policy_rev"]
  }
}

extension JSONWriter {
  fileprivate mutating func writeDigest(_ hex: String) {
    member("algo", "sha256")
    member("hex", hex)
  }

  /// A document as it goes over the wire: members without a value are left out.
  fileprivate mutating func writeWithoutNulls(_ document: Value) {
    guard document.kind == .object else { return value(document) }
    beginObject()
    for member in document.members where !member.value.isNull {
      key(member.name)
      writeWithoutNulls(member.value)
    }
    endObject()
  }
}
