/// What became of one contract schema.
package struct ContractResult: Sendable, Hashable {
  /// Relative to the audited root.
  package let path: String
  /// The schema's `$id`, or nil.
  package let schemaID: String?
  /// `usable`, or what is wrong with it.
  package let status: String
  /// Whether instances can be checked with it.
  package let isUsable: Bool

  /// A judged contract.
  package init(path: String, schemaID: String?, status: String, isUsable: Bool) {
    self.path = path
    self.schemaID = schemaID
    self.status = status
    self.isUsable = isUsable
  }
}
