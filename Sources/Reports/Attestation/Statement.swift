import Formats
import Rules

/// An in-toto statement (version 1): what is said (`predicate`) about which artifacts (`subject`).
package enum Statement {
  /// The payload type of statements in an envelope.
  package static let payloadType = "application/vnd.in-toto+json"
  /// What names of ours begin with; nobody has to reach it.
  static let names = "https://auditor.invalid/attestation"

  /// An artifact, which is known by its digest.
  struct Subject {
    let name: String
    /// `sha256`, `gitCommit`, …
    let algorithm: String
    let digest: String

    /// A commit, by its full name.
    static func commit(_ name: String, of target: String) -> Subject {
      Subject(name: "git+\(target)", algorithm: "gitCommit", digest: name)
    }
  }

  /// The statement as one line of JSON, the same bytes for the same content, secrets masked.
  static func bytes(
    about subjects: [Subject], predicateType: String, _ predicate: (inout JSONWriter) -> Void
  ) -> [UInt8] {
    var json = JSONWriter(.compact)
    json.beginObject()
    json.member("_type", "https://in-toto.io/Statement/v1")
    json.list("subject", subjects) { subject, json in
      write(subject.name, digest: subject.digest, subject.algorithm, to: &json)
    }
    json.member("predicateType", predicateType)
    json.object("predicate", predicate)
    json.endObject()
    json.newline()
    return SecretMask.masked(json.takeBytes())
  }

  /// A resource with its digest, as an object.
  static func write(
    _ name: String, key: String = "name", digest: String, _ algorithm: String = "sha256", to json: inout JSONWriter
  ) {
    json.beginObject()
    json.member(key, name)
    json.object("digest") { $0.member(algorithm, digest) }
    json.endObject()
  }
}
