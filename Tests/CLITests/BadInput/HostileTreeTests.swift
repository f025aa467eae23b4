import Formats
import Testing

/// Trees made to mislead: nothing outside the root is read, nothing in it is run, nothing hangs, and what is shown stays
/// printable.
@Suite struct HostileTreeTests {
  private static let secret = "hunter2-outside"
  private static let outside: [String: Entry] = [
    "../outside/secret.py": .file("ROOT = \"/Users/\(secret)/work\"\n"),
    "../outside/DOD__OPS.md": .file("- **Phase / Task ID**: \(secret)\n- **Gate**: G1\n"),
    "../outside/registry.yaml": .file("phases: {\(secret): [\n"),
    "../outside/gates.map.yaml": .file("gates: \(secret)\n"),
  ]

  @Test func `links are counted and not followed`() throws {
    let workspace = try Workspace(
      Sample.project(and: Self.outside).merging([
        "file": .link(to: "../outside/secret.py"), "folder": .link(to: "../outside"), "loop": .link(to: "loop"),
        "nowhere": .link(to: "gone"), "zero": .link(to: "/dev/zero"), "up": .link(to: "."),
      ]) { $1 })
    let outcome = try workspace.run("audit", "--json")
    #expect(outcome.status == 0, "\(outcome)")
    #expect(try outcome.json().at("coverage", "skipped", "link")?.integer == 6)
    #expect(!outcome.output.contains(Self.secret))
  }

