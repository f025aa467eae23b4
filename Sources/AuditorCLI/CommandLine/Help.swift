import Reports

/// Words the help of the tool and of each command, from their declarations alone.
struct Help {
  let commands: [Command]
  /// Columns of the terminal; lines are never longer than people like to read.
  let width: Int

  private static let longestLine = 100
  /// Columns that an option's help needs beside the option.
  private static let leastHelp = 36

  init(commands: [Command], width: Int) {
    self.commands = commands
    self.width = min(Self.longestLine, max(30, width))
  }

  /// What `auditor --help` prints.
  func overview() -> String {
    let listed = commands.filter { !$0.isHidden }
    let names = listed.map(\.name.count).max() ?? 0
    let first =
      "auditor says which claims about a repository are proven by evidence on disk, and which are only claimed."
    var text = wrapped(first, width: width) + "\n\nUsage: auditor COMMAND [options]\n\nCommands:\n"
    for command in listed {
      let isBeside = width - names - 4 >= Self.leastHelp
      let name = isBeside ? "  \(padded(command.name, names))  " : "  \(command.name)\n      "
      text += wrapped(name + command.summary, width: width, indent: isBeside ? names + 4 : 6) + "\n"
    }
    text +=
      "\n"
      + wrapped(
        "'auditor COMMAND --help' shows options and examples. 'auditor --version' prints the version (with --json: commit and rule digest too).",
        width: width)
    let statuses =
      "Exit status: 0 clean or PROVEN · 1 findings, FAIL, invalid · 2 PARTIAL, MISSING · 3 DESIGNED · "
      + "4 no verdict: an input could not be read · 64 wrong command line"
    return text + "\n\n" + wrapped(statuses, width: width, indent: 13) + "\n"
  }

  /// What `auditor COMMAND --help` prints.
  func page(of command: Command) -> String {
    let operands = command.operands.usage
    var text = wrapped("auditor \(command.name): \(command.summary)", width: width) + "\n\n"
    text += "Usage: auditor \(command.name) [options]\(operands.isEmpty ? "" : " \(operands)")\n\n"
    text += wrapped(command.description, width: width) + "\n\nOptions:\n"
    let widest = command.allFlags.map(\.usage.count).filter { $0 <= 40 }.max() ?? 0
    let column = width - widest - 4 >= Self.leastHelp ? widest + 4 : 8
    for flag in command.allFlags {
      let usage = "  \(padded(flag.usage, column - 4))  "
      if flag.usage.count > column - 4 {
        text += "  \(flag.usage)\n"
        text += wrapped(padded("", column) + flag.help, width: width, indent: column) + "\n"
      } else {
        text += wrapped(usage + flag.help, width: width, indent: column) + "\n"
      }
    }
    if !command.examples.isEmpty { text += "\nExamples:\n" }
    for example in command.examples {
      text += "  \(example.line)\n" + wrapped("      \(example.purpose)", width: width, indent: 6) + "\n"
    }
    return text
  }

  private func padded(_ word: String, _ width: Int) -> String {
    word + String(repeating: " ", count: max(0, width - word.count))
  }
}
