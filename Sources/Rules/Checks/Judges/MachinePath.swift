import Formats
import Scanning

/// Judges a path below somebody's home folder, or on one machine's disk.
///
/// None of the rule's business: parts of URLs and of longer paths, placeholders, the homes of containers and hosted
/// runners, comments, and patterns whose job is to find or to hide such paths. In documents and recorded data it is a
/// remark, and so it is as the input of a test that does not need it to exist.
struct MachinePath {
  private let candidate: Candidate

  init(_ candidate: Candidate) {
    self.candidate = candidate
  }

  var judgement: Judgement {
    guard let owner, !isPlaceholder(owner), beginsPath, !isExpression else { return .none }
    if candidate.byteClass == .comment { return .none }
    if isDetector { return .none }
    if candidate.role.kind == .document || candidate.role.kind == .record { return .remark }
    if isInsideContainer(owner) || isOperator { return .none }
    if candidate.role.isTest, !isNeededToRun { return .remark }
    return .violation
  }

  private enum Owner {
    /// The name below `/Users`, `/home`, `C:\Users` or after `~`.
    case user(String)
    /// A disk or folder that is not a person's: `/Volumes/Backup`, `D:\work`.
    case machine(String)
  }

  /// Who or what the path belongs to.
  private var owner: Owner? {
    let text = candidate.text
    let parts = text.split { $0 == "/" || $0 == "\\" }.map(String.init)
    guard let first = parts.first else { return nil }
    if first.hasPrefix("~") { return .user(String(first.dropFirst())) }
    if let home = parts.firstIndex(where: { ["users", "home"].contains($0.lowercased()) }), home + 1 < parts.count {
      return .user(parts[home + 1])
    }
    return .machine(parts.count > 1 ? parts[1] : first)
  }

  private static let standIns: Set<String> = [
    "user", "username", "user_name", "user-name", "youruser", "you", "yourname", "your-name", "your_name", "yourself",
    "me", "name", "someone", "somebody", "anyone", "whoever", "xxx", "foo", "placeholder", "example", "example-user",
    "your-username", "your_username", "yourusername", "myuser", "myname", "current_user", "shared", "public", "default",
    "all", "guest",
  ]
  /// Users that images of containers and hosted machines come with.
  private static let serviceUsers: Set<String> = [
    "runner", "runneradmin", "vscode", "app", "node", "ubuntu", "jovyan", "ec2-user", "vagrant", "circleci", "gitpod",
    "coder", "linuxbrew", "appuser", "nonroot", "codespace", "containeruser", "sbx_user1051", "airflow", "spark",
    "docker", "container", "pwuser", "webuser", "rstudio", "mambauser", "vsts", "buildkite-agent",
  ]

  private func isPlaceholder(_ owner: Owner) -> Bool {
    switch owner {
    case .user(let name):
      let lower = name.lowercased()
      return MachinePath.standIns.contains(lower) || MachinePath.serviceUsers.contains(lower)
        || (name == name.uppercased() && name.count > 1 && name.contains { $0.isLetter })
    case .machine(let name):
      return ["macintosh", "macintosh hd", "untitled", "xxx"].contains(name.lowercased())
    }
  }

  /// What may stand before `/Users` or `/home` in a path of a machine.
  private static let mounts: Set<String> = ["export", "usr", "var", "nfs", "net", "data", "c", "d", "e"]

  /// Whether the match begins a path rather than going on with one.
  private var beginsPath: Bool {
    guard let previous = candidate.before.last else { return true }
    if candidate.matched.first == UInt8(ascii: "~") {
      return "\"'`= \t(:,[{".utf8.contains(previous)
    }
    // Windows drives: `C:\Users`.
    if candidate.matched.first.map({ $0 != UInt8(ascii: "/") }) ?? false { return !isWordByte(previous) }
    if previous == UInt8(ascii: "/") || previous == UInt8(ascii: ":") {
      return isFileURL ?? (previous != UInt8(ascii: "/"))
    }
    if previous == UInt8(ascii: ">") { return candidate.file.language?.name == "xml" }
    if isWordByte(previous), isFlag { return true }
    if isWordByte(previous) || ".~})*%+".utf8.contains(previous) { return isMounted }
    return previous != UInt8(ascii: "^") && previous != UInt8(ascii: "\\")
  }

  /// True after `file://`, false inside of other URLs, nil where no URL is.
  private var isFileURL: Bool? {
    let run = candidate.before.reversed().prefix { $0 > 0x20 && !"\"'`<>".utf8.contains($0) }.reversed()
    let text = String(decoding: Array(run), as: UTF8.self)
    guard let scheme = text.firstRange(of: "://") else { return nil }
    return text[..<scheme.lowerBound].hasSuffix("file") && text[scheme.upperBound...].allSatisfy { $0 == "/" }
  }

  /// `-I` of `-I/home/alice/include`.
  private var isFlag: Bool {
    let rest = candidate.before.dropLast(candidate.before.reversed().prefix(while: isWordByte).count)
    guard rest.last == UInt8(ascii: "-") else { return false }
    return rest.dropLast().last.map { $0 == 0x20 || $0 == 0x09 } ?? true
  }

  private var isMounted: Bool {
    let run = Array(candidate.before.reversed().prefix { isWordByte($0) || $0 == UInt8(ascii: "/") }.reversed())
    let parts = String(decoding: run, as: UTF8.self).split(separator: "/").map { $0.lowercased() }
    guard run.first == UInt8(ascii: "/"), let last = parts.last else { return false }
    return MachinePath.mounts.contains(last) && parts.count <= 2
  }

