import Formats
import Rules
import Testing

@Suite struct SweepPlanTests {
  private static func target(_ name: String, _ weight: Int) -> SweepTarget {
    SweepTarget(name: name, source: .folder("/srv/\(name)"), weight: weight)
  }

  private static func plan(_ targets: [SweepTarget], _ shards: Int) throws -> SweepPlan {
    try SweepPlan(
      targets: targets, shardCount: shards, asOf: Timestamp(milliseconds: 1_767_225_600_123), toolVersion: "1.0.0",
      rulePackDigest: String(repeating: "a", count: 64), rulePacks: [], policy: nil)
  }

  private static let some = [
    target("b/heavy", 700), target("a", 300), target("c", 300), target("d", 100), target("e", 0), target("f", 0),
  ]

  @Test(arguments: [1, 2, 3, 7]) func `each target belongs to one shard`(count: Int) throws {
    let plan = try Self.plan(Self.some, count)
    let names = plan.allShards.flatMap { plan.targets(of: $0).map(\.name) }
    #expect(names.sorted() == ["a", "b/heavy", "c", "d", "e", "f"])
    #expect(plan.allShards.count == count)
  }

  @Test func `shards are of about the same weight`() throws {
    let targets = (0..<5_000).map { Self.target("r\($0)", ($0 &* 7_919) % 1_000) }
    let plan = try Self.plan(targets, 64)
    let loads = plan.allShards.map { plan.targets(of: $0).reduce(0) { $0 + $1.weight } }
    let mean = loads.reduce(0, +) / loads.count
    for load in loads { #expect(abs(load - mean) <= 1_000) }
  }

  @Test func `the order in which targets are found does not matter`() throws {
    #expect(try Self.plan(Self.some, 3).digest == Self.plan(Self.some.reversed(), 3).digest)
  }

  @Test func `shards are part of the plan and not of its subject`() throws {
    let (one, seven) = (try Self.plan(Self.some, 1), try Self.plan(Self.some, 7))
    #expect(one.digest != seven.digest)
    #expect(one.subjectDigest == seven.subjectDigest)
  }

  @Test func `a plan survives its file`() throws {
    var targets = Self.some
    targets.append(SweepTarget(name: "g", source: .git("https://e.org/g.git", revision: "v1"), weight: 5))
    targets.append(SweepTarget(name: "ünï \"q\"", source: .git("git@e.org:h.git", revision: nil), weight: 5))
    let plan = try Self.plan(targets, 3)
    let read = try SweepPlan(plan.document(), path: "plan.json")
    #expect(read == plan)
    #expect(read.document() == plan.document())
  }

  @Test func `a plan that was changed is refused`() throws {
    let text = String(decoding: try Self.plan(Self.some, 3).document(), as: UTF8.self)
    #expect(throws: SweepPlanError.changed(path: "p")) {
      try SweepPlan(Array(text.replacing("\"weight\": 700", with: "\"weight\": 7").utf8), path: "p")
    }
    #expect(throws: SweepPlanError.changed(path: "p")) {
      try SweepPlan(Array(text.replacing("/srv/a", with: "/srv/z").utf8), path: "p")
    }
  }

  @Test(arguments: [
    "", "[]", "{", "{}", #"{"schema_version":"auditor.sweep_plan/9"}"#, #"{"shards":0}"#, #"{"shards":1e99}"#,
    #"{"schema_version":"auditor.sweep_plan/1","as_of":"yesterday","targets":[{"name":"a"}],"shards":1}"#,
  ]) func `a file that is no plan`(text: String) {
    #expect(throws: SweepPlanError.self) { try SweepPlan(Array(text.utf8), path: "p") }
  }

  @Test func `no target and two of one name are errors`() {
    #expect(throws: SweepPlanError.noTargets) { try Self.plan([], 1) }
    #expect(throws: SweepPlanError.sameName("a", "/srv/a", "/srv/a")) {
      try Self.plan([Self.target("a", 1), Self.target("a", 2)], 1)
    }
  }

  @Test(arguments: ["", "/a", "a/", "a//b", "..", "a/../b", ".", "a\nb", "a\\b", String(repeating: "a", count: 300)])
  func `a name leads nowhere else`(name: String) {
    #expect(!SweepTarget.isName(name))
    #expect(throws: SweepPlanError.unusableName(name)) { try Self.plan([Self.target(name, 1)], 1) }
  }

  @Test(arguments: [
    ("https://git.example.org/group/repo.git", "git.example.org/group/repo"),
    ("https://user:token@git.example.org:8443/repo", "git.example.org/repo"),
    ("git@git.example.org:group/repo.git", "git.example.org/group/repo"),
    ("ssh://git@git.example.org:22/repo.git/", "git.example.org/repo"),
    ("file:///srv/git/repo.git", "srv/git/repo"),
  ]) func `the name of a remote`(remote: String, name: String) {
    #expect(SweepTarget.isRemote(remote))
    #expect(SweepTarget.name(ofRemote: remote) == name)
  }

  @Test(arguments: ["repo", "./repo", "/srv/a:b", "C", "a/b@c:d"]) func `a path is no remote`(path: String) {
    #expect(!SweepTarget.isRemote(path))
  }

  @Test(arguments: [(3, 64, "shard-00003-of-00064.jsonl"), (99_999, 99_999, "shard-99999-of-99999.jsonl")])
  func `file names of shards`(number: Int, count: Int, name: String) {
    #expect(Shard(number: number, count: count).fileName == name)
    #expect(Shard(fileName: name) == Shard(number: number, count: count))
  }

  @Test(arguments: ["shard-3-of-64.jsonl", "shard-00003-of-00064.jsonl.part", "shard-00003.jsonl", "plan.json", ""])
  func `names of other files`(name: String) {
    #expect(Shard(fileName: name) == nil)
  }
}
