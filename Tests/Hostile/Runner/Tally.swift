import Glibc

/// Counts over all cases, for the line at the end of 'make test': one line of numbers is added to a file for each command
/// that was run, and scripts/hostile-tally.sh adds them up.
enum Tally {
  /// The columns, after the name of the case and the count of commands.
  enum Kind: CaseIterable {
    case crashes, hangs, lostFindings, strayWrites, others
  }

  /// Adds what became of one command to the file that `AUDITOR_HOSTILE_TALLY` names, where it names one.
  static func add(_ name: String, _ broken: [BrokenPromise]) {
    guard let path = getenv("AUDITOR_HOSTILE_TALLY") else { return }
    let counts = Kind.allCases.map { kind in String(broken.count { $0.kind == kind }) }
    let line = Array(([name, "1"] + counts).joined(separator: "\t").utf8) + [0x0A]
    let file = open(String(cString: path), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard file >= 0 else { return }
    defer { close(file) }
    // One write a line: tests run at once.
    _ = write(file, line, line.count)
  }
}
