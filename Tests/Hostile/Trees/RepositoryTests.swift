import EndToEnd
import Testing

/// Repositories that are not what they seem, and what they would have git do.
@Suite struct RepositoryTests {
  private static let person = "git -c user.name=T -c user.email=t@example.org -c init.defaultBranch=main"

  private static func git(_ workspace: Workspace, _ script: String) throws {
    let outcome = try workspace.start(["sh", "-ec", "git() { command \(person) \"$@\"; }; \(script)"])
    if outcome.status != 0 { throw Workspace.GitFailed(outcome: outcome) }
  }

  /// Commands that a repository's own configuration would have run; they leave a trace beside the tree.
  private static func trap(_ workspace: Workspace) throws {
    try workspace.put(.file("#!/bin/sh\ntouch \(workspace.enclosure)/sprung\ncat\n"), at: "trap")
    workspace.setMode(0o755, of: "trap")
    let settings = """
      [core]
        fsmonitor = ./trap
        pager = ./trap
        sshCommand = ./trap
        editor = ./trap
      [diff]
        external = ./trap
      [diff "x"]
        textconv = ./trap
        command = ./trap
      [filter "x"]
        clean = ./trap
        smudge = ./trap
        process = ./trap
        required = true
      [credential]
        helper = !./trap
      [alias]
        rev-parse = !./trap
        diff = !./trap
      """
    try git(
      workspace, "git init -q; git add aa; git commit -qm one; git add -A; git commit -qm two; echo y >> aa/planted.py")
    try workspace.put("* filter=x diff=x\n", at: ".gitattributes")
    let old = String(decoding: try workspace.bytes(of: ".git/config"), as: UTF8.self)
    try workspace.put(.file(old + settings), at: ".git/config")
  }

  static let cases = [
    HostileCase(
      "'.git' as a file that leads nowhere, or out",
      ["sub/.git": "gitdir: ../../outside\n", "sub/a.py": Planted.source, ".git": "gitdir: /nowhere\n"],
      .command("audit", "--json", answering: [1, 4], saying: Planted.paths[0], Planted.paths[1], "sub/a.py"), .scan()),
    HostileCase(
      "folders that are called a repository and are none",
      [
        "a/.git": "", "a/a.py": Planted.source, "b/.git": .folder, "b/b.py": Planted.source,
        "c/.git": .link(to: "nowhere"),
        "c/c.py": Planted.source, "d/.git": .fifo, "d/d.py": Planted.source, "e/.git/HEAD": "x\n",
        "e/e.py": Planted.source,
      ],
      .command("scan", "--json", answering: [1], saying: "a/a.py", "b/b.py", "c/c.py", "d/d.py", "e/e.py"), .scan()),
    HostileCase(
      "a bare repository as a root",
      .command("audit", "--json", "../bare", answering: [0, 4]).reporting(to: "bare/reports")
    ) {
      try git($0, "git init -q --bare ../bare")
    },
    HostileCase("a bare repository in a tree", .audit()) { try git($0, "git init -q --bare sub/bare.git") },
    HostileCase(
      "a work tree of another repository", .audit("--no-cache"), .scan("--diff", "HEAD").expecting(.answers([0], []))
    ) {
      try git(
        $0,
        """
        mkdir ../main; cd ../main; git init -q; cp -r ../tree/aa ../tree/zz .; git add -A; git commit -qm one
        rm -r ../tree; git worktree add -q ../tree
        """)
    },
    HostileCase("a submodule", .audit("--no-cache")) {
      try git(
        $0,
        """
        mkdir ../lib; (cd ../lib; git init -q; echo x > a.py; git add -A; git commit -qm one); git init -q
        git -c protocol.file.allow=always submodule --quiet add ../lib lib; git add -A; git commit -qm two
        """)
    },
    HostileCase("a shallow clone", .audit("--no-cache")) {
      try git(
        $0,
        """
        mkdir ../main; cd ../main; git init -q; git commit -q --allow-empty -m one; cp -r ../tree/aa ../tree/zz .; git add -A
        git commit -qm two; rm -r ../tree; git clone -q --depth 1 "file://$PWD" ../tree
        """)
    },
    HostileCase("a repository of somebody else", .audit(telling: ["dubious ownership"])) {
      try git($0, "git init -q; git add -A; git commit -qm one; chown -R 12345 .")
    },
    HostileCase(
      "a repository that would have commands run", .audit("--no-cache"),
      .command("scan", "--diff", "HEAD~1", answering: [0, 1, 4]),
      .command("audit", "--diff", "HEAD", answering: [0, 1, 4]), .command("scan", "--staged", answering: [0, 1, 4]),
      .command("dod", "--all", answering: [4]), make: trap),
    HostileCase(
      "a repository that says its work tree is elsewhere",
      .command("dod", "--all", "--json", answering: [4]), .audit(telling: ["core.worktree"]),
      .command("scan", "--diff", "HEAD", answering: [0, 1, 4])
    ) {
      try git(
        $0,
        "git init -q; git add -A; git commit -qm one; mkdir -p ../outside/docs/dod; git config core.worktree ../../outside"
      )
      try $0.put("- **Phase / Task ID**: OPS\n- **Gate**: G1\n", at: "../outside/docs/dod/DOD__OPS.md")
    },
    HostileCase("a repository whose files are FIFOs", .audit(telling: [".git"])) {
      try git($0, "git init -q; git add -A; git commit -qm one; rm .git/HEAD; mkfifo .git/HEAD")
    },
    HostileCase("a repository whose configuration is a FIFO", .audit(telling: [".git"])) {
      try git($0, "git init -q; git add -A; git commit -qm one; rm .git/config; mkfifo .git/config")
    },
    HostileCase(
      "a repository whose objects are garbage", .audit().expecting(.findsAtLeast),
      .command("scan", "--diff", "HEAD", answering: [4])
    ) {
      try git(
        $0,
        """
        git init -q; git add -A; git commit -qm one
        find .git/objects -type f | while read f; do chmod 644 "$f"; echo garbage > "$f"; done
        """)
    },
    HostileCase(
      "revisions that are options", .command("scan", "--diff", "--output=../sprung", answering: [4, 64]),
      .command("scan", "--diff=--output=../sprung", answering: [4, 64]),
      .command("scan", "--diff", "-O../sprung", answering: [4, 64]),
      .command("scan", "--diff", "HEAD:aa", answering: [4]), .command("scan", "--diff", "a b\nc", answering: [4]),
      .command("scan", "--diff", "", answering: [4, 64])
    ) {
      try git($0, "git init -q; git add -A; git commit -qm one")
    },
  ]

  @Test(arguments: cases) func `keeps every promise`(_ example: HostileCase) throws { try example.check() }
}
