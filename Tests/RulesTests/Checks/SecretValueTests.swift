import Formats
import Testing

@testable import Rules

@Suite("Values of secrets")
struct SecretValueTests {
  /// In two parts, so that no scanner takes this file for a leak.
  private static let shaped = "sk_" + "live_51Hx9Qk2LmN8pRtV"

  /// Each line holds the secret `k3pt-here` (or the one named) and nothing else worth hiding.
  private static let violations: [(path: String, text: String, secret: String)] = [
    ("a.py", "SMTP_PASS = \"k3pt-here\"", "k3pt-here"),
    ("a.py", "connect(password='k3pt-here')", "k3pt-here"),
    ("a.py", "config['password'] = 'k3pt-here'", "k3pt-here"),
    ("a.py", "password: str = 'k3pt-here'", "k3pt-here"),
    ("a.ts", "const dbPassword: string = 'k3pt-here'", "k3pt-here"),
    ("a.go", "var leaseToken string = \"lt_8f3a1c9e77b2\"", "lt_8f3a1c9e77b2"),
    ("a.go", "apiKey := \"8f3a1c9e77b24d60\"", "8f3a1c9e77b24d60"),
    ("a.rb", "password => 'k3pt-here'", "k3pt-here"),
    ("a.java", "props.setProperty(\"db.password\", \"k3pt-here\");", "k3pt-here"),
    ("a.php", "$password = 'k3pt-here';", "k3pt-here"),
    ("a.cs", "var c = \"Server=x;AccountKey=k3pt-here8f3a1c;\";", "k3pt-here8f3a1c"),
    ("a.xml", "<password>k3pt-here</password>", "k3pt-here"),
    ("a.tf", "password = \"k3pt-here\"", "k3pt-here"),
    ("a.json", "{\"password\": \"k3pt-here\"}", "k3pt-here"),
    ("a.yaml", "password: k3pt-here", "k3pt-here"),
    ("a.yaml", "  - DB_PASSWORD=k3pt-here", "k3pt-here"),
    ("a.properties", "spring.datasource.password=k3pt-here", "k3pt-here"),
    (".env.production", "API_SECRET=8f3a1c9e77b2", "8f3a1c9e77b2"),
    ("a.sh", "PGPASSWORD=k3pt-here psql ledger", "k3pt-here"),
    ("a.sh", "sshpass -p k3pt-here ssh host", "k3pt-here"),
    ("a.sh", "tool --password k3pt-here", "k3pt-here"),
    ("a.sh", "mysqldump -u root -pk3pt-here ledger", "k3pt-here"),
    ("a.sql", "ALTER USER svc PASSWORD 'k3pt-here';", "k3pt-here"),
    ("a.yaml", "url: redis://:k3pt-here@cache:6379", "k3pt-here"),
    ("a.py", "URL = 'https://svc:k3pt-here@git.internal/x.git'", "k3pt-here"),
    ("a.py", "KEY = '\(shaped)'", shaped),
  ]

  @Test("literal secrets are found", arguments: violations.indices)
  func found(index: Int) throws {
    let row = SecretValueTests.violations[index]
    let all = try findings("secret", row.text + "\n", row.path)
    #expect(!all.isEmpty && all.allSatisfy { $0.level == .error }, "\(row.text)")
  }

  @Test("no finding about their line shows them", arguments: violations.indices)
  func hidden(index: Int) throws {
    let row = SecretValueTests.violations[index]
    let line = "\(row.text) # TODO: save /home/alice/x auditor:ignore secret\n"
    let file = try SourceFile(path: row.path, content: Array(line.utf8))
    let rules = try BuiltInRules.all.get()
    let findings = FileScanner(rules: rules, today: CivilDate(dayNumber: 0)).scan(file)
    #expect(findings.contains { $0.family == "secret" })
    for finding in findings {
      #expect(!finding.message.contains(row.secret), "\(finding.ruleID): \(finding.message)")
      #expect(finding.snippet.map { !$0.contains(row.secret) } ?? true, "\(finding.ruleID): \(finding.snippet ?? "")")
    }
  }

  @Test("nor does the reason of a suppression")
  func hiddenInReasons() throws {
    let line = "ROOT = '/ho" + "me/ann/x'  # auditor:ignore hard-path -- as in \(SecretValueTests.shaped)\n"
    let file = try SourceFile(path: "a.py", content: Array(line.utf8))
    let rules = try BuiltInRules.all.get()
    let findings = FileScanner(rules: rules, today: CivilDate(dayNumber: 0)).scan(file)
    let reasons = findings.compactMap { $0.suppression?.reason }
    #expect(reasons == ["as in ***"])
  }

  @Test(
    "references, names, types and stand-ins are no secrets",
    arguments: [
      ("a.py", "password = os.getenv('PASSWORD')"),
      ("a.py", "PASSWORD_FIELD = 'user-password-1'"),
      ("a.py", "token = 'access_token'"),
      ("a.py", "next_token = 'abc123def456'"),
      ("a.py", "secret = f'{prefix}-{name}'"),
      ("a.py", "password = 'password'"),
      ("a.py", "api_key_param = '/ledger/prod/key1'"),
      ("a.py", "API_KEY = '/ledger/prod/key1'"),
      ("a.py", "password_sha256 = '9f86d081884c7d659a2feaa0c55ad015'"),
      ("a.py", "if password == 'k3pt-here':"),
      ("a.ts", "type Login = { password: 'string' }"),
      ("a.ts", "labels = { password: 'Passwort' }"),
      ("a.yaml", "password: !vault k3pt1234"),
      ("a.yaml", "token: null"),
      ("a.yaml", "secretName: ledger-db-1"),
      ("a.yaml", "max_tokens: 4096"),
      ("a.sh", "TOKEN=$(cat token.txt)"),
      ("a.sh", "mysql -u root -p ledger"),
      ("a.sh", "curl -u \"$USER:$PASSWORD\" https://example.org"),
      ("a.py", "dsn = 'postgres://svc:${PASSWORD}@db/x'"),
      ("a.py", "pattern = re.compile(r'://[^:]+:([^@]+)@')"),
      ("a.py", "url = 'http://localhost:8080/a@b'"),
    ])
  func silent(path: String, text: String) throws {
    #expect(try findings("secret", text + "\n", path).filter { $0.level != .note }.isEmpty)
  }

  @Test(
    "tests, documents, templates and defaults that are overridden get a note",
    arguments: [
      ("tests/test_a.py", "password = 'k3pt-here'"),
      ("a.py", "# password = 'k3pt-here'"),
      (
        "a.py",
        "password = os.environ.get('X') or env['password'] or 'x'; DB_PASSWORD = os.getenv(password='k3pt-here')"
      ),
      ("a.ts", "const password = process.env.PASSWORD ?? (password = 'k3pt-here')"),
      (".env.example", "API_KEY='8f3a1c9e77b24d60'"),
      ("a.py", "password = 'changeme-now-1'"),
    ])
  func remarks(path: String, text: String) throws {
    let levels = try findings("secret", text + "\n", path).map(\.level)
    #expect(!levels.isEmpty && levels.allSatisfy { $0 == .note })
  }

  private func findings(_ family: String, _ text: String, _ path: String) throws -> [Finding] {
    let rules = try BuiltInRules.of(family)
    let file = try SourceFile(path: path, content: Array(text.utf8))
    return FileScanner(rules: rules, today: CivilDate(dayNumber: 0)).scan(file)
  }
}
