package import Formats

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
  /// What was decided: `approved`.
  package let decision: String
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
    id: ULID, target: String, phaseID: String, verdict: String, decision: String, actor: String, reason: String?,
    eventTime: Timestamp, processTime: Timestamp, commit: String?, requires: [Requirement], proof: String?,
    document: Resource, report: Resource
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
    self.proof = proof
    self.document = document
    self.report = report
  }
}

extension Ledger {
  /// Records a decision.
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
        var chain = try lastLink(of: database)
        var row = try ChainedInsert(.signoff, in: database)
        try row.begin(&chain)
        for text in [signOff.id, signOff.target, signOff.phaseID, signOff.verdict, signOff.decision, signOff.actor] {
          try row.text(text, &chain)
        }
        try row.text(signOff.reason, &chain)
        try row.integer(signOff.eventTime.milliseconds, &chain)
        try row.integer(signOff.processTime.milliseconds, &chain)
        try row.text(signOff.commit, &chain)
        var requires = JSONWriter(.compact)
        requires.beginArray()
        for requirement in signOff.requires { requirement.write(to: &requires) }
        requires.endArray()
        try row.text(requires.takeBytes()[...], &chain)
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
