/// The answer of `bundle open`.
package enum BundleOpening: Sendable {
  /// What was seen.
  case view(BundleView)
  /// There is nothing to look at.
  case refused(BundleError)
}

/// The answer of `bundle reindex`.
package struct ReindexAnswer: Sendable {
  /// What was asked for.
  package enum Mode: String, Sendable {
    /// Does the index still describe the bytes?
    case strict
    /// Make it do so.
    case repair
  }

  /// What was asked for.
  package let mode: Mode
  /// Where the run lies; nil when there is none.
  package let place: RunPlace?
  /// Why it was refused; empty when it was not.
  package let errors: [BundleError]

  /// An answer.
  package init(mode: Mode, place: RunPlace?, errors: [BundleError]) {
    self.mode = mode
    self.place = place
    self.errors = errors
  }

  /// `ok`, `repaired` or `refused`.
  package var status: String { errors.isEmpty ? (mode == .strict ? "ok" : "repaired") : "refused" }
}

/// The answer of `bundle promote`.
package struct PromotionAnswer: Sendable {
  /// Where the packet was written, relative to the root; nil when it was not.
  package let out: String?
  /// Nil when there is no run directory.
  package let promotability: Promotability?
  /// What was written.
  package let packet: PromotionPacket?
  /// Why it was refused; empty when it was not.
  package let errors: [BundleError]

  /// An answer.
  package init(out: String?, promotability: Promotability?, packet: PromotionPacket?, errors: [BundleError]) {
    self.out = out
    self.promotability = promotability
    self.packet = packet
    self.errors = errors
  }
}
