import Formats

/// What a check of a signed statement came to, and what the statement says.
package struct EnvelopeVerdict {
  private let envelope: Envelope
  private let signer: String?
  private let refusal: String?
  private let statement: Value?

  /// - Parameters:
  ///   - signer: the allowed signer who signed it, or nil.
  ///   - refusal: why nobody did.
  ///   - wantedSHA256: the digest that one of its subjects has to have.
  package init(_ envelope: Envelope, signer: String?, refusal: String?, wantedSHA256: String?) {
    self.envelope = envelope
    self.signer = signer
    let statement = try? JSON.read(envelope.payload)
    self.statement = statement
    var refusal = refusal
    if signer != nil, let wantedSHA256 {
      let subjects = statement?["subject"]
      let isMeant = subjects.map { $0.elements.contains { $0["digest"]?["sha256"]?.string == wantedSHA256 } } ?? false
      if !isMeant { refusal = "it is not about this file: no subject of it has the SHA-256 \(wantedSHA256)" }
    }
    self.refusal = refusal
  }

  /// It is signed by an allowed signer, and about what it has to be about.
  package var holds: Bool { signer != nil && refusal == nil }

  /// For a person.
  package var text: String {
    var text = holds ? "VERIFIED  signed by \(printable(signer ?? ""))\n" : "REFUSED   \(printable(refusal ?? ""))\n"
    // What nobody vouches for is not repeated.
    guard holds, let statement else { return text }
    if let type = statement["predicateType"]?.string { text += "type      \(printable(type))\n" }
    if let subjects = statement["subject"] {
      for subject in subjects.elements {
        let digests = (subject["digest"] ?? subject).members.map { "\($0.name):\($0.value.text)" }
        text += "about     \(printable(subject["name"]?.text ?? ""))  \(printable(digests.joined(separator: " ")))\n"
      }
    }
    let predicate = statement["predicate"]
    for (name, value) in [
      ("result", predicate?["result"]), ("result", predicate?["verificationResult"]),
      ("verdict", predicate?[SignOffStatement.verdictField]),
      ("phase", predicate?[SignOffStatement.decisionField]?["phase"]),
      ("decision", predicate?[SignOffStatement.decisionField]?["decision"]),
      ("actor", predicate?[SignOffStatement.decisionField]?["actor"]),
      ("id", predicate?[SignOffStatement.decisionField]?["id"]), ("ledger", statement["auditor_ledger"]),
      ("rows", statement["rows"]), ("head", statement["head"]),
    ] {
      if let value { text += "\(padded(name, 9)) \(printable(value.text))\n" }
    }
    return text
  }

  /// For programs.
  package var json: [UInt8] {
    JSONWriter.document { json in
      json.beginObject()
      json.member("status", holds ? "VERIFIED" : "REFUSED")
      json.member("signer", holds ? signer : nil)
      json.member("problem", refusal)
      json.member("payload_type", envelope.payloadType)
      json.key("payload")
      if holds, let statement { json.value(statement) } else { json.null() }
      json.endObject()
    }
  }
}
