import Formats
import Testing

@testable import Rules

/// What is told holds no secret that shows by its own form, wherever it stands and however the document writes it; and
/// everything else is told as it is.
@Suite struct SecretMaskTests {
  private static let pack = Result { try RulePack.builtIn().rules }
  /// The shipped rules that know a secret by its form.
  private static let ids = ["secret.private-key", "secret.token", "secret.connection-string"]

  /// What the rules know is what is masked: the expressions are the same, but for the word's ends, which the mask
  /// looks for itself.
  @Test func `the shapes are those of the shipped rules`() throws {
    let bytes = try #require(EmbeddedFiles.bytes(named: "rules/core.yaml"))
    let rules = try #require(try YAML.read(bytes)["rules"]).elements
    func sources(_ id: String) -> [String] {
      let rule = rules.first { $0["id"]?.string == id }
      let some = rule?["pattern-either"]?.elements.compactMap(\.string) ?? []
      return some + [rule?["pattern-regex"]?.string].compactMap { $0 }
    }
    func bare(_ source: String) -> String {
      let end = source.hasSuffix("\\b") ? String(source.dropLast(2)) : source
      return end.hasPrefix("\\b") ? String(end.dropFirst(2)) : end
    }
    #expect(SecretShape.keys.map(\.source) == sources("secret.private-key").map(bare))
    #expect(SecretShape.tokens.map(\.source) == sources("secret.token").map(bare))
    #expect(SecretShape.addresses.dropFirst().first?.source == sources("secret.connection-string").first)
    #expect(SecretShape.all.allSatisfy { $0.pattern != nil })
    let begins = zip(SecretShape.tokens, sources("secret.token")).allSatisfy { $0.beginsWord == $1.hasPrefix("\\b") }
    #expect(begins)
  }

  /// The secret of each example, and how documents of many kinds would hold it.
  @Test func `every example of the rules is masked, in any document`() throws {
    for rule in try Self.pack.get() where Self.ids.contains(rule.id) {
      for example in rule.matches {
        guard let secret = SecretCorpus.secret(in: example.text) else { continue }
        for text in [
          secret, "a reason: \(secret).", "src/\(secret).py:3", "{\"message\":\"first line\\n\(secret)\"}",
          "\\u00e9\(secret)", "a%20\(secret)", "DOD__\(secret)_1.md", "<b title=\"\(secret)\">\(secret)</b>",
          "'\(secret)'|\(secret)|",
          String(repeating: "x y ", count: 5_000) + secret, "\t\(secret)\r\n\(secret)",
        ] {
          let masked = SecretMask.masked(text)
          #expect(!masked.contains(SecretCorpus.heart(of: secret)), "\(rule.id): \(secret) in \(text.suffix(80))")
          #expect(masked.contains("***"))
          #expect(SecretMask.masked(masked) == masked)
          #expect(SecretMask.masked(Array(text.utf8)) == Array(masked.utf8))
        }
      }
    }
  }

  @Test func `the lines of a key are masked with it`() {
    let body = ["MIIEowIBAAKCAQEA7Kq2mZp1v8c4r9", "tR4nX0bVq5LwYs2dJf6hGk3aPzUe7i", "Cg=="]
    let (head, foot) = ("-----BEGIN RSA PRIVATE " + "KEY-----", "-----END RSA PRIVATE " + "KEY-----")
    for line in ["\n", "\r\n", "\\n", "\n    ", "&#10;", "%0A", "\\u{a}"] {
      let masked = SecretMask.masked(([head] + body + [foot]).joined(separator: line) + "\nafter")
      for part in body { #expect(!masked.contains(part), "\(masked)") }
      #expect(masked.hasPrefix(head) && masked.hasSuffix("\nafter"))
    }
    // What only names one is no secret.
    let words = "'\(head)' stands in the file"
    #expect(SecretMask.masked(words) == words)
  }

  @Test func `two secrets stay two, and what people choose leaves no trace`() {
    let (first, second) = (SecretCorpus.token("a"), SecretCorpus.token("b"))
    let masked = [first, second].map { SecretMask.masked("src/\($0).py") }
    #expect(masked[0] != masked[1])
    #expect(masked[0] == "src/***\(SHA256.digest(Array(first.utf8)).hex.prefix(8)).py")
    let address = SecretMask.masked("postgres://" + "svc:h7Kq2mZp@db/ledger")
    #expect(address == "postgres://svc:***@db/ledger")
  }

  @Test(arguments: [
    "ab5df625bc76dbd4e163bed2dd888df828f90159bb93556525c31821b6541d46",
    "task-ab5df625bc76dbd4e163bed2dd888df828f90159", "01M7X79CKFNATGKJREEHTGBRGR",
    "sha256-q1MKE+RZFJgrefm34+uplykR0wR2dPC3WkZ8Zz0oX8Y=", "123e4567-e89b-52d3-a456-426614174000",
    "https://example.org:8443/a@b", "postgres://user:password@localhost/db", "postgres://svc:${DB_PASSWORD}@db",
    "AKIAIOSFODNN7" + "EXAMPLE", "git@github.com:acme/shop.git", "see disk-0123456789abcdef0123456789abcdef01",
    "password = secret;", "Authorization: Bearer $TOKEN", "a\u{0}b", "",
  ])
  func `anything else stays`(text: String) {
    #expect(SecretMask.masked(text) == text)
    #expect(SecretMask.masked(Array(text.utf8) + [0xFF]) == Array(text.utf8) + [0xFF])
  }

  @Test(arguments: [
    "GET /v1?access_token=" + "c4f1e0b29a7d55aa", "Server=db;User=svc;Password=" + "k3pt-here;",
    "Authorization: Bearer " + "9f2c1a7be04d5583",
  ])
  func `what stands in the place of a secret is one`(text: String) {
    let masked = SecretMask.masked(text)
    #expect(masked.contains("***") && !masked.contains(text.suffix(9).prefix(7)), "\(masked)")
  }
}

/// Secrets for tests, built from pieces so that no scan takes this file for a leak.
enum SecretCorpus {
  static func token(_ letter: String) -> String { "gh" + "p_" + String(repeating: "\(letter)7Q", count: 12) }

  /// What an example holds, from the shape that finds it; the whole line where that is an address.
  static func secret(in text: String) -> String? {
    let line = String(text.prefix { $0 != "\n" })
    if let start = line.firstRange(of: "'"), let end = line.dropFirst(line.count - 1).firstRange(of: "'") {
      return String(line[start.upperBound..<end.lowerBound])
    }
    if line.contains("-----BEGIN") { return nil }
    return line
  }

  /// The part that must not be seen.
  static func heart(of secret: String) -> String {
    guard let at = secret.lastIndex(of: "@"), let colon = secret[..<at].lastIndex(of: ":") else {
      return String(secret.suffix(16))
    }
    return String(secret[colon...at])
  }
}
