import Formats

/// A promotion packet as somebody left it: pointers to follow, and claims to check.
package struct PacketClaim: Sendable {
  /// The run directory that every pointer points into, relative to the root.
  package let directory: String
  /// What the packet says of its promotability.
  let isPromotable: Bool

  /// Reads a packet.
  ///
  /// - Parameter path: how errors name the file.
  /// - Throws: `packet_unreadable` unless it is an object of the known version whose pointers all name the documents of
  ///   one run directory.
  package init(_ fact: FileFact, at path: String) throws(BundleError) {
    func refusal(_ detail: String) -> BundleError { BundleError(.packetUnreadable, path: path, detail: detail) }
    let document = BundleDocument(fact)
    guard let object = document.object else {
      throw refusal(document.complaint ?? (fact.isPresent ? "it leads outside" : "it is not there"))
    }
    guard object["schema_version"]?.string?.isIdentical(to: PromotionPacket.schemaVersion) == true else {
      throw refusal("schema_version must be '\(PromotionPacket.schemaVersion)'")
    }
    guard let claim = object["promotability"]?["promotable_decision_stage"]?.boolean else {
      throw refusal("it does not say whether the run is promotable")
    }
    guard let manifest = object["run_manifest"]?.string, SafePath.isSafe(manifest) else {
      throw refusal("run_manifest must be a path below the root")
    }
    let directory = manifest.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(manifest[..<$0]) } ?? ""
    let place = RunPlace(directory: directory, bundleRoot: nil, isNamedByLatest: false)
    for (key, artifact) in PromotionPacket.pointers
    where object[key]?.string?.isIdentical(to: place.path(artifact)) != true {
      throw refusal("\(key) must be '\(place.path(artifact))', beside the manifest")
    }
    self.directory = directory
    isPromotable = claim
  }

  /// What speaks against using the packet, now that its run was judged anew.
  package func errors(_ promotability: Promotability, at path: String) -> [BundleError] {
    if promotability.isPromotable, isPromotable { return [] }
    let reasons = promotability.reasons.map(\.rawValue).joined(separator: ", ")
    if isPromotable { return [BundleError(.packetContradicted, path: path, detail: reasons)] }
    return [BundleError(.notPromotable, path: path, detail: reasons.isEmpty ? "the packet says so itself" : reasons)]
  }
}
