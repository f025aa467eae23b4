/// What evidence on disk says about a phase.
package enum Verdict: String, Sendable, CaseIterable {
  /// Everything that the definition of done asks for can be recomputed.
  case proven = "PROVEN"
  /// Some of it is there, or what is there does not hold.
  case partial = "PARTIAL"
  /// Only described.
  case designed = "DESIGNED"

  /// The exit status that stands for the verdict.
  package var exitStatus: ExitStatus {
    switch self {
    case .proven: .clean
    case .partial: .incomplete
    case .designed: .designed
    }
  }
}
