import Formats
import Glibc
import Rules

/// Gathers what repository rules ask about a tree: only of paths that one of them wants.
struct TreeFacts {
  private let root: String
  private let rules: [(rule: Rule, matcher: RepositoryMatcher)]
  private let filter: PathFilter
  private var matchers: [RepositoryMatcher] { rules.map(\.matcher) }

  init(root: String, rules: [Rule], filter: PathFilter) {
    self.root = root
    self.filter = filter
    self.rules = rules.compactMap { rule in
      if case .repository(let matcher) = rule.matcher { return (rule, matcher) }
      return nil
    }
  }

  /// What the rules find in the tree that a scan is about.
  func findings(in subject: ScanSubject) -> [Finding] {
    if rules.isEmpty || subject.scope.kind == .standardInput { return [] }
    let facts = gather(subject)
    return rules.flatMap { $0.matcher.findings(of: $0.rule, in: facts, isComplete: subject.isTreeComplete) }
  }

  private func gather(_ subject: ScanSubject) -> [TreeFact] {
    let tree = subject.tree
    let facts =
      tree.files.compactMap { fact($0.rawPath, isLink: false, subject) }
      + tree.links.compactMap { fact($0, isLink: true, subject) }
      + subject.removed.compactMap { path in
        var fact = wanted(path, rules.map(\.matcher))?.fact
        fact?.change = .removed
        return fact
      }
    return facts.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  private func fact(_ path: [UInt8], isLink: Bool, _ subject: ScanSubject) -> TreeFact? {
    let isUntouched = subject.changes.map { $0[path] == nil } ?? false
    let asked = matchers.filter {
      (isLink ? $0.needsLinks : !$0.isAboutLinks) && (!isUntouched || $0.needsUntouched)
    }
    if asked.isEmpty { return nil }
    guard let (plain, matchers) = wanted(path, asked) else { return nil }
    var fact = plain
    if subject.changes != nil { fact.change = isUntouched ? .untouched : .touched }
    if isLink {
      fact.leadsOut = matchers.contains(where: \.isAboutLinks) && leadsOut(fact.path)
    } else if let content = subject.contents?[path] {
      fact.byteCount = content.count
      fact.head = content
    } else {
      if matchers.contains(where: \.needsSizes) { fact.byteCount = byteCount(path) }
      fact.head = head(of: path, matchers.map(\.headCount).max() ?? 0)
    }
    return fact
  }

  private func wanted(
    _ path: [UInt8], _ matchers: [RepositoryMatcher]
  ) -> (fact: TreeFact, matchers: [RepositoryMatcher])? {
    let matchers = matchers.filter { $0.wants(path) }
    if matchers.isEmpty { return nil }
    let text = String(decoding: path, as: UTF8.self)
    return filter.accepts(text) ? (TreeFact(text), matchers) : nil
  }

  private func leadsOut(_ path: String) -> Bool {
    do throws(FileError) {
      _ = try RootedFolder(root).inspect(path)
      return false
    } catch {
      return error.isOutside
    }
  }

  private func name(_ path: [UInt8]) -> [CChar] {
    (Array(root.utf8) + [UInt8(ascii: "/")] + path + [0]).map { CChar(bitPattern: $0) }
  }

  private func byteCount(_ path: [UInt8]) -> Int? {
    var status = stat()
    return unsafe lstat(name(path), &status) == 0 ? Int(status.st_size) : nil
  }

  private func head(of path: [UInt8], _ count: Int) -> [UInt8] {
    if count == 0 { return [] }
    let number = unsafe open(name(path), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard number >= 0 else { return [] }
    defer { close(number) }
    var bytes = [UInt8](repeating: 0, count: count)
    let got = unsafe bytes.withUnsafeMutableBytes { unsafe pread(number, $0.baseAddress, count, 0) }
    return Array(bytes.prefix(max(0, got)))
  }
}
