/// Words the help of the tool and of each command, from their declarations alone.
struct Help {
  let commands: [Command]

  /// What `auditor --help` prints.
  func overview() -> String {
    let listed = commands.filter { !$0.isHidden }
    let width = listed.map(\.name.count).max() ?? 0
    var text = """
      auditor says which claims about a repository are proven by evidence on disk, and which are only claimed.

      Usage: auditor COMMAND [options]

      Commands:

      """
    for command in listed {
      text += "  \(padded(command.name, width))  \(command.summary)\n"
    }
    text += """

      'auditor COMMAND --help' shows options and examples. 'auditor --version' prints the version.

      Exit status: 0 clean or PROVEN · 1 findings, FAIL, invalid · 2 PARTIAL, MISSING · 3 DESIGNED
                   4 no verdict: an input could not be read · 64 wrong command line

      """
    return text
  }

  /// What `auditor COMMAND --help` prints.
  func page(of command: Command) -> String {
    let operands = command.operands.usage
    var text = "auditor \(command.name): \(command.summary)\n\n"
    text += "Usage: auditor \(command.name) [options]\(operands.isEmpty ? "" : " \(operands)")\n\n"
    text += wrapped(command.description, width: 100) + "\n\nOptions:\n"
    let width = command.allFlags.map(\.usage.count).filter { $0 <= 40 }.max() ?? 0
    for flag in command.allFlags {
      if flag.usage.count > width {
        text += "  \(flag.usage)\n  \(padded("", width))  \(flag.help)\n"
      } else {
        text += "  \(padded(flag.usage, width))  \(flag.help)\n"
      }
    }
    if !command.examples.isEmpty { text += "\nExamples:\n" }
    for example in command.examples {
      text += "  \(example.line)\n      \(example.purpose)\n"
    }
    return text
  }

  private func padded(_ word: String, _ width: Int) -> String {
    word + String(repeating: " ", count: max(0, width - word.count))
  }

  private func wrapped(_ paragraph: String, width: Int) -> String {
    var lines: [String] = []
    for part in paragraph.split(separator: "\n", omittingEmptySubsequences: false) {
      var line = ""
      for word in part.split(separator: " ") {
        if !line.isEmpty, line.count + 1 + word.count > width {
          lines.append(line)
          line = ""
        }
        line += line.isEmpty ? String(word) : " \(word)"
      }
      lines.append(line)
    }
    return lines.joined(separator: "\n")
  }
}