  /// What follows shows that this is a pattern, or a name that is filled in.
  private var isExpression: Bool {
    guard let next = candidate.after.first, !candidate.after.starts(with: "</".utf8) else { return false }
    return "*[<{$|^?".utf8.contains(next)
      || (next == UInt8(ascii: "\\") && !candidate.matched.contains(UInt8(ascii: "\\"))
        && candidate.after.dropFirst().first.map { "sSdwb./(".utf8.contains($0) } ?? false)
  }

  private static let detecting: Set<String> = [
    "regex", "regexp", "pattern", "patterns", "redact", "redacts", "redacted", "redaction", "sanitize", "sanitise",
    "sanitizer", "scrub", "scrubs", "anonymize", "anonymise", "forbidden", "forbid", "hardpath", "hardpaths",
    "hardcoded", "blocklist", "denylist", "detect", "detector", "leak", "leaks", "linter", "findall", "gsub",
  ]

  /// Code whose job is to find such paths, or to take them out.
  private var isDetector: Bool {
    let before = candidate.wordsBefore
    let near = Set(before + candidate.wordsAfter)
    if !near.isDisjoint(with: MachinePath.detecting) { return true }
    if pairs(before, of: MachinePath.detectingPairs) || pairs(candidate.wordsAfter, of: ["not in"])
      || isSearchedFor(before)
    {
      return true
    }
    let owners = candidate.ownerWords(atMost: 2)
    return !Set(owners).isDisjoint(with: MachinePath.detecting) && isElement
  }

  private static let detectingPairs: Set<String> = [
    "re compile", "re search", "re match", "re sub", "re fullmatch", "not in", "assert not", "not contain",
    "not contains", "replace all", "hard path", "hard paths", "machine path", "machine paths", "str replace",
  ]

  private func pairs(_ words: [String], of wanted: Set<String>) -> Bool {
    zip(words, words.dropFirst()).contains { wanted.contains("\($0) \($1)") }
  }

  /// `grep -q '/Users/alice' FILE` looks for the path; `grep -q error /Users/alice/log` needs it.
  private func isSearchedFor(_ before: [String]) -> Bool {
    guard let tool = before.lastIndex(where: { ["grep", "egrep", "rg", "sed", "awk", "replace"].contains($0) }) else {
      return false
    }
    let between = candidate.before
    let name = before[tool]
    guard let place = String(decoding: between, as: UTF8.self).ranges(of: name).last else { return false }
    let rest = String(decoding: between, as: UTF8.self)[place.upperBound...]
    var arguments = rest.split(separator: " ").filter { !$0.hasPrefix("-") }
    guard let last = arguments.popLast() else { return true }
    // The match stands in an argument that has begun; other than of sed, the first one is the pattern.
    let isOpen = last.filter { $0 == "'" || $0 == "\"" }.count % 2 == 1
    return isOpen && (arguments.isEmpty || name == "sed" || name == "awk")
  }

  /// Whether nothing but an opening quote stands before the match in its line: an element of a list.
  private var isElement: Bool {
    candidate.before.allSatisfy { !isWordByte($0) || $0 == UInt8(ascii: "r") }
  }

  /// In a Dockerfile and on the right of a volume, a path is the container's own; only what is copied in is the machine's.
  private func isInsideContainer(_ owner: Owner) -> Bool {
    guard candidate.text.hasPrefix("/home/") else { return false }
    switch candidate.file.language?.name {
    case "dockerfile":
      let words = candidate.wordsBefore
      return !(words.first.map { ["copy", "add"].contains($0) } ?? false) || words.contains("from")
        || candidate.before.contains(UInt8(ascii: "/")) && !candidate.after.contains(UInt8(ascii: " "))
    case "yaml":
      // `- ./cache:/home/node/cache`
      let trimmed = candidate.before.drop { $0 == 0x20 || $0 == 0x09 }
      return candidate.before.last == UInt8(ascii: ":") && trimmed.first == UInt8(ascii: "-")
        && trimmed.dropFirst().contains { isWordByte($0) } && candidate.before.contains(UInt8(ascii: "/"))
    default: return false
    }
  }

  /// In the code of most languages `~` is an operator.
  private var isOperator: Bool {
    candidate.matched.first == UInt8(ascii: "~") && candidate.byteClass == .code && candidate.role.kind == .program
      && candidate.file.language?.name != "shell"
  }

  /// A literal with line ends of its own is a text that the test is about.
  private var isSampleText: Bool {
    guard candidate.byteClass == .string else { return false }
    return candidate.before.contains("\\n") || candidate.after.contains("\\n")
  }

  private static let using: Set<String> = [
    "open", "readtext", "chdir", "cwd", "subprocess", "popen", "exec", "system", "listdir", "glob", "import", "require",
    "source", "load", "loads", "readfile", "mkdir", "makedirs", "rmtree", "connect", "spawn", "shell",
  ]

  /// Whether a test reads or runs what is there, rather than handing the path to the code under test.
  private var isNeededToRun: Bool {
    if isSampleText { return false }
    let before = candidate.wordsBefore
    if before.first == "assert" { return false }
    let near = before + candidate.wordsAfter
    if !Set(near).isDisjoint(with: MachinePath.using)
      || pairs(near, of: ["sys path", "read text", "read bytes", "is file"])
    {
      return true
    }
    if candidate.file.language?.name == "shell" { return true }
    guard let sign = candidate.before.firstIndex(of: UInt8(ascii: "=")),
      let name = AssignedName(before: candidate.before[...sign])
    else { return false }
    return candidate.reading.indentation(ofLine: candidate.line) == 0
      || !Set(name.words).isDisjoint(with: ["root", "repo", "project", "workspace", "base"])
  }
}
