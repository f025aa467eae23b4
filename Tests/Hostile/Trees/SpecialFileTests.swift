import EndToEnd
import Glibc
import Testing

/// What stands in a tree and is no file, or no text, or may not be read.
@Suite struct SpecialFileTests {
  private static let notText: [String: Entry] = [
    "a.py": .fifo, "b.py": .socket, "sub/.gitignore": .fifo, "sub/a.py": "x = 1\n", ".git/HEAD": .fifo,
    ".git/info/exclude": .fifo,
  ]

  static let cases = [
    HostileCase("FIFOs and sockets wherever something is looked for", notText, .scan()),
    HostileCase(
      "FIFOs in place of every input",
      ["auditor.yaml": .fifo], .refused("scan", saying: "FIFO"), .command("audit", answering: [4], saying: "FIFO")),
    HostileCase("devices of our own", .audit()) { workspace in
      // Only root makes devices; for others there is nothing to see.
      for (name, minor) in [("zero.py", 5), ("full.py", 7), ("random.py", 8)] where geteuid() == 0 {
        _ = mknod("\(workspace.root)/\(name)", S_IFCHR | 0o666, dev_t(1 << 8 | minor))
      }
    },
    HostileCase(
      "files and folders that may not be read", .audit(telling: ["locked.py", "src/locked cannot list", "ruin"])
    ) {
      workspace in
      for path in ["src/locked.py", "src/locked/a.py", "ruin/deep/a.py", "blind/a.py"] {
        try workspace.put(Planted.source, at: path)
      }
      workspace.setMode(0, of: "src/locked.py")
      workspace.setMode(0, of: "src/locked")
      workspace.setMode(0o444, of: "ruin/deep")
      workspace.setMode(0o111, of: "blind")
    }.unprivileged,
    HostileCase("an ignore file that may not be read", .audit(telling: [".gitignore"])) { workspace in
      try workspace.put("aa\nzz\n", at: ".gitignore")
      workspace.setMode(0, of: ".gitignore")
    }.unprivileged,
  ]

  @Test(arguments: cases) func `keeps every promise`(_ example: HostileCase) throws { try example.check() }
}
