/// One simple command of a shell statement and what joins it to the one before.
struct ShellCommand {
  /// `&&`, `||`, `|`, or empty for the first.
  let joint: String
  /// Its tokens, substitutions among them.
  let tokens: Range<Int>
  /// Its words, without assignments before it and without what stands in substitutions.
  let words: [String]
}

extension Outline {
  /// The commands of a statement, in order.
  func commands(of statement: Range<Int>) -> [ShellCommand] {
    var found: [ShellCommand] = []
    var joint = ""
    var start = statement.lowerBound
    var index = start
    func add(_ end: Int) {
      if start < end { found.append(ShellCommand(joint: joint, tokens: start..<end, words: words(in: start..<end))) }
    }
    while index < statement.upperBound {
      let token = tokens[index]
      if token.kind == .sign, !token.isInterpolated {
        if token.text == "&&" || token.text == "||" || token.text == "|" {
          add(index)
          joint = token.text
          start = index + 1
        } else if token.text == "$(", partners[index] > index {
          index = partners[index]
        }
      }
      index += 1
    }
    add(statement.upperBound)
    return found
  }

  private func words(in range: Range<Int>) -> [String] {
    var words: [String] = []
    var index = range.lowerBound
    var isRedirected = false
    while index < range.upperBound {
      let token = tokens[index]
      if token.isSign("$("), partners[index] > index, !token.isInterpolated {
        index = partners[index]
      } else if token.kind == .sign {
        isRedirected = [">", ">>", "<", "&>"].contains(token.text)
      } else if !token.isInterpolated || token.kind == .string {
        let word = token.kind == .string ? string(at: index) ?? "\"…\"" : token.text
        let isKeyword = ["if", "while", "until", "!", "then", "do", "time", "sudo", "nice", "exec", "env", "command"]
          .contains(word)
        let isAssignment = words.isEmpty && word.contains("=") && !word.hasPrefix("-")
        if !isRedirected, !(words.isEmpty && isKeyword), !isAssignment { words.append(word) }
        isRedirected = false
      }
      index += 1
    }
    return words
  }
}

/// What commands are for, by their names.
enum CommandKind {
  private static let runners: Set<String> = [
    "pytest", "py.test", "tox", "nox", "jest", "vitest", "mocha", "ctest", "bats", "rspec", "phpunit", "unittest",
    "nosetests", "pytest-3", "ava", "karma", "cypress", "playwright", "gotestsum", "nextest", "busted", "prove",
  ]
  /// Tools whose first argument says what they do.
  private static let drivers: Set<String> = [
    "go", "cargo", "swift", "npm", "yarn", "pnpm", "mvn", "mvnw", "gradle", "gradlew", "dotnet", "deno", "bun", "make",
    "gmake", "rake", "just", "bazel", "xcodebuild", "flutter", "zig", "mix", "composer", "hatch", "task", "invoke",
    "ninja",
    "stack", "cabal", "sbt", "lein", "dart",
  ]
  private static let interpreters: Set<String> = [
    "python", "python3", "bash", "sh", "zsh", "node", "ruby", "uv", "poetry", "pipenv", "npx", "bunx", "timeout",
    "coverage", "docker", "docker-compose", "xvfb-run", "bundle", "pdm", "rye",
  ]
  private static let checkWords: Set<String> = [
    "test", "tests", "verify", "verification", "validate", "selftest", "smoke", "prove", "pytest", "unittest", "e2e",
  ]
  private static let softCheckWords: Set<String> = ["check", "checks", "lint", "audit", "assert", "compare"]
  private static let inert: Set<String> = [
    "true", ":", "echo", "printf", "log", "warn", "info", "print", "logger", "say",
  ]
  private static let harmless: Set<String> = [
    "echo", "printf", "mkdir", "cat", "cd", "export", "date", "touch", "chmod", "log", "local", "readonly", "source",
    ".",
    "set", "setopt", "print", "tee", "cp", "mv", "rm", "ls", "true", ":", "trap", "sleep", "umask", "declare",
    "typeset", "shift",
    "info", "warn", "emulate", "unset", "return", "exit", "then", "fi", "done", "do", "}", "{", "else", "pwd", "ln",
    "COPY", "jq",
  ]

  /// Whether a command runs tests or verifies something.
  static func isTest(_ words: [String]) -> Bool {
    guard var name = words.first.map(base) else { return false }
    var rest = Array(words.dropFirst())
    if name.hasPrefix("-"), name.utf8.count > 2 { name.removeFirst() }
    if runners.contains(name) { return !rest.contains("install") && !rest.contains("--version") }
    if drivers.contains(name) { return rest.prefix(3).contains { isTestTarget($0) } && !rest.contains("install") }
    if interpreters.contains(name) {
      if let module = rest.firstIndex(of: "-m"), module + 1 < rest.count {
        return runners.contains(rest[module + 1])
          || interpreters.contains(rest[module + 1]) && isTest(Array(rest[(module + 1)...]))
      }
      rest.removeAll { $0.hasPrefix("-") }
      if name == "docker" || name == "docker-compose" {
        guard let verb = rest.first(where: { ["run", "exec"].contains($0) }) else { return false }
        rest = Array(rest.drop { $0 != verb }.dropFirst())
        return rest.indices.contains { runners.contains(base(rest[$0])) }
      }
      guard let script = rest.first(where: { runners.contains(base($0)) || isScript($0) }) else { return false }
      return runners.contains(base(script)) || hasWord(of: checkWords, in: base(script))
    }
    return isScript(words[0]) && hasWord(of: checkWords, in: name)
  }

  /// Whether a command can say no about something, as far as names tell: anything but moving things about and talking.
  static func isCheck(_ words: [String]) -> Bool {
    guard let name = words.first.map(base) else { return false }
    return !harmless.contains(name)
  }

  /// Whether all that a command does is to go on.
  static func isInert(_ words: [String]) -> Bool {
    guard let first = words.first else { return false }
    if first == "exit" { return words.count > 1 && words[1] == "0" }
    return inert.contains(first)
  }

  private static func isTestTarget(_ word: String) -> Bool {
    if word == "run" || word.hasPrefix("-") { return false }
    return hasWord(of: checkWords, in: word) || word == "check" || word == "t"
  }

  private static func isScript(_ word: String) -> Bool {
    word.contains("/") || [".sh", ".py", ".zsh", ".js", ".ts", ".mjs", ".rb", ".bash"].contains { word.hasSuffix($0) }
  }

  private static func base(_ word: String) -> String { word.split(separator: "/").last.map(String.init) ?? word }

  static func hasWord(of words: Set<String>, in name: String) -> Bool {
    name.lowercased().split { !$0.isLetter && !$0.isNumber }.contains { words.contains(String($0)) }
  }
}
