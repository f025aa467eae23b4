/// How much of the evidence stands (REALITY_RULES section 1); the better one first.
package enum RealityStatus: String, Sendable, CaseIterable, Comparable {
  /// Every targeted gate passed.
  case green = "GREEN"
  /// Something has not been proved yet, nothing lies.
  case yellow = "YELLOW"
  /// Nothing to judge, or the evidence lies.
  case red = "RED"

  /// Orders by gravity.
  package static func < (left: RealityStatus, right: RealityStatus) -> Bool { left.gravity < right.gravity }

  private var gravity: Int {
    switch self {
    case .green: 0
    case .yellow: 1
    case .red: 2
    }
  }

  /// The exit status of a run that comes to this.
  package var exitStatus: ExitStatus {
    switch self {
    case .green: .clean
    case .yellow: .incomplete
    case .red: .findings
    }
  }
}

/// What a bundle proves.
package enum RealityVerdict: String, Sendable, CaseIterable {
  /// Durable, survived a restart, replayed, and all of it on disk.
  case real = "REAL"
  /// The evidence refutes what it should prove.
  case hollow = "HOLLOW"
  /// Proof is missing.
  case unproven = "UNPROVEN"
}

/// What one gate came to.
package struct RealityGateResult: Sendable {
  /// 1 to 7.
  package let number: Int
  /// Whether it was to be judged.
  package let isTargeted: Bool
  /// Why it fails, sorted by code; empty for a gate that passes.
  package let reasons: [RealityReason]

  /// `PASS`, `FAIL` or `NOT_TARGETED`.
  package var result: String { isTargeted ? (reasons.isEmpty ? "PASS" : "FAIL") : "NOT_TARGETED" }

  /// What the gate is about.
  package var title: String { Self.titles[number - 1] }

  private static let titles = [
    "durable persistence", "restart survival", "replay equivalence", "minimal deployment", "time truth",
    "duplicates and idempotency", "configuration and human actions",
  ]
}

/// The answer about a reality evidence bundle.
package struct RealityResult: Sendable {
  /// The name of the bundle's folder.
  package let runID: String
  /// What it comes to.
  package let status: RealityStatus
  /// What it proves.
  package let verdict: RealityVerdict
  /// The gates that were to be judged, sorted.
  package let targeted: [Int]
  /// All seven, by number.
  package let gates: [RealityGateResult]
  /// What is wrong with the bundle as a whole, and with the code that made it, sorted by code.
  package let reasons: [RealityReason]
  /// The code that made the bundle; nil where nobody said which it is.
  package let code: RealityCode?

  /// The reasons of the bundle, then those of the gates in their order.
  package var allReasons: [RealityReason] { reasons + gates.flatMap(\.reasons) }
}
