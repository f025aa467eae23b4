import Auditor
import Testing

@Suite("Git repositories")
struct GitRepositoryTests {
  @Test("know commits by full and short hexadecimal names, in any letter case, and by the object of a tag")
  func commits() throws {
    let made = try TemporaryRepository()
    let first = try made.commit("first")
    let second = try made.commit("second")
    try made.git("tag", "-a", "v1", "-m", "v1", first)
    let tag = try made.git("rev-parse", "refs/tags/v1")
    let tree = try made.git("rev-parse", "HEAD^{tree}")
    let repository = try #require(try GitRepository.containing(made.path, environment: made.environment))
    let short = String(first.prefix(10))
    let names = [first, short, short.uppercased(), tag, tree, String(repeating: "0", count: 40), "main", "v1", "HEAD"]
    let found = try repository.commits(named: names)
    #expect(found.head == second)
    #expect(found.commits == [first: first, short: first, short.uppercased(): first, tag: first])
    #expect(repository.topLevel == made.path)
    #expect(!repository.isShallow)
  }

  @Test("take no branch for a commit, even one that looks like a name")
  func branch() throws {
    let made = try TemporaryRepository()
    _ = try made.commit("first")
    try made.git("branch", "deadbeef")
    let repository = try #require(try GitRepository.containing(made.path, environment: made.environment))
    #expect(try repository.commits(named: ["deadbeef"]).commits == [:])
  }

  @Test("hand out contents in order, however many fit into one answer, and none above the limit")
  func contents() throws {
    let made = try TemporaryRepository()
    let texts = ["", "a\n", String(repeating: "b", count: 90), String(repeating: "c", count: 60), "d\n\nd"]
    for (index, text) in texts.enumerated() { try made.write(text, to: "\(index)") }
    _ = try made.commit("all")
    let blobs = try texts.indices.map { try made.git("rev-parse", "HEAD:\($0)") }
    let repository = try #require(try GitRepository.containing(made.path, environment: made.environment))
    for limit in [1, 59, 60, 89, 90, 100, 150, 10_000] {
      let contents = try repository.contents(of: blobs, limit: limit)
      #expect(contents == texts.map { $0.utf8.count <= limit ? Array($0.utf8) : nil }, "limit \(limit)")
    }
    #expect(try repository.contents(of: [], limit: 1) == [])
    #expect(throws: GitError.self) {
      try repository.contents(of: [blobs[1], String(repeating: "0", count: 40)], limit: 10_000)
    }
  }

  @Test("without commits have no head; other folders are none")
  func empty() throws {
    let made = try TemporaryRepository()
    let repository = try #require(try GitRepository.containing(made.path, environment: made.environment))
    #expect(try repository.commits(named: []).head == nil)
    let folder = try TemporaryFolder()
    let environment = made.environment.merging(["GIT_CEILING_DIRECTORIES": "/tmp"]) { $1 }
    #expect(try GitRepository.containing(folder.path, environment: environment) == nil)
    #expect(try GitRepository.containing(folder.path + "/absent", environment: environment) == nil)
  }

  @Test("tell that their history is cut off")
  func shallow() throws {
    let made = try TemporaryRepository()
    _ = try made.commit("first")
    _ = try made.commit("second")
    try made.git("clone", "-q", "--depth", "1", "file://" + made.path, made.path + "/clone")
    let clone = try #require(try GitRepository.containing(made.path + "/clone", environment: made.environment))
    #expect(clone.isShallow)
  }

  @Test("run nothing that their own configuration names, and look nowhere else")
  func configuration() throws {
    let made = try TemporaryRepository()
    let commit = try made.commit("first")
    let trap = made.path + "/trap"
    try made.git("config", "core.fsmonitor", "touch \(trap)")
    try made.git("config", "core.pager", "touch \(trap)")
    let environment = made.environment.merging(["GIT_DIR": "/nonexistent", "GIT_PAGER": "touch \(trap)"]) { $1 }
    let repository = try #require(try GitRepository.containing(made.path, environment: environment))
    #expect(try repository.commits(named: [commit]).commits == [commit: commit])
    #expect(throws: FileError.self) { try FileReader.read(trap) }
  }
}
