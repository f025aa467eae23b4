/// Manual pages in roff, from the declarations of the commands alone.
struct ManualPage {
  private let commands: [Command]

  /// Pages on the commands that are listed.
  init(commands: [Command]) {
    self.commands = commands.filter { !$0.isHidden }
  }

  /// `auditor(1)`: every command; `man -l FILE` shows it.
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
    for command in commands {
      page += ".SS \(escaped("auditor \(command.name) \(command.operands.usage)"))\n"
      page += escaped(command.summary) + ".\n.PP\n" + body(of: command)
    }
    return page + statuses
  }

  /// `auditor-COMMAND(1)`: one command by itself.
  func roff(of command: Command) -> String {
    let name = (["auditor"] + command.path).joined(separator: "-")
    return """
      .TH \(name.uppercased()) 1 "" "auditor \(Version.number)" "User Commands"
      .SH NAME
      \(escaped(name)) \\- \(escaped(command.summary))
      .SH SYNOPSIS
      .B \(escaped("auditor \(command.name)"))
      [options] \(escaped(command.operands.usage))
      .SH DESCRIPTION
      \(body(of: command))
      """ + statuses + ".SH SEE ALSO\n.BR auditor (1)\n"
  }

  private func body(of command: Command) -> String {
    var text = escaped(command.description) + "\n"
    for flag in command.allFlags {
      text += ".TP\n.B \(escaped(String(flag.usage.drop { $0 == " " })))\n\(escaped(flag.help))\n"
    }
    for example in command.examples {
      text += ".PP\n.nf\n\(escaped(example.line))\n.fi\n\(escaped(example.purpose))\n"
    }
    return text
  }

  private var statuses: String {
    let known = [
      (0, "clean, PROVEN, PASS, COMPLETE, valid, GREEN"),
      (1, "findings at or above --fail-on, FAIL or CONFLICT, invalid, RED"),
      (2, "PARTIAL, MISSING, WAITING, YELLOW, drift"), (3, "DESIGNED"),
      (4, "an input could not be read or is corrupt, or auditor itself failed: no verdict"), (64, "wrong command line"),
    ]
    let lines = known.map { ".TP\n.B \($0.0)\n\(escaped($0.1))\n" }
    return ".SH EXIT STATUS\n" + lines.joined()
  }

  /// A backslash, a hyphen, and a line that begins with a control character mean something else to roff, and it reads
  /// nothing but ASCII.
  private func escaped(_ text: String) -> String {
    var result = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if !result.isEmpty { result += "\n" }
      if let first = line.first, first == "." || first == "'" { result += "\\&" }
      for scalar in line.unicodeScalars {
        switch scalar {
        case "\\": result += "\\e"
        case "-": result += "\\-"
        case _ where scalar.isASCII: result.unicodeScalars.append(scalar)
        default:
          let digits = String(scalar.value, radix: 16, uppercase: true)
          result += "\\[u\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)]"
        }
      }
    }
    return result
  }
}
