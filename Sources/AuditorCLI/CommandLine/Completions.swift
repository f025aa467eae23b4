/// Completion scripts for shells, from the declarations of the commands alone.
struct Completions {
  /// A shell that can complete.
  enum Shell: String, CaseIterable {
    case bash
    case zsh
    case fish
  }

  let commands: [Command]

  /// The script to source (bash, zsh) or to save (fish).
  func script(for shell: Shell) -> String {
    switch shell {
    case .bash: bash
    case .zsh: "#compdef auditor\nautoload -U +X bashcompinit && bashcompinit\n" + bash
    case .fish: fish
    }
  }

  private var listed: [Command] { commands.filter { !$0.isHidden } }

  private var bash: String {
    var cases = ""
    for command in listed {
      cases += "    \"\(command.name)\") words=\"\(flagWords(command))\" ;;\n"
    }
    for (family, names) in families { cases += "    \"\(family)\") words=\"\(names.joined(separator: " "))\" ;;\n" }
    return """
      _auditor() {
        local current="${COMP_WORDS[COMP_CWORD]}" path="" word words=""
        for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
          case "$word" in -*) break ;; esac
          case " \(listed.map(\.name).joined(separator: "|")) " in
            *"${path:+$path }$word"*) path="${path:+$path }$word" ;;
          esac
        done
        case "$path" in
          "") words="\(firstWords.joined(separator: " "))" ;;
      \(cases)  esac
        COMPREPLY=($(compgen -W "$words" -- "$current"))
        [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$current"))
      }
      complete -F _auditor auditor

      """
  }

  private var fish: String {
    var lines = ["complete -c auditor -n __fish_use_subcommand -f -a '\(firstWords.joined(separator: " "))'"]
    for (family, names) in families {
      lines.append(
        "complete -c auditor -n '__fish_seen_subcommand_from \(family)' -f -a '\(names.joined(separator: " "))'")
    }
    for command in listed {
      let condition = command.path.map { "__fish_seen_subcommand_from \($0)" }.joined(separator: "; and ")
      for flag in command.allFlags {
        var line = "complete -c auditor -n '\(condition)' -l \(flag.name)"
        if let short = flag.short { line += " -s \(short)" }
        if case .choice(let words) = flag.shape { line += " -x -a '\(words.joined(separator: " "))'" }
        if case .value = flag.shape { line += " -r" }
        if case .list = flag.shape { line += " -r" }
        lines.append(line + " -d '\(flag.help.filter { $0 != "'" })'")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What may stand right behind `auditor`.
  private var firstWords: [String] {
    var seen: Set<String> = []
    return listed.map { $0.path[0] }.filter { seen.insert($0).inserted }
  }

  /// Commands of two words, by their first.
  private var families: [(family: String, names: [String])] {
    firstWords.compactMap { first in
      let names = listed.filter { $0.path.count == 2 && $0.path[0] == first }.map { $0.path[1] }
      return names.isEmpty ? nil : (first, names)
    }
  }

  private func flagWords(_ command: Command) -> String {
    command.allFlags.map { "--\($0.name)" }.joined(separator: " ")
  }
}
