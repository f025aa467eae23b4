/// Completion scripts for shells, from the declarations of the commands alone.
struct Completions {
  /// A shell that can complete.
  enum Shell: String, CaseIterable {
    case bash
    case zsh
    case fish
  }

  private let commands: [Command]

  /// Completions for the commands that are listed.
  init(commands: [Command]) {
    self.commands = commands.filter { !$0.isHidden }
  }

  /// The script to source (bash), or to save where the shell looks for completions.
  func script(for shell: Shell) -> String {
    switch shell {
    case .bash: bash
    case .zsh: ZshCompletions(commands: commands, firstWords: firstWords, families: families).script
    case .fish: fish
    }
  }

  /// What may stand right behind `auditor`.
  private var firstWords: [String] {
    var seen: Set<String> = []
    return commands.map { $0.path[0] }.filter { seen.insert($0).inserted }
  }

  /// Commands of two words, by their first.
  private var families: [(family: String, members: [Command])] {
    firstWords.compactMap { first in
      let members = commands.filter { $0.path.count == 2 && $0.path[0] == first }
      return members.isEmpty ? nil : (first, members)
    }
  }

  private func second(behind first: String) -> [String] {
    families.first { $0.family == first }?.members.map { $0.path[1] } ?? []
  }

  // MARK: - bash

  private var bash: String {
    let names = Set(commands.map(\.name) + firstWords).sorted().map { "\"\($0)\"" }.joined(separator: "|")
    var words = ""
    var values = ""
    for first in firstWords where !commands.contains(where: { $0.path == [first] }) {
      words += "    \"\(first)\") words=\"\(second(behind: first).joined(separator: " "))\" ;;\n"
    }
    for command in commands {
      let flags = command.allFlags.map { "--\($0.name)" }.joined(separator: " ")
      let more = (command.path.count == 1 ? second(behind: command.path[0]) : []) + command.operandWords
      words += "    \"\(command.name)\") words=\"\(more.joined(separator: " "))\" flags=\"\(flags)\" ;;\n"
      for flag in command.allFlags {
        let patterns = (["--\(flag.name)"] + (flag.short.map { ["-\($0)"] } ?? [])).map { "\"\(command.name):\($0)\"" }
        switch flag.shape {
        case .toggle: break
        case .choice(let choices):
          values += "    \(patterns.joined(separator: "|"))) value=1 words=\"\(choices.joined(separator: " "))\" ;;\n"
        case .value, .list: values += "    \(patterns.joined(separator: "|"))) value=1 words=\"\" ;;\n"
        }
      }
    }
    return """
      _auditor() {
        local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" path="" word words="" flags="" value=""
        # '--name=value' comes as three words.
        if [ "$current" = "=" ]; then current=""
        elif [ "$previous" = "=" ]; then previous="${COMP_WORDS[COMP_CWORD-2]}"
        fi
        for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
          case "${path:+$path }$word" in
            \(names)) path="${path:+$path }$word" ;;
            *) break ;;
          esac
        done
        case "$path" in
          "") words="\(firstWords.joined(separator: " "))" flags="--help --version" ;;
      \(words)  esac
        case "$path:$previous" in
      \(values)  esac
        if [ -z "$value" ]; then case "$current" in -*) words="$flags" ;; esac; fi
        # shellcheck disable=SC2207 # words of commands hold no blanks
        COMPREPLY=($(compgen -W "$words" -- "$current"))
      }
      complete -o default -F _auditor auditor

      """
  }

  // MARK: - fish

  private var fish: String {
    var lines = firstWords.map { first in
      let summary = commands.first { $0.path == [first] }?.summary
      let about = summary ?? second(behind: first).joined(separator: ", ")
      return "complete -c auditor -n __fish_use_subcommand -f -a \(first) -d \(quoted(about))"
    }
    for (family, members) in families {
      let none = "__fish_seen_subcommand_from \(family); and not __fish_seen_subcommand_from \(names(members))"
      for member in members {
        lines.append("complete -c auditor -n '\(none)' -f -a \(member.path[1]) -d \(quoted(member.summary))")
      }
    }
    for command in commands {
      var condition = command.path.map { "__fish_seen_subcommand_from \($0)" }.joined(separator: "; and ")
      if command.path.count == 1, let family = families.first(where: { $0.family == command.path[0] }) {
        condition += "; and not __fish_seen_subcommand_from \(names(family.members))"
      }
      if !command.operandWords.isEmpty {
        lines.append("complete -c auditor -n '\(condition)' -f -a '\(command.operandWords.joined(separator: " "))'")
      }
      for flag in command.allFlags {
        var line = "complete -c auditor -n '\(condition)' -l \(flag.name)"
        if let short = flag.short { line += " -s \(short)" }
        switch flag.shape {
        case .toggle: break
        case .choice(let words): line += " -x -a '\(words.joined(separator: " "))'"
        case .value, .list: line += " -r -F"
        }
        lines.append(line + " -d \(quoted(flag.help))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func names(_ members: [Command]) -> String { members.map { $0.path[1] }.joined(separator: " ") }

  private func quoted(_ text: String) -> String {
    var quoted = "'"
    for character in text {
      if character == "'" || character == "\\" { quoted.append("\\") }
      quoted.append(character)
    }
    return quoted + "'"
  }
}

extension Command {
  /// The words that an operand can be, where there are only some.
  var operandWords: [String] {
    if case .one("SHELL") = operands { return Completions.Shell.allCases.map(\.rawValue) }
    return []
  }
}
