import EndToEnd
import Testing

/// Trees that somebody changes while they are looked at.
@Suite struct ChangingTests {
  /// Folders with files enough that a scan meets changes on its way.
  private static func folders(_ workspace: Workspace) throws {
    for folder in ["busy", "calm"] {
      try Made.files(200, in: folder, of: workspace, content: "x = 1\n")
    }
    try workspace.put(.file("ROOT = \"/Users/\(Promises.secret)/work\"\n"), at: "../outside/f1.py")
  }

  static let cases = [
    HostileCase(
      "files that grow and shrink",
      HostileRun.scan("--no-cache").whileRunning(
        "while :; do head -c 3000000 /dev/zero >> busy/f7.py; : > busy/f7.py; echo y >> busy/f9.py; : > busy/f9.py; done"
      ),
      make: folders
    ).restless("tree/busy"),
    HostileCase(
      "files that come and go",
      HostileRun.scan("--no-cache").whileRunning(
        "while :; do for i in 3 4 5 6 7 8; do rm busy/f$i.py; echo x > busy/n$i.py; mv busy/n$i.py busy/f$i.py; done; done"
      ),
      make: folders
    ).restless("tree/busy"),
    HostileCase(
      "files that are swapped for links, FIFOs and folders",
      HostileRun.audit("--no-cache").whileRunning(
        """
        while :; do rm -rf busy/f7.py; ln -s ../../outside/f1.py busy/f7.py; rm -rf busy/f7.py; mkfifo busy/f7.py; \
        rm -rf busy/f7.py; mkdir busy/f7.py; rm -rf busy/f7.py; echo x > busy/f7.py; done
        """),
      make: folders
    ).restless("tree/busy"),
    HostileCase(
      "a folder that is swapped for a link out of the tree",
      HostileRun.scan("--no-cache").whileRunning(
        "while :; do mv busy away; ln -s ../outside busy; rm busy; mv away busy; done"),
      HostileRun.audit().whileRunning(
        "while :; do mv busy away; ln -s ../outside busy; rm busy; mv away busy; done"),
      make: folders
    ).restless("tree/busy", "tree/away"),
    HostileCase(
      "a folder of reports that comes and goes",
      HostileRun.command(
        "audit", "--json", "--no-cache", answering: [1, 4], saying: Planted.paths[0], Planted.paths[1]
      )
      .whileBesides("while :; do rm -rf reports; ln -s ../outside reports; rm reports; mkdir reports; done"),
      make: folders
    ).restless("tree/reports"),
    HostileCase(
      "a configuration that changes",
      HostileRun.command("audit", "--json", "--no-cache", answering: [1, 4], saying: "schema_version").whileBesides(
        "while :; do echo 'scan: [' > auditor.yaml; echo 'fail_on: note' > auditor.yaml; rm auditor.yaml; done"),
      make: folders
    ).restless("tree/auditor.yaml"),
    HostileCase(
      "a cache that is changed between runs",
      .scan(),
      HostileRun.scan().after("for f in ../home/.cache/auditor/*; do head -c 5000 /dev/urandom > \"$f\"; done"),
      HostileRun.scan().after("for f in ../home/.cache/auditor/*; do truncate -s 700 \"$f\"; done"),
      HostileRun.scan().after("rm -r ../home/.cache/auditor; ln -s ../../outside ../home/.cache/auditor"),
      make: folders
    ).restless("home/.cache", "outside"),
  ]

  @Test(arguments: cases) func `keeps every promise`(_ example: HostileCase) throws { try example.check() }
}
