@testable import Auditor
import EndToEnd
import Formats
import Rules
import Testing

/// Every document that people read: links lead somewhere, and command lines are ones that `auditor` understands.
@Suite("Documents lead somewhere and name commands that there are")
struct DocumentTests {
  private static let root = #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" }

  private static let documents: [String] = {
    let listing = try? TreeWalk().list(root)
    return (listing?.files.map(\.path) ?? []).filter { path in
      let folders = ["docs/", "rules/", "examples/", "deploy/", "bench/", "dod/"]
      return path.hasSuffix(".md") && !path.hasPrefix("examples/workspace/")
        && (!path.contains("/") || folders.contains { path.hasPrefix($0) })
    }
  }()

  @Test func `there are documents`() { #expect(Self.documents.count > 30) }

  @Test("every relative link leads to a file, and to a heading of it", arguments: documents)
  func links(document: String) throws {
    let folder = PathParts("\(Self.root)/\(document)").folder
    let bytes = try FileReader.read("\(Self.root)/\(document)")
    for link in try MarkdownDocument.read(bytes).links where !link.destination.contains("://") {
      let parts = link.destination.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let path = parts[0].isEmpty ? "\(Self.root)/\(document)" : "\(folder)/\(parts[0])"
      try #require(FileStatus.exists(path), "\(document): \(link.destination)")
      guard parts.count == 2, path.hasSuffix(".md") else { continue }
      let anchors = Self.anchors(String(decoding: try FileReader.read(path), as: UTF8.self))
      #expect(anchors.contains(String(parts[1])), "\(document): \(link.destination)")
    }
  }

  @Test("every command line in a block is one that the binary understands", arguments: documents)
  func commands(document: String) throws {
    let text = String(decoding: try FileReader.read("\(Self.root)/\(document)"), as: UTF8.self)
    for words in Self.commandLines(text) {
      let problem = try Self.problem(words)
      #expect(problem == nil, "\(document): auditor \(words.joined(separator: " ")): \(problem ?? "")")
    }
  }

  @Test func `command lines are found, and wrong ones are refused`() throws {
    let page = """
      ```sh
      $ auditor scan src --fail-on warning   # a remark
      (cd x && SOURCE_DATE_EPOCH=0 auditor audit .) | jq .
      ```
      auditor is not a command here
      """
    #expect(Self.commandLines(page) == [["scan", "src", "--fail-on", "warning"], ["audit", "."]])
    #expect(try Self.problem(["scan", "--fail-on", "warning"]) == nil)
    #expect(try Self.problem(["scan", "--no-such-flag"]) != nil)
    #expect(try Self.problem(["scam"]) != nil)
    #expect(try Self.problem(["--version", "--json"]) == nil)
    #expect(try Self.problem(["--version", "--jsonn"]) != nil)
    #expect(Self.anchors("# A `b` c\n## What – is?\n") == ["a-b-c", "what--is"])
  }

  /// The words behind `auditor` on the lines of fenced blocks.
  private static func commandLines(_ text: String) -> [[String]] {
    var isInside = false
    var isCommands = false
    var found: [[String]] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let bare = line.drop { $0 == " " }
      if bare.hasPrefix("```") {
        isInside.toggle()
        isCommands = isInside && ["```sh", "```console", "```bash"].contains(String(bare))
        if isInside, bare.hasPrefix("```console") { isCommands = true }
        continue
      }
      guard isCommands else { continue }
      var words: [String] = []
      // What is printed is no command; blocks with prompts say which is which.
      let command = bare.hasPrefix("$ ") ? bare.dropFirst(2) : bare
      for word in shellWords(command) {
        if ["|", "||", "&&", ";", ">", ">>", "<", "2>", "&"].contains(word) {
          if !words.isEmpty { found.append(words) }
          words = []
        } else {
          words.append(word)
        }
      }
      if !words.isEmpty { found.append(words) }
    }
    return found.compactMap { words in
      let rest = words.drop { $0.contains("=") && $0.first?.isLetter == true }
      guard rest.first == "auditor", rest.count > 1 else { return nil }
      return Array(rest.dropFirst())
    }
  }

  /// Words as a shell parts them, as far as pages need it: quotes, remarks, operators, brackets.
  private static func shellWords(_ line: Substring) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in line {
      if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character == "#", word == nil {
        break
      } else if character == " " || character == "(" || character == ")" || character == ";" {
        if let done = word { words.append(done) }
        word = nil
        if character != " " { words.append(";") }
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
    return words
  }

  /// Why a command line is none of ours; nil when it is.
  private static func problem(_ words: [String]) throws -> String? {
    if words.contains(where: { $0.contains("…") || $0.contains("[") || $0 == "\\" || $0.hasPrefix("$(") }) {
      return nil
    }
    if words == ["--help"] || words.first == "help" { return nil }
    // With --help the binary reads the whole line by its own table, and does nothing.
    var line = words
    if words.first != "--version" { line.insert("--help", at: line.firstIndex(of: "--") ?? line.endIndex) }
    let outcome = try BuiltBinary.run(line, in: "/")
    return outcome.status == ExitStatus.clean.rawValue ? nil : outcome.complaints
  }

  /// The anchors of a page's headings, as GitHub makes them.
  private static func anchors(_ text: String) -> Set<String> {
    var anchors: Set<String> = []
    var isInside = false
    for line in text.split(separator: "\n") {
      if line.hasPrefix("```") { isInside.toggle() }
      guard !isInside, line.hasPrefix("#") else { continue }
      let title = line.drop { $0 == "#" }.drop { $0 == " " }.lowercased()
      anchors.insert(
        String(
          title.compactMap { character -> Character? in
            character == " "
              ? "-" : character.isLetter || character.isNumber || "-_".contains(character) ? character : nil
          }))
    }
    return anchors
  }
}
