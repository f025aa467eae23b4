@testable import Auditor
import Formats
import Testing

/// A page of the documents whose console blocks are run: each command with what it prints.
struct ConsolePage {
  /// A command, and the lines that the page shows below it.
  struct Step {
    let command: String
    let shown: [String]
  }

  let steps: [Step]

  /// The commands of a page, or the first of them.
  init(_ path: String, first count: Int = .max) throws {
    let page = String(decoding: try FileReader.read("\(packageRoot)/\(path)"), as: UTF8.self)
    var steps: [Step] = []
    for block in page.split(separator: "```console\n").dropFirst() {
      let text = block.prefix(upTo: block.firstRange(of: "\n```")?.lowerBound ?? block.endIndex)
      for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
        if line.hasPrefix("$ ") {
          steps.append(Step(command: String(line.dropFirst(2)), shown: []))
        } else if let last = steps.popLast() {
          steps.append(Step(command: last.command, shown: last.shown + [line]))
        }
      }
    }
    self.steps = Array(steps.prefix(count))
  }

  /// Runs every command in its order, each in the folder in which the one before ended, and compares what it prints.
  func run(in workspace: Workspace) throws {
    let folder = workspace.enclosure
    let setup = try workspace.start(
      ["sh", "-c", "mkdir ../bin && ln -s \"$0\" ../bin/auditor && pwd > ../here", BuiltBinary.path])
    try #require(setup.status == 0, "\(setup)")
    let people = ["AUTHOR", "COMMITTER"].flatMap {
      [("GIT_\($0)_NAME", "You"), ("GIT_\($0)_EMAIL", "you@example.org")]
    }
    for step in steps {
      let script =
        "cd \"$(cat '\(folder)/here')\" || exit 99\n\(step.command)\nstatus=$?; pwd > '\(folder)/here'; exit $status"
      let outcome = try workspace.start(
        ["bash", "-c", script],
        environment: Dictionary(uniqueKeysWithValues: people).merging([
          "PATH": "\(folder)/bin:/usr/local/bin:/usr/bin:/bin"
        ]) {
          $1
        })
      var printed = outcome.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      if printed.last == "" { printed.removeLast() }
      #expect(
        Self.fits(step.shown, printed), "$ \(step.command)\nshown:\n\(step.shown.joined(separator: "\n"))\n\(outcome)")
    }
  }

  /// Whether lines are those that are shown: `[…]` stands for any number of them, an ellipsis for the rest of one.
  static func fits(_ shown: [String], _ printed: [String]) -> Bool {
    var rest = printed[...]
    var isOpen = false
    for line in shown {
      if line == "[…]" {
        isOpen = true
        continue
      }
      let place =
        isOpen ? rest.firstIndex { fits(line, $0) } : rest.first.map { fits(line, $0) } == true ? rest.startIndex : nil
      guard let place else { return false }
      rest = rest[(place + 1)...]
      isOpen = false
    }
    return isOpen || rest.isEmpty
  }

  private static func fits(_ shown: String, _ printed: String) -> Bool {
    shown == printed || shown.hasSuffix("…") && printed.hasPrefix(shown.dropLast())
  }
}
