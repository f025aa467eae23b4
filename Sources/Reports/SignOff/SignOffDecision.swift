/// What an operator decides about a phase.
package enum SignOffDecision: String, Sendable, Hashable, CaseIterable {
  /// The phase is accepted; only for one that is PROVEN with all that it requires.
  case approved
  /// It is not accepted, whatever was computed.
  case rejected
  /// An approval is taken back.
  case revoked
}
