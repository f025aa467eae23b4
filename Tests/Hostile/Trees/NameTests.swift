import EndToEnd
import Testing

/// Names that are no names, or try to be something else.
@Suite struct NameTests {
  private static let formats = ["sarif", "sarif-github", "github", "gitlab", "markdown", "junit", "html", "oscal"]

  /// Characters that mean something in one of the report formats.
  private static let meaningful = [
    "100%.py", "a#b.py", "what?.py", "a&b.py", "]]>.py", "<b>.py", "\"quoted\".py", "it's.py", "a|b.py", "`tick`.py",
    "a::b,c=d.py", "%0A%0D.py", "back\\slash.py", "a b.py", " leading.py", "trailing .py", "*[a]?{b}.py",
    "$(touch x).py",
    "{{x}}.py", "--.py", "a;b.py", "~.py", "new\nline.py", "\u{1B}[31mred.py", "\u{202E}gpj.py", "e\u{301}.py", "é.py",
  ]

  private static let flags = [
    "--format", "--json", "-q", "--help", "-", "--", "--rules=x", "--reports-dir", "-rf", "--version", "--no-ignore",
  ]

  static let cases = [
    HostileCase("names that mean something in reports", .audit()) { workspace in
      for name in meaningful { try workspace.put(Planted.source, at: name) }
    },
    HostileCase(
      "names that mean something in reports, in every other format",
      .command("audit", "--format", formats[0], answering: [1], saying: "100%25.py", "a%23b.py", "what%3F.py"),
      .command("scan", "--format", formats[2], answering: [1], saying: "::error"),
      .command("scan", "--format", formats[3], answering: [1], saying: "a#b.py"),
      .command("scan", "--format", formats[4], answering: [1], saying: "hard-path.home"),
      .command("audit", "--format", formats[5], answering: [1], saying: "a&amp;b.py"),
      .command("audit", "--format", formats[6], answering: [1], saying: "a&amp;b.py"),
      .command("audit", "--format", formats[7], answering: [1], saying: "a&b.py"),
      .command("audit", "--verbose", answering: [1], saying: "a&b.py"),
      .command("report", answering: [1]),
    ) { workspace in
      for name in meaningful { try workspace.put(Planted.source, at: name) }
    },
    HostileCase("files that are called like options", .audit(), .scan("--", "aa", "zz", "--format", "-q", "-")) {
      workspace in
      for name in flags { try workspace.put(Planted.source, at: name) }
    },
    HostileCase(
      "a root that is called like an option",
      .command("audit", "--json", "--", "../--format", answering: [1], saying: "b.py").reporting(to: "--format/reports")
    ) { workspace in
      try workspace.put(Planted.source, at: "../--format/b.py")
    },
    HostileCase("folders of any bytes", .audit()) { workspace in
      for name: [UInt8] in [
        [0xFF, 0xFE], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0x1B, 0x5B, 0x32, 0x4A], [0x0A], [0x20], [0x7F],
      ] {
        try workspace.put(Planted.source, at: Array("any/".utf8) + name + Array("/a.py".utf8))
      }
    },
    HostileCase(
      "names that differ in case or normal form only", .audit(),
      .command("scan", answering: [1], saying: "caf\u{E9}.py\n", "cafe\u{301}.py\n", "src/A.py\n", "Src/a.py\n")
    ) { workspace in
      let alike = [
        "Src/a.py", "src/A.py", "src/a.py", "caf\u{E9}.py", "cafe\u{301}.py", "\u{212B}/a.py", "\u{C5}/a.py",
      ]
      for name in alike { try workspace.put(Planted.source, at: name) }
      try workspace.put("scan: {exclude: ['**']}\n", at: "AUDITOR.YAML")
      try workspace.put("[", at: "Auditor.yaml")
      try workspace.put("*\n", at: ".GITIGNORE")
    },
    HostileCase("names that are nothing but dots and blanks", .audit()) { workspace in
      for name in ["...", ". ", " ", "..a", ".py", "a..", "\t.py", "\u{A0}.py", "\u{200B}.py", "\u{FEFF}.py"] {
        try workspace.put(Planted.source, at: "odd/\(name)")
      }
    },
    HostileCase(
      "documents, gate maps and contracts with names of any bytes",
      .command(
        "audit", "--json", answering: [4], saying: Planted.paths[0], Planted.paths[1])
    ) { workspace in
      let odd: [[UInt8]] = [[0xFF], [0x0A], [0x1B, 0x5B, 0x4A]]
      for (name, content) in [("gate_map.yaml", "gates: []\n"), ("x.schema.json", "{\"type\": 1}\n")] {
        for bytes in odd { try workspace.put(.file(content), at: Array("x".utf8) + bytes + Array("/\(name)".utf8)) }
      }
      for bytes in odd {
        try workspace.put("- **Phase / Task ID**: X\n", at: Array("dod/DOD__".utf8) + bytes + Array(".md".utf8))
      }
    },
  ]

  @Test(arguments: cases) func `keeps every promise`(_ example: HostileCase) throws { try example.check() }
}