  @Test(arguments: [
    ("dod/DOD__OPS.md", "../../outside/DOD__OPS.md"), ("dod/registry.yaml", "../../outside/registry.yaml"),
    ("evidence/feed.jsonl", "../../outside/registry.yaml"), ("gates/gates.map.yaml", "../../outside/gates.map.yaml"),
    ("dod", "../outside"), ("gates/gates.map.yaml", "/dev/zero"), ("dod/registry.yaml", "/dev/zero"),
  ]) func `an input that leads out is not read`(path: String, target: String) throws {
    var entries = Sample.project(.proven, gate: .sealed, and: Self.outside)
    for name in entries.keys where name == path || name.hasPrefix(path + "/") { entries[name] = nil }
    entries[path] = .link(to: target)
    let workspace = try Workspace(entries)
    let outcome = try workspace.run("audit")
    #expect(outcome.status == 4, "\(outcome)")
    #expect(outcome.complaints.contains("leads outside the root"), "\(outcome)")
    #expect(!outcome.description.contains(Self.secret))
    #expect(
      try !String(decoding: workspace.bytes(of: "reports/dod_report.latest.json"), as: UTF8.self)
        .contains(Self.secret))
  }

  @Test func `links inside the tree may lead to inputs`() throws {
    var entries = Sample.project(.proven)
    entries["real/registry.yaml"] = entries["dod/registry.yaml"]
    entries["dod/registry.yaml"] = .link(to: "../real/registry.yaml")
    let workspace = try Workspace(entries)
    #expect(try workspace.run("audit").status == 0)
  }

  @Test func `FIFOs and sockets are counted and never opened`() throws {
    let workspace = try Workspace(
      Sample.project(and: ["pipe.py": .fifo, "socket.py": .socket, "sub/.gitignore": .fifo, "sub/a.py": "x = 1\n"]))
    let outcome = try workspace.run("audit", "--json")
    #expect(outcome.status == 0, "\(outcome)")
    #expect(try outcome.json().at("coverage", "skipped", "special")?.integer == 3)
    let named = try workspace.run("scan", "pipe.py")
    #expect(named.status == 4)
    #expect(named.complaints.contains("pipe.py: not scanned: it is a FIFO"), "\(named)")
  }

  @Test(arguments: [
    ["scan"], ["hash"], ["parse", "--from", "json"], ["junit", "summarize"], ["schema", "validate", "--schema"],
    ["schema", "validate", "--schema", "sound.json"], ["regex", "--pattern", "a"], ["scan", "a.py", "--rules"],
  ]) func `a device is never read, whoever names it`(words: [String]) throws {
    let workspace = try Workspace(["a.py": "x = 1\n", "sound.json": "{}"])
    let operands = words.last == "--schema" ? ["/dev/zero", "sound.json"] : ["/dev/zero"]
    let outcome = try workspace.run(words + operands)
    #expect(outcome.status == 4, "\(outcome)")
    #expect(outcome.complaints.contains("it is a device, not a regular file"), "\(outcome)")
  }

  @Test func `nothing in the tree is run`() throws {
    let workspace = try Workspace(Sample.project(.proven))
    _ = try workspace.commit()
    let trap = "#!/bin/sh\ntouch \(workspace.enclosure)/sprung\nexit 1\n"
    for path in ["git", ".git/hooks/post-checkout", "trap"] { try workspace.put(.file(trap), at: path) }
    for path in ["git", ".git/hooks/post-checkout", "trap"] { workspace.setMode(0o755, of: path) }
    let setting =
      "[core]\n  fsmonitor = ./trap\n  pager = ./trap\n[diff]\n  external = ./trap\n[alias]\n  rev-parse = !./trap\n"
    let old = String(decoding: try workspace.bytes(of: ".git/config"), as: UTF8.self)
    try workspace.put(.file(old + setting), at: ".git/config")
    let outcome = try workspace.run(
      ["audit"], environment: ["PATH": ".::/usr/local/bin:/usr/bin:/bin"])
    #expect(workspace.names(in: "..").contains("sprung") == false, "\(outcome)")
  }

  @Test func `an empty tree is no pass`() throws {
    let workspace = try Workspace()
    for arguments in [["scan"], ["audit"], ["audit"]] {
      let outcome = try workspace.run(arguments)
      #expect(outcome.status == 4)
      #expect(outcome.complaints.contains("no file was scanned"), "\(outcome)")
    }
    #expect(try workspace.json(of: "reports/dod_report.latest.json").gaps.count == 1)
  }

  @Test func `a tree that is ignored whole is no pass`() throws {
    let workspace = try Workspace([".gitignore": "*\n", "a.py": Sample.badSource])
    #expect(try workspace.run("scan").status == 4)
    #expect(try workspace.run("scan", "--no-ignore").status == 1)
  }

  @Test func `a root that is not there is told, and nothing is made`() throws {
    let workspace = try Workspace()
    let outcome = try workspace.run("audit", "gone")
    #expect(outcome.status == 4)
    #expect(outcome.complaints.contains("gone: cannot open: no such file or folder"), "\(outcome)")
    #expect(workspace.names(in: ".").isEmpty)
  }

  static let names: [[UInt8]] = [
    Array("new\nline.py".utf8), Array("esc\u{1B}[2J\u{1B}]0;title\u{07}.py".utf8), Array("turn\u{202E}yp.py".utf8),
    Array("c1\u{9B}31m.py".utf8), [0x6C, 0xE4, 0x6E, 0x67, 0x65, 0x2E, 0x70, 0x79], Array("cr\rover.py".utf8),
    Array("bell\u{07}.py".utf8), Array("-rf.py".utf8), Array("tab\there.py".utf8),
  ]

  @Test(arguments: [Sample.badSource, .sparse(65 << 20)])
  func `names of any bytes stay printable`(content: Entry) throws {
    let workspace = try Workspace(Sample.project())
    for name in Self.names { try workspace.put(content, at: name) }
    for arguments in [["audit"], ["scan"], ["audit", "--verbose"]] {
      let outcome = try workspace.run(arguments)
      #expect(outcome.status == (content == Sample.badSource ? 1 : 4))
      for bytes in [outcome.standardOutput, outcome.standardError] {
        let text = String(validating: bytes, as: UTF8.self)
        #expect(text != nil, "the text is UTF-8")
        let control = text?.unicodeScalars.filter { $0.value < 0x20 && $0 != "\n" || (0x7F..<0xA0).contains($0.value) }
        #expect(control?.isEmpty == true, "\(String(describing: control?.map(\.value))) in \(outcome)")
        #expect(text?.contains("\u{202E}") == false)
        #expect(text?.contains("new\nline") == false, "\(outcome)")
      }
    }
    let report = try workspace.json(of: "reports/dod_report.latest.json")
    let told = Set((report["findings"]?.texts(of: "path") ?? []) + (report["unevaluated"]?.texts(of: "path") ?? []))
    #expect(told.count == Self.names.count)
    #expect(told.contains("new\nline.py") && told.contains("l\u{FFFD}nge.py"))
    #expect(try JUnitSummary(workspace.bytes(of: "reports/junit.xml")).isConsistent)
  }

  @Test func `deep folders are walked, and too deep ones are told`() throws {
    let deep = Array(repeating: "d", count: 500).joined(separator: "/")
    let deeper = Array(repeating: "e", count: 1_500).joined(separator: "/")
    let workspace = try Workspace(Sample.project(and: ["\(deep)/a.py": Sample.badSource]))
    let walked = try workspace.run("audit", "--json")
    #expect(walked.status == 1, "\(walked.complaints)")
    #expect(try walked.json()["findings"]?.texts(of: "path") == ["\(deep)/a.py", "\(deep)/a.py"])
    try workspace.put(Sample.badSource, at: "\(deeper)/a.py")
    let told = try workspace.run("audit", "--json")
    #expect(told.status == 4)
    #expect(try told.json().gaps.count == 1)
    #expect(try told.json()["findings"]?.count == 2)
  }
}
