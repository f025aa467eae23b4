import Rules
import Synchronization
import Testing

@testable import Auditor

/// What a spool gives back is what it took, in report order, however much of it was in a file meanwhile.
@Suite struct FindingSpoolTests {
  private static func finding(_ path: String, line: Int?, rule: String = "r.a", _ number: Int = 0) -> Finding {
    var finding = Finding(
      ruleID: rule, level: Severity.allCases[number % 3], message: "m\(number % 5)",
      location: Location(path: path, line: line, column: line.map { $0 + 1 }),
      snippet: number % 4 == 0 ? nil : "s\(number)",
      evidence: number % 7 == 0 ? ["a:1", ""] : [], remediation: "fix", fingerprint: "f\(number)",
      suppression: number % 6 == 0 ? .init(kind: .waiver, reason: "known", until: "2030-01-01", owner: "o") : nil)
    if number % 8 == 0 { finding.identity = ContentIdentity(evidence: "e\(number)", before: "b", after: "a") }
    return finding
  }

  /// Files whose order as bytes is not that of their numbers; rules of two kinds look at each.
  private static let files: [(path: String, findings: [Finding])] = (0..<200).flatMap { file in
    let path = "src/\(file * 37 % 200).py"
    return [
      (path, (0..<9).map { finding(path, line: $0 + 1, rule: "r.\($0 % 3)", file * 9 + $0) }),
      (path, [finding(path, line: nil, rule: "tree.\(file % 2)", file)]),
    ]
  }

  private static func findings(in list: FindingList, ofRule rule: String? = nil) throws -> [Finding] {
    var all: [Finding] = []
    try list.eachFile(ofRule: rule) { file in
      #expect(Set(file.map(\.location.path)).count == 1)
      all += file
    }
    return all
  }

  @Test(arguments: [1, 1_000, 1 << 20]) func givesBackWhatItTook(heldBytes: Int) throws {
    let spool = FindingSpool(environment: [:], heldBytes: heldBytes)
    let next = Atomic(0)
    WorkerThreads.run(4) {
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < Self.files.count else { return }
        spool.take(Self.files[index].findings, path: Self.files[index].path)
      }
    }
    let list = try spool.findings()
    let expected = Self.files.flatMap(\.findings).sorted(by: Finding.precedes)
    #expect(try Self.findings(in: list) == expected)
    #expect(try Self.findings(in: list) == expected, "a second time")
    #expect(list.tally == FindingTally(expected))
    for rule in ["r.1", "tree.0", "none"] {
      #expect(try Self.findings(in: list, ofRule: rule) == expected.filter { $0.ruleID == rule })
    }
    let warnings = expected.filter { $0.suppression == nil && $0.level == .warning }
    #expect(try list.open(.warning, first: 7) == Array(warnings.prefix(7)))
  }

  @Test func rootsStayInTheirOrder() throws {
    let spool = FindingSpool(environment: [:])
    spool.take([Self.finding("b/z", line: 1)], place: 1, path: "a")
    spool.take([Self.finding("a/z", line: 1)], place: 0, path: "z")
    #expect(try Self.findings(in: spool.findings()).map(\.location.path) == ["a/z", "b/z"])
  }

  @Test func anEmptyOneHasNothing() throws {
    let list = try FindingSpool(environment: [:]).findings()
    #expect(list.tally.count == 0)
    #expect(try Self.findings(in: list).isEmpty)
  }

  @Test func noRoomIsAnErrorAndNotFewerFindings() throws {
    let spool = FindingSpool(environment: ["TMPDIR": "/proc/nowhere"], heldBytes: 1)
    for file in Self.files { spool.take(file.findings, path: file.path) }
    #expect(throws: FileError.self) { try spool.findings() }
  }

  @Test func nothingIsLeftInTheFolder() throws {
    let folder = try TemporaryFolder()
    let spool = FindingSpool(environment: ["TMPDIR": folder.path], heldBytes: 1)
    for file in Self.files { spool.take(file.findings, path: file.path) }
    let list = try spool.findings()
    #expect(try FolderListing.names(in: folder.path).isEmpty)
    #expect(try Self.findings(in: list).count == list.tally.count)
  }

  @Test func damagedRecordsAreNoFindings() throws {
    var writer = RecordWriter()
    for number in 0..<20 { writer.finding(Self.finding("a", line: 3, number)) }
    var reader = RecordReader(writer.bytes)
    for number in 0..<20 { #expect(reader.finding(at: "a") == Self.finding("a", line: 3, number)) }
    #expect(reader.isAtEnd)
    // Whatever is cut off or changed: an answer and no crash.
    for length in 0..<writer.bytes.count {
      var cut = RecordReader(Array(writer.bytes[..<length]))
      while cut.finding(at: "a") != nil {}
      var changed = writer.bytes
      changed[length] ^= 0xFF
      var other = RecordReader(changed)
      for _ in 0..<20 { _ = other.finding(at: "a") }
    }
  }
}
