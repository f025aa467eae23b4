import Auditor
import Formats
import Glibc
import Rules

/// From the words that were typed to an exit status: finds the command, checks its arguments, runs it.
struct Tool: Sendable {
  let commands: [Command]

  /// Runs one command line (without the program's name).
  ///
  /// One that was asked to stop by a signal ends by that signal, and one whose results could not be written has no verdict.
  func run(_ words: [String], environment: [String: String]) -> ExitStatus {
    let bare = Console(arguments: nil, environment: environment)
    let status = answer(words, environment: environment, console: bare)
    if let name = Interruption.name { bare.complain("auditor: stopped by \(name)") }
    Interruption.leave()
    guard let failure = Console.outputFailure else { return status }
    bare.complain("auditor: standard output: cannot write: \(failure)")
    return .noVerdict
  }

  private func answer(_ words: [String], environment: [String: String], console: Console) -> ExitStatus {
    do {
      return try dispatch(words, environment: environment, console: console)
    } catch let error as UsageError {
      console.complain("auditor: \(error)")
      return .usage
    } catch {
      console.complain("auditor: \(error)")
      return .noVerdict
    }
  }

  private func dispatch(_ words: [String], environment: [String: String], console: Console) throws -> ExitStatus {
    guard let first = words.first, first != "--help", first != "-h", first != "help" || words.count > 1 else {
      console.write(Array(Help(commands: commands, width: console.width).overview().utf8))
      return words.isEmpty ? .usage : .clean
    }
    if first == "--version" || first == "-V" {
      switch words.dropFirst().flatMap({ $0.split(separator: "=", maxSplits: 1) }) {
      case [], ["--format", "text"]: console.print(Version.line)
      case ["--json"], ["--format", "json"]: console.write(Version.json)
      default: throw UsageError.contradiction("'auditor \(first)' takes --json and nothing else")
      }
      return .clean
    }
    if let family = familyHelp(words, console.width) {
      console.write(Array(family.utf8))
      return .clean
    }
    if first == "help" {
      return try dispatch(Array(words.dropFirst()) + ["--help"], environment: environment, console: console)
    }
    let command = try find(words)
    let arguments = try Arguments.parse(Array(words.dropFirst(command.path.count)), for: command)
    let console = Console(arguments: arguments, environment: environment)
    if arguments.has(.help) {
      console.write(Array(Help(commands: commands, width: console.width).page(of: command).utf8))
      return .clean
    }
    return try command.run(arguments, console)
  }

  /// `auditor gates --help`: the pages of the commands that begin with the word.
  private func familyHelp(_ words: [String], _ width: Int) -> String? {
    guard words.count == 2, words[1] == "--help" || words[1] == "-h" else { return nil }
    let family = commands.filter { $0.path.count == 2 && $0.path[0] == words[0] && !$0.isHidden }
    if family.isEmpty || commands.contains(where: { $0.path == [words[0]] }) { return nil }
    return family.map { Help(commands: commands, width: width).page(of: $0) }.joined(separator: "\n")
  }

  private func find(_ words: [String]) throws(UsageError) -> Command {
    for length in [2, 1] where words.count >= length {
      let path = Array(words.prefix(length))
      if let command = commands.first(where: { $0.path == path }) { return command }
    }
    let family = commands.filter { $0.path[0] == words[0] && !$0.isHidden }
    if !family.isEmpty {
      let choices = family.compactMap { $0.path.dropFirst().first }
      let typed = words.dropFirst().first { !$0.hasPrefix("-") }
      throw .missingSubcommand(words[0], choices: choices, suggestion: typed.flatMap { nearest(to: $0, in: choices) })
    }
    if words[0].hasPrefix("-") { throw .unknownFlag(words[0], suggestion: nil, command: "") }
    throw .unknownCommand(
      words[0], suggestion: nearest(to: words[0], in: commands.filter { !$0.isHidden }.map { $0.path[0] }))
  }
}

/// The environment of this process, read once at the edge.
func processEnvironment() -> [String: String] {
  var variables: [String: String] = [:]
  var cursor = unsafe environ
  while let entry = unsafe cursor.pointee {
    let text = unsafe String(cString: entry)
    if let split = text.firstIndex(of: "=") {
      variables[String(text[..<split])] = String(text[text.index(after: split)...])
    }
    unsafe cursor += 1
  }
  return variables
}
