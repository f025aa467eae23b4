import Testing

/// Completion scripts in the shells that they are for, and manual pages.
@Suite struct CompletionsTests {
  private static func has(_ program: String) -> Bool {
    let outcome = try? BuiltBinary.start(["sh", "-c", "command -v \(program)"], in: "/")
    if outcome?.status != 0 { print("skipped: \(program) is not installed") }
    return outcome?.status == 0
  }

  /// Words of a command line, the last of which is completed, and words that have to be offered.
  private static let lines: [([String], [String])] = [
    (["sca"], ["scan"]),
    (["gates", "ver"], ["verify"]),
    (["sweep", "pl"], ["plan"]),
    (["sweep", "--tar"], ["--targets"]),
    (["sweep", "plan", "--sha"], ["--shards"]),
    (["audit", "--fail-on", "w"], ["warning"]),
    (["completions", "f"], ["fish"]),
  ]

  @Test(.enabled(if: has("bash")), arguments: lines + [(["audit", "--format", "=", "sarif-"], ["sarif-github"])])
  func `bash completes`(words: [String], expected: [String]) throws {
    let line = (["auditor"] + words).map { "'\($0)'" }.joined(separator: " ")
    let script = """
      source <("$0" completions bash)
      COMP_WORDS=(\(line)); COMP_CWORD=\(words.count); _auditor; printf '%s\\n' "${COMPREPLY[@]}"
      """
    let outcome = try BuiltBinary.start(["bash", "-c", script, BuiltBinary.path], in: "/")
    #expect(outcome.output.split(separator: "\n").map(String.init) == expected, "\(outcome)")
  }

  @Test(.enabled(if: has("fish")), arguments: lines)
  func `fish completes`(words: [String], expected: [String]) throws {
    let line = "auditor \(words.joined(separator: " "))"
    let outcome = try BuiltBinary.start(
      ["fish", "--no-config", "-c", "$argv[1] completions fish | source; complete -C '\(line)'", BuiltBinary.path],
      in: "/", environment: ["HOME": "/nonexistent"])
    let offered = outcome.output.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) }
    #expect(offered == expected, "\(outcome)")
  }

  @Test(.enabled(if: has("zsh"))) func `zsh loads the script and knows every command`() throws {
    let script = """
      "$0" completions zsh > "$TMPDIR/_auditor" && zsh -n "$TMPDIR/_auditor" && zsh -f -c '
        fpath=("$TMPDIR" $fpath); autoload -Uz compinit; compinit -D -u; autoload +X _auditor; print -r -- $_comps[auditor]
        source "$TMPDIR/_auditor" 2>/dev/null; print -rl -- ${(k)functions[(I)_auditor_*]}'
      """
    let workspace = try Workspace()
    let outcome = try workspace.start(["sh", "-c", script, BuiltBinary.path], environment: ["TMPDIR": workspace.root])
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines.first == "_auditor", "\(outcome)")
    for name in ["_auditor_audit", "_auditor_gates_verify", "_auditor_sweep_itself", "_auditor_sweep_plan"] {
      #expect(lines.contains(name), "\(outcome)")
    }
  }

  @Test func `manual pages are sound roff`() throws {
    for arguments in [["man"], ["man", "audit"], ["man", "sweep", "plan"]] {
      let page = try BuiltBinary.run(arguments, in: "/")
      #expect(page.status == 0)
      #expect(page.output.hasPrefix(".TH AUDITOR"))
      #expect(page.output.contains(".SH EXIT STATUS"))
      guard Self.has("groff") else { continue }
      let read = try BuiltBinary.start(
        ["sh", "-c", "\"$0\" \(arguments.joined(separator: " ")) | groff -man -Tutf8 -ww -z", BuiltBinary.path], in: "/"
      )
      #expect(read.status == 0 && read.standardError.isEmpty, "\(read)")
    }
    #expect(try BuiltBinary.run(["man", "conformance"], in: "/").status == 64)
    #expect(try BuiltBinary.run(["man", "adit"], in: "/").status == 64)
  }
}
