import Testing

/// `auditor hash` says what `sha256sum` says.
@Suite struct HashTests {
  @Test func `digests and their lines are those of sha256sum`() throws {
    let workspace = try Workspace([
      "empty": "", "short": "abc", "long": .bytes([UInt8](repeating: 0x61, count: 1_000_003)),
      "with blank": "x", "back\\slash": "y", "new\nline": "z", "carriage\rreturn": "w", "käse": "v",
    ])
    let names = workspace.names(in: ".")
    let ours = try workspace.run(["hash"] + names)
    let theirs = try workspace.start(["sha256sum"] + names)
    #expect(ours.status == 0)
    #expect(ours.standardOutput == theirs.standardOutput, "\(ours)\n\(theirs)")
  }

  @Test func `a file that cannot be read is named, and the others are hashed`() throws {
    let workspace = try Workspace(["one": "1", "two": "2", "pipe": .fifo, "folder": .folder])
    let outcome = try workspace.run("hash", "one", "gone", "pipe", "folder", "two")
    #expect(outcome.status == 4)
    #expect(try outcome.standardOutput == workspace.start(["sha256sum", "one", "two"]).standardOutput)
    for name in ["gone", "pipe", "folder"] {
      #expect(outcome.complaints.contains("\(name): cannot"), "\(outcome)")
    }
  }

  @Test func `a list names the files as operands do`() throws {
    let workspace = try Workspace([
      "one": "1", "new\nline": "2", "list": "new\nline\0gone\0one\0", "unended": "one\0gone",
    ])
    for (list, names) in [("list", ["new\nline", "gone", "one"]), ("unended", ["one", "gone"])] {
      let listed = try workspace.run("hash", "--files0-from", list)
      let named = try workspace.run(["hash"] + names)
      #expect(listed.status == 4)
      #expect(listed.standardOutput == named.standardOutput, "\(listed)")
      #expect(listed.complaints == named.complaints)
    }
  }

  @Test func `a list that names nothing is no pass`() throws {
    let workspace = try Workspace(["none": "", "hole": "one\0\0one\0", "one": "1"])
    for arguments in [["none"], ["hole"], ["hole", "one"]] {
      let outcome = try workspace.run(["hash", "--files0-from"] + arguments)
      #expect(outcome.status == 64, "\(outcome)")
      #expect(outcome.standardOutput.isEmpty)
    }
  }
}
