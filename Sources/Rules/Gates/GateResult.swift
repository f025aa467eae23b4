import Formats

/// What verifying one gate came to.
package struct GateResult: Sendable, Equatable {
  /// The verdict, from good to grave.
  package enum Status: String, Sendable, CaseIterable, Comparable {
    /// The recomputed digest equals the digest in the flag.
    case pass = "PASS"
    /// A part of the evidence is not there, or cannot be named yet; it may still arrive.
    case missing = "MISSING"
    /// Both digests are known and they differ.
    case fail = "FAIL"
    /// Evidence is there but cannot be trusted or understood.
    case conflict = "CONFLICT"

    /// Orders by gravity.
    package static func < (left: Status, right: Status) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .pass: 0
      case .missing: 1
      case .fail: 2
      case .conflict: 3
      }
    }

    /// The exit status that stands for it.
    package var exitStatus: ExitStatus {
      switch self {
      case .pass: .clean
      case .missing: .incomplete
      case .fail, .conflict: .findings
      }
    }
  }

  /// The gate's id.
  package let gateID: String
  /// Where the gate stands in the gate map: a line.
  package let line: Int
  /// The verdict.
  package let status: Status
  /// Why.
  package let reason: GateReason
  /// The digest text of the flag, as found; nil when it was not read.
  package let expectedDigest: String?
  /// The recomputed digest, lower-case hexadecimal; nil when it could not be.
  package let actualDigest: String?
  /// Listed members whose own digest differs from the one that the index carries; looked for on FAIL, and where members
  /// are compared.
  package var differingMembers: [String] = []
  /// How many members were compared with the digest that the index carries for them; nil when that was not asked for.
  package var comparedMembers: Int?

  init(
    _ gate: GateDefinition, _ status: Status, _ reason: GateReason, expected: String? = nil, actual: String? = nil
  ) {
    gateID = gate.id
    line = gate.position.line
    self.status = status
    self.reason = reason
    expectedDigest = expected
    actualDigest = actual
  }
}

/// What comparing the members of a gate with their index came to.
package struct MemberComparison: Sendable, Equatable {
  /// How many have a digest in the index.
  package let compared: Int
  /// Those that have another one, as the index names them.
  package let differing: [String]

  /// A comparison.
  package init(compared: Int, differing: [String]) {
    self.compared = compared
    self.differing = differing
  }
}

/// The answer to a request: the verdict on the whole, and on each gate that it requires.
package struct GateAnswer: Sendable, Equatable {
  /// Why a request could not be served: no verdict on any gate.
  package struct Refusal: Sendable, Equatable {
    /// A word for programs: `UNKNOWN_GATE_ID`, `UNKNOWN_OUTPUT_ID`, `GATE_MAP_UNREADABLE`, …
    package let code: String
    /// A sentence for people.
    package let message: String

    /// A refusal.
    package init(code: String, message: String) {
      self.code = code
      self.message = message
    }
  }

  /// The ids of the gates that the request requires, in code point order.
  package let requiredGates: [String]
  /// One result a required gate, in the same order.
  package let gates: [GateResult]
  /// Set when the request could not be served; the lists are empty then.
  package let refusal: Refusal?

  /// The answer to a request that was served.
  package init(requiredGates: [String], gates: [GateResult]) {
    self.requiredGates = requiredGates
    self.gates = gates
    refusal = nil
  }

  /// The answer to a request that could not be served.
  package init(refusal: Refusal) {
    requiredGates = []
    gates = []
    self.refusal = refusal
  }

  /// The gravest verdict, PASS when nothing is required; nil when the request could not be served.
  package var worst: GateResult.Status? {
    refusal == nil ? gates.map(\.status).max() ?? .pass : nil
  }

  /// The verdict in one word: a gate status, or `ERROR`.
  package var status: String { worst?.rawValue ?? "ERROR" }

  /// The exit status that stands for the answer.
  package var exitStatus: ExitStatus { worst?.exitStatus ?? .noVerdict }
}
