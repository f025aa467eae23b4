package import Formats
import Rules

/// Where instance receipts are kept: below the root of a run store, each written once and never again.
package struct ReceiptStore: Sendable {
  private let root: RootedFolder?
  private let writes: Bool

  /// The receipts below a root.
  ///
  /// - Parameters:
  ///   - root: the run store; nil for none, then there are no earlier receipts.
  ///   - writes: new receipts are written; without, they are only made.
  package init(root: String?, writes: Bool) throws(FileError) {
    self.root = try root.map { path throws(FileError) in try RootedFolder(path) }
    self.writes = writes
  }

  /// The receipt that counts for a place: the stored one where it says the same, else the one just made, which is stored.
  ///
  /// - Throws: `InstanceReceipt.Refusal` when the stored one has drifted; `FileError`.
  package func settled(_ made: Value, at path: String, schema: JSONSchema) throws -> Value {
    guard schema.isValid(made) else { throw InstanceReceipt.Refusal(reason: .instanceReceiptInvalid) }
    if let stored = try stored(at: path) { return try agreed(stored, made) }
    guard writes, let root else { return made }
    let text = JSONWriter.document { $0.value(made) }
    let staged = try root.stage(text, for: path)
    if try staged.commitOnce() { return made }
    // Somebody else was first; what stands there now is what counts.
    guard let stored = try stored(at: path) else { return made }
    return try agreed(stored, made)
  }

  private func agreed(_ stored: [UInt8], _ made: Value) throws -> Value {
    guard let receipt = try? JSON.read(stored), !InstanceReceipt.hasDrifted(receipt, from: made) else {
      throw InstanceReceipt.Refusal(reason: .instanceReceiptDrift)
    }
    return receipt
  }

  private func stored(at path: String) throws(FileError) -> [UInt8]? {
    guard let root else { return nil }
    do {
      return try root.read(path, limit: SourceLimits.bytes)
    } catch {
      if error.isAbsence { return nil }
      throw error
    }
  }
}
