import Formats
import Rules

/// What somebody reads first who finds a capsule and knows nothing.
struct CapsuleReadMe {
  private let run: AuditRun
  private let copied: [Capsule.Copied]
  private let absent: [InputRecord]
  private let places: CapsulePlaces

  init(_ run: AuditRun, copied: [Capsule.Copied], absent: [InputRecord], _ places: CapsulePlaces) {
    self.run = run
    self.copied = copied
    self.absent = absent
    self.places = places
  }

  var bytes: [UInt8] {
    let name = run.root?.split(separator: "/").last.map { printable(String($0)) } ?? "a tree"
    var text = """
      An audit of \(name)\(run.gitHead.map { ", commit \($0)" } ?? ""), \(run.time.rfc3339)
      Outcome: \(run.exitStatus.name) (exit status \(run.exitStatus.rawValue)), by \(run.tool.name) \(run.tool.version)

      Open report.html: what is proven, what is not, and why. Then check it:

          sh verify.sh          needs sha256sum, xmllint and sqlite3, and nothing else
          sh verify.sh ROOT     the same, with the files that are not here checked in a checkout of the commit

      report.html       the page
      dod_report.json   everything that was judged, for programs
      junit.xml         the same for CI systems
      rules/            the rule packs of the program, as they were used
      evidence/         \(counted(copied.count, "file")) that verdicts rest on, as they were judged, by their paths in the tree
      capsule.json      which input is where
      SHA256SUMS        digests of all of these

      What verify.sh can tell: that nothing here was changed since SHA256SUMS was made; that the reports agree with each other
      and with the files; that each PROVEN phase has its chain in the feed, its evidence and its digests. Who made SHA256SUMS it cannot
      tell: ask for the digest of that file by another way. Files that gates seal are not here; their digests are.

      """
    if !absent.isEmpty { text += "\nNot here:\n" + listing }
    return SecretMask.masked(Array(text.utf8))
  }

  private var listing: String {
    CapsulePlaces.Absence.allCases.map { reason in
      let files = absent.filter {
        if case .absent(let found) = places.place(of: $0) { found == reason } else { false }
      }
      if files.isEmpty { return "" }
      let shown = files.prefix(Self.mostNames).map { "    \(printable($0.path))\n" }.joined()
      let rest =
        files.count > Self.mostNames ? "    and \(grouped(files.count - Self.mostNames)) more: see capsule.json\n" : ""
      return "  \(counted(files.count, "input")): \(reason.rawValue)\n\(shown)\(rest)"
    }.joined()
  }

  private static let mostNames = 50
}

extension Capsule {
  /// What was written, for the person who asked for it; with the digest to pass on by another way.
  package func told(of folder: String) -> String {
    let rest = absent.isEmpty ? "" : "; \(counted(absent.count, "input")) not in it, named in README.txt"
    return """
      \(printable(folder)): \(counted(made.count + copied.count, "file"))\(rest)
      SHA256SUMS is sha256:\(digest)

      """
  }
}
