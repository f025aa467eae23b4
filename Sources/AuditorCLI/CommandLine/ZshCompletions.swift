/// The completion script of zsh: a function a command, with what each option is good for.
struct ZshCompletions {
  let commands: [Command]
  let firstWords: [String]
  let families: [(family: String, members: [Command])]

  /// The script, to be saved as `_auditor` in a folder of `$fpath`, or sourced after `compinit`.
  var script: String {
    var text = "#compdef auditor\n\n"
    for command in commands { text += function(of: command) }
    for (family, members) in families { text += chooser(family, members) }
    text += "_auditor() {\n  local -a words_of_auditor\n  if (( CURRENT == 2 )); then\n    words_of_auditor=(\n"
    for first in firstWords {
      let summary = commands.first { $0.path == [first] }?.summary
      let about = summary ?? families.first { $0.family == first }?.members.map { $0.path[1] }.joined(separator: ", ")
      text += "      \(quoted("\(first):\(colons(about ?? ""))"))\n"
    }
    text += "    )\n    _describe command words_of_auditor\n    return\n  fi\n"
    text += "  shift words\n  (( CURRENT -= 1 ))\n  case \"$words[1]\" in\n"
    for first in firstWords { text += "    \(first)) \(name([first])) ;;\n" }
    return text + """
        esac
      }

      if [[ "${funcstack[1]}" == _auditor ]]; then
        _auditor "$@"
      else
        compdef _auditor auditor
      fi

      """
  }

  /// Completes options and operands; `$words` begins with the command's last word.
  private func function(of command: Command) -> String {
    var text = "\(name(command.path, isItself: true))() {\n  _arguments -s -S"
    for flag in command.allFlags { text += " \\\n    \(argument(flag))" }
    switch command.operands {
    case .none: break
    case .optional(let what): text += " \\\n    \(quoted("::\(colons(what)):_files"))"
    case .one(let what):
      let words = command.operandWords
      let action = words.isEmpty ? "_files" : "(\(words.joined(separator: " ")))"
      text += " \\\n    \(quoted(":\(colons(what)):\(action)"))"
    case .any(let what), .some(let what): text += " \\\n    \(quoted("*:\(colons(what)):_files"))"
    case .program: text += " \\\n    '*::program:_normal'"
    }
    return text + "\n}\n\n"
  }

  /// Chooses among the commands that begin with one word, or the command that is the word alone.
  private func chooser(_ family: String, _ members: [Command]) -> String {
    let hasItself = commands.contains { $0.path == [family] }
    var text =
      "\(name([family]))() {\n  local -a members_of_auditor\n  if (( CURRENT == 2 )); then\n    members_of_auditor=(\n"
    for member in members { text += "      \(quoted("\(member.path[1]):\(colons(member.summary))"))\n" }
    text += "    )\n    _describe command members_of_auditor\n"
    text += hasItself ? "    \(name([family], isItself: true))\n    return\n  fi\n" : "    return\n  fi\n"
    text += "  case \"$words[2]\" in\n"
    for member in members {
      text += "    \(member.path[1])) shift words; (( CURRENT -= 1 )); \(name(member.path, isItself: true)) ;;\n"
    }
    if hasItself { text += "    *) \(name([family], isItself: true)) ;;\n" }
    return text + "  esac\n}\n\n"
  }

  /// `_auditor_sweep` chooses where the word begins several commands; `_auditor_sweep_itself` completes the command.
  private func name(_ path: [String], isItself: Bool = false) -> String {
    let isFamily = path.count == 1 && families.contains { $0.family == path[0] }
    return "_auditor_" + path.joined(separator: "_") + (isItself && isFamily ? "_itself" : "")
  }

  private func argument(_ flag: Flag) -> String {
    let help = "[\(brackets(flag.help))]"
    let value: String
    switch flag.shape {
    case .toggle: value = ""
    case .choice(let words): value = ":\(flag.name):(\(words.joined(separator: " ")))"
    case .value(let what), .list(let what): value = ":\(colons(what)):_files"
    }
    let equals = flag.shape == .toggle ? "" : "="
    let many = if case .list = flag.shape { "*" } else { "" }
    guard let short = flag.short else { return quoted("\(many)--\(flag.name)\(equals)\(help)\(value)") }
    let plus = flag.shape == .toggle ? "" : "+"
    return quoted("(-\(short) --\(flag.name))") + "{\(quoted("-\(short)\(plus)")),\(quoted("--\(flag.name)\(equals)"))}"
      + quoted("\(help)\(value)")
  }

  private func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }

  private func colons(_ text: String) -> String { escaped(text, ":\\") }

  private func brackets(_ text: String) -> String { escaped(text, "[]:\\") }

  private func escaped(_ text: String, _ characters: String) -> String {
    var result = ""
    for character in text {
      if characters.contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }
}
