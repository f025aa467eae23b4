import Formats
import Scanning

/// Judges a value that a pattern found beside the name of a secret, in the place of a password in a URL, or on a command
/// line: whether it is the secret itself.
///
/// None: references to where the secret is kept (variables, parameter paths, names), types, digests, empty values, patterns.
/// A remark: stand-ins (`changeme`, `<your-token>`), values that the environment overrides, comments, and everything in
/// tests, documents, templates and recorded data.
struct SecretValue {
  private let candidate: Candidate
  private let value: String

  init(_ candidate: Candidate) {
    self.candidate = candidate
    self.value = candidate.text
  }

  /// What kind of secret the value would be.
  private enum Kind {
    /// People choose these: short ones, and plain words, count too.
    case password
    /// Programs make these.
    case key
  }

  var judgement: Judgement {
    if isPassedInURL {
      guard !isReference, !isExpression else { return .none }
      return harm(isStandIn: isStandIn || SecretValue.weak.contains(value.lowercased()))
    }
    var kind = Kind.password
    var name: AssignedName?
    if let assigned = AssignedName(before: candidate.before), let named = self.kind(named: assigned) {
      kind = named
      name = assigned
    } else if !isGiven {
      return .none
    }
    guard !isReference, !isExpression, isValue(kind, name) else { return .none }
    return harm(isStandIn: isStandIn)
  }

  /// How bad a literal secret is, by what it stands in.
  private func harm(isStandIn: Bool) -> Judgement {
    let role = candidate.role
    if isStandIn || isOverridable || candidate.byteClass == .comment { return .remark }
    if role.isTest || role.isDemonstration || role.kind == .document || role.kind == .record { return .remark }
    if candidate.isInTest { return .remark }
    return .violation
  }

  // MARK: Names

  private static let passwords: Set<String> = ["password", "passwd", "passphrase", "pwd", "passcode"]
  private static let others: Set<String> = ["secret", "token", "apikey", "credential", "credentials", "authtoken"]
  /// What makes a key a secret one.
  private static let keyed: Set<String> = [
    "api", "access", "private", "secret", "auth", "signing", "encryption", "account", "master", "shared", "session",
    "client", "storage", "hmac", "jwt", "webhook", "app", "license", "service",
  ]
  /// What makes a token none.
  private static let harmless: Set<String> = [
    "page", "paging", "next", "continuation", "continue", "cursor", "pagination", "cancellation", "stop", "start",
    "end",
    "bos", "eos", "pad", "unk", "mask", "sep", "special", "max", "min", "num", "public", "syntax", "lookahead",
    "design",
    "color", "null", "missing", "none", "delimiter", "separator", "resume", "sync", "dummy", "fake",
  ]
  /// What may follow the noun.
  private static let tails: Set<String> = [
    "value", "prod", "production", "staging", "dev", "default", "plain", "plaintext",
  ]

