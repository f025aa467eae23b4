import EndToEnd
import Formats
import Testing

/// One hostile situation as data: what is made, and what is run on it. What every run promises is in `Promises`; a case
/// says only what is special about it.
struct HostileCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// Put into the tree beside the planted violations; a path that begins with `../` lies beside the tree.
  var entries: [String: Entry] = [:]
  /// Makes what is no plain entry.
  var make: @Sendable (Workspace) throws -> Void = { _ in }
  /// Whether everything is made for, and run by, a user to whom permissions mean something.
  var isUnprivileged = false
  /// What others write to while a command runs: prefixes of paths from the enclosure of the tree.
  var restless: [String] = []
  let runs: [HostileRun]

  /// A case whose tree is plain entries.
  init(_ name: String, _ entries: [String: Entry] = [:], _ runs: HostileRun...) {
    testDescription = name
    self.entries = entries
    self.runs = runs
  }

  /// A case whose tree takes some work.
  init(_ name: String, _ runs: HostileRun..., make: @escaping @Sendable (Workspace) throws -> Void) {
    testDescription = name
    self.runs = runs
    self.make = make
  }

  /// The same, with others writing below these paths meanwhile.
  func restless(_ paths: String...) -> HostileCase {
    var copy = self
    copy.restless += paths
    return copy
  }

  /// The same as another user than root.
  var unprivileged: HostileCase {
    var copy = self
    copy.isUnprivileged = true
    return copy
  }

  /// Makes the situation, runs the commands, and records every promise that was broken.
  func check() throws {
    if isUnprivileged, !Unprivileged.isPossible { return }
    let workspace = try Workspace()
    for folder in ["../home", "../tmp"] { try workspace.put(.folder, at: folder) }
    for path in Planted.paths { try workspace.put(Planted.source, at: path) }
    for (path, entry) in entries { try workspace.put(entry, at: path) }
    try make(workspace)
    if isUnprivileged { try workspace.giveAway() }
    for run in runs {
      let broken = try Promises(self, run, workspace).broken()
      Tally.add(testDescription, broken)
      for promise in broken { Issue.record("\(testDescription): \(run.shown): \(promise)") }
    }
  }
}

/// Violations that stand in every tree, before and behind whatever is hostile in it: none of them may be lost.
enum Planted {
  static let source: Entry = "ROOT = \"/Users/planted/work\"\n"
  static let rule = "hard-path.home"
  static let paths = ["aa/planted.py", "zz/planted.py"]
}
