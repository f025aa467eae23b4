import Formats
import Rules

/// A sign-off as a SLSA verification summary: the verdict on a phase, by whom and on what it rests.
///
/// https://slsa.dev/spec/v1.0/verification_summary. What the summary has no field for stands in fields whose names are
/// URIs: the verdict (PROVEN, PARTIAL or DESIGNED) and the decision.
package struct SignOffStatement {
  /// Names the predicate.
  package static let predicateType = "https://slsa.dev/verification_summary/v1"
  /// The field of the verdict.
  package static let verdictField = "\(Statement.names)/verdict"
  /// The field of the decision.
  package static let decisionField = "\(Statement.names)/signoff"

  private let signOff: SignOff
  private let toolVersion: String

  /// A statement about a decision.
  package init(_ signOff: SignOff, toolVersion: String) {
    self.signOff = signOff
    self.toolVersion = toolVersion
  }

  /// The statement as one line of JSON. It is about the report, and about the commit where there is one.
  package var bytes: [UInt8] {
    var subjects = [
      Statement.Subject(name: signOff.report.path, algorithm: "sha256", digest: signOff.report.sha256)
    ]
    if let commit = signOff.commit { subjects.append(.commit(commit, of: signOff.target)) }
    return Statement.bytes(about: subjects, predicateType: Self.predicateType) { json in
      json.object("verifier") { json in
        json.member("id", "\(Statement.names)/verifier")
        json.object("version") { $0.member("auditor", toolVersion) }
      }
      json.member("timeVerified", signOff.processTime.rfc3339)
      json.member("resourceUri", "urn:auditor:phase:\(Self.escaped(signOff.target)):\(Self.escaped(signOff.phaseID))")
      json.key("policy")
      Statement.write(
        "file:\(Self.escaped(signOff.document.path))", key: "uri", digest: signOff.document.sha256, to: &json)
      // What an operator does not accept has not passed, whatever was computed.
      let isPassed = signOff.verdict == "PROVEN" && signOff.decision == .approved
      json.member("verificationResult", isPassed ? "PASSED" : "FAILED")
      json.member("verifiedLevels", [isPassed ? "AUDITOR_DOD_PROVEN" : "FAILED"])
      json.member(Self.verdictField, signOff.verdict)
      json.object(Self.decisionField) { json in
        json.member("id", signOff.id)
        json.member("phase", signOff.phaseID)
        json.member("decision", signOff.decision.rawValue)
        json.member("actor", signOff.actor)
        json.member("reason", signOff.reason)
        json.member("eventTime", signOff.eventTime.rfc3339)
        json.member("processTime", signOff.processTime.rfc3339)
        json.member("proof", signOff.proof)
        json.list("requires", signOff.requires) { requirement, json in requirement.write(to: &json) }
        if let revokes = signOff.revokes { json.member("revokes", revokes) }
      }
    }
  }

  /// Text as a part of a URI: everything but what stands for itself is written by its bytes.
  private static func escaped(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in SecretMask.masked(text).utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        bytes.append(byte)
      default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
