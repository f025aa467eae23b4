import Rules

extension Command {
  /// Completion scripts.
  static let completions = Command(
    ["completions"], summary: "Print the completion script of a shell",
    description: "Prints a script that completes commands and options. It is made from the same list as this help.",
    operands: .one("SHELL"),
    examples: [
      Example("source <(auditor completions bash)", "this session of bash"),
      Example("auditor completions zsh > \"${fpath[1]}/_auditor\"", "every session of zsh"),
      Example("auditor completions fish > ~/.config/fish/completions/auditor.fish", "every session of fish"),
    ]
  ) { arguments, console in
    guard let shell = Completions.Shell(rawValue: arguments.operands[0]) else {
      throw UsageError.unknownName(
        arguments.operands[0], of: "shell",
        hint: "; there are \(Completions.Shell.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    console.write(Array(Completions(commands: CommandTable.all).script(for: shell).utf8))
    return .clean
  }

  /// The manual pages, for packagers and for reading.
  static let manual = Command(
    ["man"], summary: "Print the manual page, or that of one command, in roff",
    description: "Prints auditor(1), or the page of COMMAND. It is made from the same list as this help.",
    operands: .any("COMMAND"),
    examples: [
      Example("auditor man > auditor.1 && man -l ./auditor.1", "read it"),
      Example("auditor man sweep plan > auditor-sweep-plan.1", "the page of one command"),
    ]
  ) { arguments, console in
    let pages = ManualPage(commands: CommandTable.all)
    let name = arguments.operands.joined(separator: " ")
    if name.isEmpty {
      console.write(Array(pages.roff.utf8))
      return .clean
    }
    guard let command = CommandTable.all.first(where: { !$0.isHidden && $0.name == name }) else {
      throw UsageError.unknownName(name, of: "command", hint: "; 'auditor --help' lists them")
    }
    console.write(Array(pages.roff(of: command).utf8))
    return .clean
  }
}
