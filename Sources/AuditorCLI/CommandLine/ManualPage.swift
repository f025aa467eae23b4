/// The manual page `auditor(1)` in roff, from the declarations of the commands alone.
struct ManualPage {
  let commands: [Command]

  /// The whole page; `man -l FILE` shows it.
  var roff: String {
    var page = """
      .TH AUDITOR 1 "" "auditor \(Version.number)" "User Commands"
      .SH NAME
      auditor \\- say which claims about a repository are proven by evidence on disk
      .SH SYNOPSIS
      .B auditor
      .I COMMAND
      [options]
      .SH COMMANDS

      """
    for command in commands where !command.isHidden { page += section(command) }
    page += ".SH EXIT STATUS\n"
    for (status, meaning) in ManualPage.statuses { page += ".TP\n.B \(status)\n\(meaning)\n" }
    return page
  }

  private static let statuses = [
    (0, "clean, PROVEN, PASS, valid"), (1, "findings at or above --fail-on, FAIL or CONFLICT, invalid"),
    (2, "PARTIAL, MISSING"), (3, "DESIGNED"),
    (4, "an input could not be read or is corrupt, or auditor itself failed: no verdict"), (64, "wrong command line"),
  ]

  private func section(_ command: Command) -> String {
    var text = ".SS \(escaped("auditor \(command.name) \(command.operands.usage)"))\n"
    text += escaped(command.summary) + ".\n.PP\n" + escaped(command.description) + "\n"
    for flag in command.allFlags {
      text += ".TP\n.B \(escaped(String(flag.usage.drop { $0 == " " })))\n\(escaped(flag.help))\n"
    }
    for example in command.examples {
      text += ".PP\n.nf\n\(escaped(example.line))\n.fi\n\(escaped(example.purpose))\n"
    }
    return text
  }

  /// A backslash, a hyphen, and a line that begins with a control character mean something else to roff.
  private func escaped(_ text: String) -> String {
    var result = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if !result.isEmpty { result += "\n" }
      if let first = line.first, first == "." || first == "'" { result += "\\&" }
      for character in line {
        switch character {
        case "\\": result += "\\e"
        case "-": result += "\\-"
        default: result.append(character)
        }
      }
    }
    return result
  }
}
