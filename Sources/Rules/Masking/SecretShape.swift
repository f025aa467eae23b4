import Scanning

/// Something that tells by its own form that it is a secret, wherever it stands: by the prefix of its issuer, by the frame
/// of a key, by its place in an address.
///
/// The expressions are those of the shipped rules that know a secret by its form, without the `\b` at their ends: in a name
/// a `_` may stand beside a token, and in a written document the escape of a line end does (`\nghp_…`), which ends in a
/// letter. What stands before a token `SecretMask` looks at itself.
struct SecretShape: Sendable {
  /// What may be told in the place of the secret.
  enum Trace: Sendable {
    /// A machine made it: a short digest tells two of them apart and gives neither away.
    case digest
    /// People choose such ones, and a digest of it could be found by trying.
    case none
    /// A machine made it, and what follows on the next lines belongs to it.
    case key
  }

  /// In RE2 syntax; the secret is the first group, or all of it.
  let source: String
  let trace: Trace
  /// It begins a word.
  let beginsWord: Bool
  /// Compiled, each time anew; nil for an expression that is none.
  var pattern: Pattern? { try? Pattern(source) }

  private init(_ source: String, _ trace: Trace, beginsWord: Bool = false) {
    self.source = source
    self.trace = trace
    self.beginsWord = beginsWord
  }

  private static func token(_ source: String) -> SecretShape { SecretShape(source, .digest, beginsWord: true) }

  /// Those of `secret.private-key`.
  static let keys = [
    SecretShape("-----BEGIN (?:RSA |EC |DSA |OPENSSH |ENCRYPTED |PGP )?PRIVATE KEY(?: BLOCK)?-----", .key),
    token("(AGE-SECRET-KEY-1[0-9A-Z]{50,})"),
  ]

  /// Those of `secret.token`.
  static let tokens = [
    token(#"((?:AKIA|ASIA)[A-Z2-7]{16})"#),
    token(#"(gh[pousr]_[A-Za-z0-9]{36,})"#),
    token(#"(github_pat_[A-Za-z0-9_]{40,})"#),
    token(#"(glpat-[A-Za-z0-9_-]{20,})"#),
    token(#"(xox[abprs]-[A-Za-z0-9-]{20,})"#),
    SecretShape("(hooks\\.slack\\.com/services/T[A-Z0-9]{6,}/B[A-Z0-9]{6,}/[A-Za-z0-9]{16,})", .digest),
    token(#"(sk-[A-Za-z0-9]{32,})"#),
    token("(sk-(?:proj|ant|or|svcacct)-[A-Za-z0-9_-]{20,})"),
    token(#"([sr]k_live_[A-Za-z0-9]{16,})"#),
    token(#"(AIza[A-Za-z0-9_-]{35})"#),
    token(#"(ya29\.[A-Za-z0-9_-]{40,})"#),
    token(#"(SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{32,})"#),
    token(#"(npm_[A-Za-z0-9]{36})"#),
    token("(pypi-AgEI[A-Za-z0-9_-]{40,})"),
    token(#"(hf_[A-Za-z0-9]{30,})"#),
    token(#"(hvs\.[A-Za-z0-9_-]{24,})"#),
    token(#"(dop_v1_[a-f0-9]{64})"#),
    token(#"(shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32})"#),
    token(#"(dapi[a-f0-9]{32})"#),
    token(#"(eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,})"#),
  ]

  /// That of `secret.connection-string`, and of the other rules those expressions that say by themselves what follows.
  static let addresses = [
    // In a path that was put in order, of two slashes one is left.
    SecretShape(#":/[^\s:@/'"<>`]*:([^\s@/'"<>`]{2,})@"#, .none),
    SecretShape(#"://[^\s:@/'"<>`]*:([^\s@/'"<>`]{2,})@"#, .none),
    SecretShape(#"[?&;](?:api_?key|token|access_token|password|secret)=([A-Za-z0-9%_-]{12,})"#, .none),
    SecretShape(#"(?i)(?:password|pwd|accountkey|sharedaccesskey)\s*=\s*([^\s"';$<{&]{4,});"#, .none),
    SecretShape(
      #"(?i)authorization["']?\s*[:=,]\s*["']?(?:bearer|token|basic)\s+([A-Za-z0-9._~+/=-]{12,})"#, .none),
  ]

  static let all = keys + tokens + addresses

  /// A value in the place of the secret that is none: an example of a manual, or the name of where the secret is kept.
  func isStandIn(_ value: String) -> Bool {
    let lower = value.lowercased()
    if SecretShape.samples.contains(where: lower.contains) { return true }
    guard trace == .none else { return false }
    return SecretShape.words.contains(lower) || SecretShape.references.contains { value.hasPrefix($0) }
      || ["${", "{{", "$(", "\\("].contains { value.contains($0) }
  }

  private static let samples = ["example", "placeholder", "dummy", "xxxxxxxx", "00000000", "1234567890"]
  private static let words: Set = ["password", "passwd", "pass", "pwd", "secret", "pw", "user", "xxx", "***"]
  private static let references = ["$", "%", "{", "<", "[", "*"]
}
