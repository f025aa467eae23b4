package import Formats
import Rules

/// The contracts that the documents of evidence are held to, from an interface pack.
package struct EvidenceContracts: Sendable {
  let locator: JSONSchema
  let gateReceipt: JSONSchema
  let instanceReceipt: JSONSchema
  let engineInvocation: JSONSchema
  let engineReceipt: JSONSchema
  let oraclePack: JSONSchema

  /// Loads the contracts of a pack.
  ///
  /// - Throws: `FileError`, or `PackSchemas.Refusal` for a contract that cannot be used.
  package init(pack root: String) throws {
    var schemas = try PackSchemas(root: root)
    let boundary = PackLayout.boundaryContracts
    locator = try schemas.schema(at: "\(boundary)/engine_output_locator.schema.yaml")
    gateReceipt = try schemas.schema(at: "\(boundary)/gate_receipt.schema.yaml")
    instanceReceipt = try schemas.schema(at: "\(boundary)/instance_proof_receipt.schema.yaml")
    engineInvocation = try schemas.schema(at: "\(boundary)/engine_invocation.schema.yaml")
    engineReceipt = try schemas.schema(at: "\(boundary)/run_receipt.schema.yaml")
    oraclePack = try schemas.schema(
      at: "\(PackLayout.platformContracts)/oracle_store/oracle_pack_manifest.schema.yaml")
  }

  /// The instance receipt that counts for a place: see `ReceiptStore.settled`.
  package func settle(_ made: Value, at path: String, in store: ReceiptStore) throws -> Value {
    try store.settled(made, at: path, schema: instanceReceipt)
  }
}