  /// What the name promises; `value` and `default` take the name of what they belong to: `- name: DB_PASSWORD` above
  /// `value: …`, `variable "db_password" {` above `default = …`.
  private func kind(named name: AssignedName) -> Kind? {
    guard name.words == ["value"] || name.words == ["default"] else { return SecretValue.kind(of: name.words) }
    let owner =
      name.words == ["value"] ? candidate.line - 1 : candidate.reading.owners(ofLine: candidate.line, atMost: 1).first
    guard let owner, owner >= 1 else { return nil }
    let line = candidate.file.line(owner).prefix(400)
    let names = line.split { !isWordByte($0) && $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: ".") }
    return names.last.flatMap { SecretValue.kind(of: Words.split($0)) }
  }

  private static func kind(of name: [String]) -> Kind? {
    var words = name
    while let last = words.last, tails.contains(last) || last.allSatisfy(\.isNumber) { words.removeLast() }
    guard let noun = words.last else { return nil }
    let before = words.dropLast().last
    if let before, harmless.contains(before) { return nil }
    if passwords.contains(noun) { return .password }
    if noun == "pass", let before,
      ["db", "user", "admin", "smtp", "ftp", "mysql", "pg", "root", "mail", "ssh"].contains(before)
    {
      return .password
    }
    if noun == "word", before == "pass" { return .password }
    if others.contains(noun) || passwords.contains(where: noun.hasSuffix) && noun.count < 20 {
      return passwords.contains(where: noun.hasSuffix) ? .password : .key
    }
    if noun == "key", let before, keyed.contains(before) { return .key }
    if noun.hasSuffix("apikey") || noun.hasSuffix("secretkey") { return .key }
    return nil
  }

  // MARK: Places

  /// `scheme://user:` stands before it.
  private var isPassedInURL: Bool {
    let run = candidate.before.reversed().prefix { $0 > 0x20 && !"\"'`<>@/".utf8.contains($0) }.reversed()
    let start = candidate.before.endIndex - run.count
    return candidate.before.last == UInt8(ascii: ":") && candidate.before[..<start].suffix(3).elementsEqual("://".utf8)
  }

  /// Options, functions and statements that take a secret as it is.
  private var isGiven: Bool {
    let before = String(decoding: candidate.before.suffix(120), as: UTF8.self).lowercased()
    let trimmed = before.filter { !"\"'`".contains($0) }
    let line = String(decoding: candidate.file.line(candidate.line).prefix(1_000), as: UTF8.self).lowercased()
    if trimmed.hasSuffix("-p") { return line.contains("mysql") || line.contains("mariadb") || line.contains("sshpass") }
    if trimmed.hasSuffix("sshpass -p ") || trimmed.hasSuffix("identified by ") || trimmed.hasSuffix("bearer ") {
      return true
    }
    if ["--password ", "--password=", "--token ", "--token=", "--api-key ", "--api-key=", "password=", "pwd="]
      .contains(where: trimmed.hasSuffix)
    {
      return true
    }
    if trimmed.hasSuffix("password ") {
      return line.contains("role") || line.contains("user") || line.contains("login")
    }
    if trimmed.hasSuffix("(") || trimmed.hasSuffix(", ") || trimmed.hasSuffix(",") {
      let words = Set(Words.split(candidate.before.suffix(80)))
      return !words.isDisjoint(with: [
        "set", "setenv", "define", "putenv", "setpassword", "setproperty", "putextra", "withpassword", "with",
      ])
        && words.isDisjoint(with: ["get", "getenv", "environ"])
    }
    if before.contains("securestring") { return true }
    if before.contains("authorization"), trimmed.hasSuffix("token ") || trimmed.hasSuffix("basic ") { return true }
    if trimmed.hasSuffix(" value=") {
      return trimmed.contains("name=")
        && !Set(candidate.wordsBefore).isDisjoint(with: ["password", "passwd", "secret", "token"])
    }
    // `curl -u user:password`
    return trimmed.hasSuffix(":") && line.contains("curl") && (line.contains(" -u ") || line.contains("--user "))
  }

  /// The environment has the first say: `${PASSWORD:-local}`, `getenv("PASSWORD", "local")`, `env ?? "local"`.
  private var isOverridable: Bool {
    let before = candidate.before
    if before.contains(":-") && before.contains("${") || before.contains("??") || before.contains("?=") { return true }
    let words = Set(candidate.wordsBefore)
    return !words.isDisjoint(with: ["getenv", "environ", "setdefault"]) || before.contains("process.env")
      || before.contains("env.get") || before.contains("ENV.fetch") || before.contains("||")
  }

  // MARK: Values

  private static let references = [
    "$", "%", "env:", "vault:", "ssm:", "arn:", "file:", "op://", "sm://", "secret://", "keychain:", "ref+", "!",
    "aws:",
    "gcp:", "projects/", "os.", "process.", "self.", "config.", "settings.", "secrets.", "var.", "local.", "data.",
    "sha256:", "sha1:", "md5:", "{", "<", "[", "(", "@", "&", "*", "=", ">", "|", ",", ";", ":", "./", "../", "~/", "/",
  ]

  /// It names where the secret is, instead of being it.
  private var isReference: Bool {
    let lower = value.lowercased()
    if SecretValue.references.contains(where: lower.hasPrefix) { return true }
    if value.contains("${") || value.contains("{{") || value.contains("$(") || value.contains("\\(") { return true }
    if value.contains("://") && !isPassedInURL { return true }
    // UPPER_SNAKE: the name of a variable.
    let isUpper =
      value.contains("_")
      && value.utf8.allSatisfy { (0x41...0x5A).contains($0) || $0 == 0x5F || (0x30...0x39).contains($0) }
    if isUpper { return true }
    // A path of plain words: `fraud-platform/dev/db/password`.
    let parts = value.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count >= 2
      && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isLetter && $0.isLowercase || "-_.".contains($0) } }
  }

  /// A call, an interpolation, a pattern, a field of something.
  private var isExpression: Bool {
    if value.contains("{") && value.contains("}") || value.contains("(") || value.contains("[") || value.contains("\\s")
    {
      return true
    }
    guard candidate.byteClass == .code, candidate.role.kind == .program, candidate.file.language?.name != "shell" else {
      return false
    }
    return !isPassedInURL
  }

  private static let standIns: Set<String> = [
    "changeme", "change", "placeholder", "example", "dummy", "fake", "sample", "your", "redacted", "todo", "insert",
    "replace", "replaceme", "fixme", "mock", "masked", "none", "test", "testing", "notasecret", "foo", "bar",
    "foobar", "localstack", "emulator", "unused", "invalid", "ignored",
  ]

  private var isStandIn: Bool {
    let words = Words.split(value)
    if !Set(words).isDisjoint(with: SecretValue.standIns) { return true }
    let lower = value.lowercased()
    if ["xxxx", "****", "....", "0000000", "1234567890", "abcdef123", "eby8vdm02xnocqflquvw"].contains(
      where: lower.contains)
    {
      return true
    }
    return Set(value).count <= 2
  }

  /// Passwords of the example of every manual.
  private static let weak: Set<String> = ["password", "passwd", "pass", "pwd", "secret", "pw", "user", "xxx"]

  private static let nouns: Set<String> = [
    "password", "passwd", "secret", "token", "key", "apikey", "credential", "credentials", "pass", "passphrase",
  ]
  private static let types: Set<String> = [
    "string", "str", "text", "required", "optional", "varchar", "char", "hidden", "input", "current", "new", "confirm",
    "basic", "bearer", "none", "null", "nil", "plain", "login", "true", "false", "form", "field", "object", "any",
    "secretstr", "bool", "boolean", "bytes", "undefined", "unknown", "yes", "no", "off", "on", "empty", "header",
    "cookie",
    "query", "body", "file", "prompt", "auto", "never", "always", "inherit", "write", "read", "default", "missing",
  ]

  private func isValue(_ kind: Kind, _ name: AssignedName?) -> Bool {
    let words = Words.split(value)
    guard !words.isEmpty, value.utf8.count >= (kind == .password ? 4 : 8),
      !SecretValue.types.contains(value.lowercased())
    else { return false }
    if let name, name.words == words || name.words.joined() == words.joined() { return false }
    if value.contains(" ") { return false }
    let hasDigits = value.utf8.contains { (0x30...0x39).contains($0) }
    let hasLetters = value.utf8.contains { isWordByte($0) && !(0x30...0x39).contains($0) && $0 != 0x5F }
    // "db-password" is what a password is called.
    if !Set(words).isDisjoint(with: SecretValue.nouns), !hasDigits { return isConfigured && words.count == 1 }
    if !hasLetters { return kind == .password && !value.contains(".") && value.utf8.count >= 4 }
    if hasDigits { return kind == .password || !isVersionOrNumber }
    let isMixed = value.contains(where: \.isUppercase) && value.dropFirst().contains(where: \.isLowercase)
    switch kind {
    case .password:
      // One capitalised word is what a person reads on a form.
      let isLabel = value.first.map(\.isUppercase) ?? false && value.dropFirst().allSatisfy { $0.isLowercase }
      return isConfigured || !isLabel
    case .key: return value.utf8.count >= 20 && isMixed
    }
  }

  private var isVersionOrNumber: Bool {
    value.utf8.allSatisfy { (0x30...0x39).contains($0) || ".-+eEv".utf8.contains($0) }
  }

  private var isConfigured: Bool { candidate.role.kind == .configuration }
}
