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

  /// The manual page, for packagers.
  static let manual = Command(
    ["man"], summary: "Print the manual page in roff",
    description: "Prints auditor(1). It is made from the same list as this help.",
    examples: [Example("auditor man > auditor.1 && man -l ./auditor.1", "read it")]
  ) { _, console in
    console.write(Array(ManualPage(commands: CommandTable.all).roff.utf8))
    return .clean
  }
}
