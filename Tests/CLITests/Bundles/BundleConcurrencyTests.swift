import Formats
import Glibc
import Testing

/// Real processes on one bundle root: what readers see is always whole.
@Suite struct BundleConcurrencyTests {
  /// `AUDITOR_BUNDLE_SECONDS`: how long two writers and ten readers work (`make bundle-stress`: a minute).
  private static var seconds: Int { getenv("AUDITOR_BUNDLE_SECONDS").flatMap { Int(String(cString: $0)) } ?? 4 }

  /// Writers: an artifact changes, the index is repaired, a packet is emitted, LATEST goes to the other run and back.
  private static let script = """
    auditor=$1 end=$(( $(date +%s) + $2 ))
    going() { [ "$(date +%s)" -lt "$end" ]; }
    writer() {
      turn=0
      while going; do
        turn=$((turn + 1))
        printf '# %s %s\\n' "$1" "$turn" > "out/$1/summary.md.new" && mv "out/$1/summary.md.new" "out/$1/summary.md"
        "$auditor" bundle reindex "out/$1" --repair --wait 60 > /dev/null || echo "bad: repair of $1 answered $?"
        "$auditor" bundle promote "out/$1" --out packet.json > /dev/null || echo "bad: promotion of $1 answered $?"
        printf '%s\\n' "$1" > "out/LATEST.$1" && mv "out/LATEST.$1" out/LATEST
      done
      echo "written $turn"
    }
    reader() {
      reads=0
      while going; do
        reads=$((reads + 1))
        answer="$("$auditor" bundle validate out --json)"
        [ $? -le 1 ] || echo "bad: validate could not read"
        case "$answer" in
          *index_unreadable*|*index_invalid*|*index_missing*|*index_schema*|*latest_*|*path_escape*|*not_found*|*artifact_missing*)
            echo "bad: $answer" ;;
        esac
        "$auditor" parse --format json packet.json > /dev/null || echo "bad: half a packet"
        case "$(cat out/LATEST)" in r1|r2) ;; *) echo "bad: half a LATEST" ;; esac
      done
      echo "read $reads"
    }
    writer r1 & writer r2 &
    for number in 1 2 3 4 5 6 7 8 9 10; do reader & done
    wait
    """

  @Test func `two writers and ten readers`() throws {
    let workspace = try Workspace(
      Sample.bundle("r1") + Sample.bundle("r2") + ["out/LATEST": "r1\n", "../stress.sh": .file(Self.script)])
    #expect(try workspace.run("bundle", "promote", "out", "--out", "packet.json").status == 0)
    let outcome = try workspace.start(["sh", "../stress.sh", BuiltBinary.path, "\(Self.seconds)"])
    let lines = outcome.output.split(separator: "\n")
    #expect(outcome.status == 0 && outcome.complaints.isEmpty, "\(outcome)")
    #expect(lines.filter { $0.hasPrefix("bad") } == [])
    #expect(lines.count { $0.hasPrefix("read ") && $0 != "read 0" } == 10, "\(outcome)")
    #expect(lines.count { $0.hasPrefix("written ") && $0 != "written 0" } == 2, "\(outcome)")
    // The last writer of each run repaired it, and nobody left anything behind.
    for run in ["r1", "r2"] { #expect(try workspace.run("bundle", "validate", "out/\(run)").status == 0) }
    #expect(workspace.names(in: "out") == ["LATEST", "r1", "r2"])
    #expect(!workspace.names(in: "out/r1").contains { $0.hasSuffix(".tmp") })
  }

  @Test func `a kill at any moment of a repair leaves the old index or the new`() throws {
    let workspace = try Workspace(Sample.bundle("r1"))
    let index = "out/r1/artifact_index.json"
    try workspace.put("# changed\n", at: "out/r1/summary.md")
    let old = try workspace.bytes(of: index)
    let arguments = ["bundle", "reindex", "out/r1", "--repair"]
    let clock = ContinuousClock()
    let usual = try clock.measure { _ = try workspace.run(arguments) }
    let new = try workspace.bytes(of: index)
    let microseconds = usual.components.seconds * 1_000_000 + usual.components.attoseconds / 1_000_000_000_000
    let steps = 60
    var killed = 0
    for step in 1...steps {
      try workspace.put(.bytes(old), at: index)
      let delay = microseconds * Int64(step) / Int64(steps)
      let seconds = "\(delay / 1_000_000).\(String(String(1_000_000 + delay % 1_000_000).dropFirst()))"
      let outcome = try workspace.run(arguments, through: ["timeout", "--signal=KILL", seconds])
      if outcome.status == 128 + SIGKILL { killed += 1 }
      let found = try workspace.bytes(of: index)
      let isWhole = found == old || found == new
      #expect(isWhole, "\(found.count) bytes after \(seconds) s")
      #expect(try workspace.json(of: "out/r1/repair_log.json")["after"]?["index_status"]?.text == "ok")
    }
    #expect(killed > 0)
    // A lock or a temporary file of a killed writer blocks nobody, and is gone with the next repair.
    #expect(try workspace.run(arguments).status == 0)
    #expect(try workspace.run("bundle", "validate", "out/r1").status == 0)
    #expect(workspace.names(in: "out") == ["r1"])
    #expect(!workspace.names(in: "out/r1").contains { $0.hasSuffix(".tmp") })
  }
}
