package import Formats
import Rules

/// An operator's decision about a phase, as a ledger keeps it.
package struct SignOff: Sendable, Hashable {
  /// Names the decision everywhere: a ULID.
  package let id: String
  /// The repository.
  package let target: String
  /// The phase.
  package let phaseID: String
  /// What was computed.
  package let verdict: String
  /// What was decided.
  package let decision: SignOffDecision
  /// Who decided.
  package let actor: String
  /// What they say about it.
  package let reason: String?
  /// When it was decided.
  package let eventTime: Timestamp
  /// When it was recorded, by the system's clock.
  package let processTime: Timestamp
  /// The commit that was checked out.
  package let commit: String?
  /// The phases that it rests on, with their verdicts, sorted.
  package let requires: [Requirement]
  /// The id of the approval that is taken back; nil where none is.
  package let revokes: String?
  /// How believable the proof is; nil where that was not asked.
  package let proof: String?
  /// The document of the phase, and its digest.
  package let document: Resource
  /// The report that tells what was found, and its digest.
  package let report: Resource

  /// A phase that comes first.
  package struct Requirement: Sendable, Hashable {
    /// Its id.
    package let phaseID: String
    /// What was computed.
    package let verdict: String

    /// A phase with its verdict.
    package init(phaseID: String, verdict: String) {
      self.phaseID = phaseID
      self.verdict = verdict
    }
  }

  /// A file with its digest.
  package struct Resource: Sendable, Hashable {
    /// Its path.
    package let path: String
    /// Lowercase hexadecimal.
    package let sha256: String

    /// A file.
    package init(path: String, sha256: String) {
      self.path = path
      self.sha256 = sha256
    }
  }

  /// A decision.
  package init(
    id: ULID, target: String, phaseID: String, verdict: String, decision: SignOffDecision, actor: String,
    reason: String?,
    eventTime: Timestamp, processTime: Timestamp, commit: String?, requires: [Requirement], revokes: String?,
    proof: String?, document: Resource, report: Resource
  ) {
    self.id = "\(id)"
    self.target = target
    self.phaseID = phaseID
    self.verdict = verdict
    self.decision = decision
    self.actor = actor
    self.reason = reason
    self.eventTime = eventTime
    self.processTime = processTime
    self.commit = commit
    self.requires = requires
    self.revokes = revokes
    self.proof = proof
    self.document = document
    self.report = report
  }
}

extension Ledger {
  /// The id of the approval of a phase that counts; nil where the last decision about it is none.
  package borrowing func standingApproval(target: String, phaseID: String) throws -> String? {
    try telling { try standingApproval(target: target, phaseID: phaseID, in: database) }
  }

  private borrowing func standingApproval(
    target: String, phaseID: String, in database: borrowing SQLiteDatabase
  ) throws -> String? {
    var rows = try database.prepare(
      "SELECT id, decision FROM signoff WHERE target = ? AND phase = ? ORDER BY seq DESC LIMIT 1")
    try rows.bind(target, at: 1)
    try rows.bind(SecretMask.masked(phaseID), at: 2)
    guard try rows.step(), rows.text(at: 1) == SignOffDecision.approved.rawValue else { return nil }
    return rows.text(at: 0)
  }

  /// Records a decision. One that takes back an approval is recorded only where that still counts.
  ///
  /// - Parameters:
  ///   - statementSHA256: the digest of the statement that was signed about it.
  ///   - publish: writes what belongs to it, before it is recorded for good; where that fails nothing is.
  /// - Returns: the number of its row and the last link of the chain.
  package borrowing func record(
    _ signOff: SignOff, statementSHA256: String?, publish: () throws -> Void = {}
  ) throws -> (row: Int64, head: Digest) {
    try telling {
      try database.transaction { database in
        if let revokes = signOff.revokes,
          try standingApproval(target: signOff.target, phaseID: signOff.phaseID, in: database) != revokes
        {
          throw LedgerError.report("the approval \(revokes) was taken back meanwhile, or followed by another decision")
        }
        var chain = try lastLink(of: database)
        var row = try ChainedInsert(.signoff, in: database)
        try row.begin(&chain)
        let decision = signOff.decision.rawValue
        for text in [signOff.id, signOff.target, signOff.phaseID, signOff.verdict, decision, signOff.actor] {
          try row.text(text, &chain)
        }
        try row.text(signOff.reason, &chain)
        try row.integer(signOff.eventTime.milliseconds, &chain)
        try row.integer(signOff.processTime.milliseconds, &chain)
        try row.text(signOff.commit, &chain)
        var requires = JSONWriter(.compact)
        requires.beginArray()
        for requirement in signOff.requires { requirement.write(to: &requires) }
        // What a revocation rests on is the approval: its row needs no column that others lack.
        if let revokes = signOff.revokes {
          requires.beginObject()
          requires.member("signoff", revokes)
          requires.endObject()
        }
        requires.endArray()
        try row.text(SecretMask.masked(requires.takeBytes())[...], &chain)
        try row.text(signOff.report.sha256, &chain)
        try row.text(statementSHA256, &chain)
        try row.end(&chain)
        try store(chain, in: database)
        try publish()
        return (chain.count, chain.head)
      }
    }
  }
}

extension SignOff.Requirement {
  /// The requirement as an object.
  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("phase", phaseID)
    json.member("verdict", verdict)
    json.endObject()
  }
}
