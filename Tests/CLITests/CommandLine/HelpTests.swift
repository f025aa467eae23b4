import Formats
import Rules
import Testing

/// What the tool says of itself.
@Suite struct HelpTests {
  /// The commands that the overview lists.
  private func commands() throws -> [[String]] {
    let overview = try BuiltBinary.run(["--help"], in: "/")
    #expect(overview.status == 0)
    let lines = overview.output.split(separator: "\n", omittingEmptySubsequences: false)
    let list = lines.drop { $0 != "Commands:" }.dropFirst().drop { $0.isEmpty }.prefix { !$0.isEmpty }
    // A summary may go on in the next line, further in.
    return list.filter { !$0.hasPrefix("   ") }.map { line in
      // Two blanks part a name from its summary; a name may have two words.
      var words: [String] = []
      for word in line.dropFirst(2).split(separator: " ", omittingEmptySubsequences: false) {
        if word.isEmpty { break }
        words.append(String(word))
      }
      return words
    }
  }

  @Test func `every command has help with an example`() throws {
    let commands = try commands()
    #expect(commands.count > 10)
    #expect(commands.contains(["gates", "verify"]) && commands.contains(["audit"]))
    #expect(!commands.contains(["conformance"]), "the batch command is not for people")
    for command in commands {
      let name = command.joined(separator: " ")
      let help = try BuiltBinary.run(command + ["--help"], in: "/")
      #expect(help.status == 0, "\(name)")
      #expect(help.output.contains("Usage: auditor \(name)"), "\(name)")
      #expect(help.output.contains("\nExamples:\n  "), "\(name) shows no example")
      #expect(help.output.contains("auditor \(name)"), "\(name)")
      #expect(help.standardError.isEmpty, "\(name)")
      #expect(try BuiltBinary.run(["help"] + command, in: "/").standardOutput == help.standardOutput)
    }
  }

  @Test(arguments: ["--version", "-V"]) func `the version is one line`(flag: String) throws {
    let outcome = try BuiltBinary.run([flag], in: "/")
    #expect(outcome.status == 0)
    let parts = outcome.output.split(separator: "\n")[0].split(separator: " ")
    #expect(parts.first == "auditor")
    #expect(parts[1].split(separator: ".").count == 3)
    #expect(outcome.output.filter { $0 == "\n" }.count == 1)
  }

  @Test(arguments: [["--version", "--json"], ["-V", "--format", "json"], ["--version", "--format=json"]])
  func `the version as JSON names tool, commit and rules`(words: [String]) throws {
    let outcome = try BuiltBinary.run(words, in: "/")
    #expect(outcome.status == 0)
    let value = try outcome.json()
    #expect(value["name"]?.text == "auditor")
    #expect(value["rule_pack_digest"]?.text == "sha256:\(RulePack.builtInDigest)")
    // A build that was told of no commit must not make one up.
    #expect(value["commit"]?.string == BuildOrigin.commit)
    #expect(value["commit"] != nil)
  }

  @Test func `the version takes nothing but a format`() throws {
    #expect(try BuiltBinary.run(["--version", "--everything"], in: "/").status == 64)
  }

  @Test func `no command at all shows the overview and fails`() throws {
    let outcome = try BuiltBinary.run([], in: "/")
    #expect(outcome.status == 64)
    #expect(outcome.output.contains("Commands:"))
  }
}
