package import Formats

/// A decision that was recorded, and where everything about it is.
package struct SignOffEntry {
  private let signOff: SignOff
  private let ledger: String
  private let row: Int64
  private let head: Digest
  private let reportPath: String
  private let envelopePath: String?

  /// A recorded decision.
  package init(
    signOff: SignOff, ledger: String, row: Int64, head: Digest, reportPath: String, envelopePath: String?
  ) {
    self.signOff = signOff
    self.ledger = ledger
    self.row = row
    self.head = head
    self.reportPath = reportPath
    self.envelopePath = envelopePath
  }

  /// For a person.
  package var text: String {
    let required = signOff.requires.map(\.phaseID).joined(separator: ", ")
    var text = "\(printable(signOff.phaseID)) is \(signOff.verdict) and \(decided) by \(printable(signOff.actor))\n"
    text += "  id        \(signOff.id)\n"
    text += "  rests on  \(required.isEmpty ? "no other phase" : printable(required))\n"
    if let revokes = signOff.revokes { text += "  revokes   \(revokes)\n" }
    if let proof = signOff.proof { text += "  proof     \(proof)\n" }
    text += "  report    \(printable(reportPath)) sha256:\(signOff.report.sha256)\n"
    text += "  ledger    \(printable(ledger)) row \(row), head \(head.hex.prefix(16))\n"
    if let envelopePath { text += "  statement \(printable(envelopePath))\n" }
    return text
  }

  private var decided: String {
    switch signOff.decision {
    case .approved: "signed off"
    case .rejected: "rejected"
    case .revoked: "its sign-off revoked"
    }
  }

  /// For programs.
  package var json: [UInt8] {
    JSONWriter.document { json in
      json.beginObject()
      json.member("id", signOff.id)
      json.member("target", signOff.target)
      json.member("phase", signOff.phaseID)
      json.member("verdict", signOff.verdict)
      json.member("decision", signOff.decision.rawValue)
      json.member("actor", signOff.actor)
      json.member("reason", signOff.reason)
      json.member("event_time", signOff.eventTime.rfc3339)
      json.member("process_time", signOff.processTime.rfc3339)
      json.member("git_head", signOff.commit)
      json.member("proof", signOff.proof)
      json.list("requires", signOff.requires) { requirement, json in requirement.write(to: &json) }
      if let revokes = signOff.revokes { json.member("revokes", revokes) }
      json.object("report") { json in
        json.member("path", reportPath)
        json.member("sha256", signOff.report.sha256)
      }
      json.object("ledger") { json in
        json.member("path", ledger)
        json.member("row", Int(row))
        json.member("head", head.hex)
      }
      json.member("statement", envelopePath)
      json.endObject()
    }
  }
}
