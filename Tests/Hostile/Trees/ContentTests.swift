import EndToEnd
import Testing

/// Files that are empty, or hold anything but what their name says. A violation in them counts like any other.
@Suite struct ContentTests {
  private static let violation = Array("ROOT = \"/Users/hidden/work\"\n".utf8)
  private static func utf16(_ bytes: [UInt8], mark: [UInt8], high: Bool) -> Entry {
    .bytes(mark + bytes.flatMap { high ? [0, $0] : [$0, 0] })
  }

  static let cases = [
    HostileCase(
      "empty files, and files of one byte",
      [
        "a.py": "", "b.json": "", "c.yaml": "", "d.md": "", "e": "", "f.py": .bytes([0xFF]), "g.py": .bytes([0]),
        "h.py": "\n", "i.py": "\r", "j.json": "\u{FEFF}", ".gitignore": .bytes([0xFF, 0xFE]), "k.schema.json": "",
        "gate_map.yaml": "",
      ], .command("audit", "--json", answering: [4], saying: "gate_map.yaml", Planted.paths[0], Planted.paths[1])),
    HostileCase(
      "files of nothing but 0xFF, blanks, or line ends",
      [
        "a.py": .bytes([UInt8](repeating: 0xFF, count: 300_000)), "b.py": .file(String(repeating: " ", count: 300_000)),
        "c.py": .file(String(repeating: "\n", count: 300_000)), "d.py": .file(String(repeating: "\r", count: 300_000)),
        "e.py": .file(String(repeating: "\"", count: 300_000)), "f.md": .file(String(repeating: "`", count: 300_000)),
        "g.sh": .file(String(repeating: "#", count: 300_000)), "h.js": .file(String(repeating: "/", count: 300_000)),
        "i.yaml": .file(String(repeating: "-", count: 300_000)), "j.md": .file(String(repeating: "|", count: 300_000)),
      ], .audit()),
    HostileCase(
      "violations behind zero bytes and in UTF-16",
      [
        "n/a.py": .bytes([0] + violation), "n/b.js": .bytes(Array("var a = 1 // \0\n".utf8) + violation),
        "n/c.py": .bytes(violation + [0, 0, 0]), "n/d.py": utf16(violation, mark: [0xFF, 0xFE], high: false),
        "n/e.py": utf16(violation, mark: [0xFE, 0xFF], high: true), "n/f.py": utf16(violation, mark: [], high: false),
        "n/g.py": utf16(violation, mark: [], high: true), "n/h.py": .bytes([0xFF, 0xFE] + violation),
        "n/i.py": .bytes([0xEF, 0xBB, 0xBF] + violation), "n/j.py": .bytes([0xFF] + violation + [0xFF]),
      ],
      .audit(),
      .command(
        "scan", "--json", "n", answering: [1], saying: "n/a.py", "n/b.js", "n/c.py", "n/d.py", "n/e.py", "n/f.py",
        "n/g.py", "n/h.py", "n/i.py", "n/j.py")),
    HostileCase(
      "line ends of every kind, and none",
      [
        "a.py": .bytes(Array("x = 1\r".utf8) + violation), "b.py": .bytes(Array("x = 1\u{2028}".utf8) + violation),
        "c.py": .bytes(Array("x = 1\u{85}".utf8) + violation), "d.py": .bytes(Array("x = 1\u{0C}".utf8) + violation),
        "e.py": .bytes(violation.dropLast()),
      ],
      .audit(),
      .command("scan", "--json", answering: [1], saying: "a.py", "b.py", "c.py", "d.py", "e.py")),
    HostileCase(
      "text that turns, hides, or speaks to terminals and pipelines",
      [
        "a.py": "ROOT = \"/Users/\u{202E}gpj/work\" # \u{1B}[2J\u{1B}]0;t\u{07}\n",
        "b.py": "ROOT = \"/Users/a\u{200B}b/work\"\n",
        "c.py": "::error file=a,line=1::ROOT = \"/Users/alice/work\"\n",
        "d.py": .bytes(Array("ROOT = \"/Users/a".utf8) + [0x9B, 0x33, 0x31] + Array("m/work\"\n".utf8)),
        "e.py": "ROOT = \"/Users/]]><script>alert(1)</script>/work\" # ]]> &amp; <!-- -->\n",
      ],
      .audit(), .command("scan", answering: [1], saying: Planted.rule),
      .command("scan", "--format", "github", answering: [1], saying: Planted.rule),
      .command("audit", "--format", "html", answering: [1], saying: Planted.rule),
      .command("audit", "--format", "junit", answering: [1], saying: Planted.rule)),
  ]

  @Test(arguments: cases) func `keeps every promise`(_ example: HostileCase) throws { try example.check() }
}
