@testable import Auditor
import EndToEnd
import Formats
import Rules
import Testing

/// What documents, the Makefile and scripts name of this repository is there: files, and targets of make.
@Suite("Files and targets that are named are there")
struct NamedPathTests {
  private static let root = #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" }

  /// Pages about a workspace of the reader's, not about this repository.
  private static let aboutOthers = ["examples/README.md", "CHANGELOG.md"]

  private static let texts: [String] = {
    let listing = try? TreeWalk().list(root)
    return (listing?.files.map(\.path) ?? []).filter { path in
      guard !path.hasPrefix("examples/workspace/"), !aboutOthers.contains(path) else { return false }
      let isPage = path.hasSuffix(".md") && (!path.contains("/") || path.hasPrefix("docs/") || path.hasPrefix("bench/"))
      let isScript = ["scripts/", "fuzz/", ".ci/"].contains { path.hasPrefix($0) } && !path.hasPrefix("fuzz/Sources/")
      return isPage || path == "Makefile" || isScript && !path.contains("/seeds/")
    }
  }()

  @Test("every file of this repository that a text names", arguments: texts) func files(text: String) throws {
    let content = String(decoding: try FileReader.read("\(Self.root)/\(text)"), as: UTF8.self)
    for path in Self.paths(in: content) {
      #expect(FileStatus.exists("\(Self.root)/\(path)"), "\(text) names \(path)")
    }
  }

  @Test("every target of make that a page names", arguments: texts.filter { $0.hasSuffix(".md") })
  func targets(page: String) throws {
    let content = String(decoding: try FileReader.read("\(Self.root)/\(page)"), as: UTF8.self)
    for target in Self.targets(in: content) {
      // -n says what would be done, and does nothing.
      let outcome = try BuiltBinary.start(["make", "-C", Self.root, "-n", target], in: "/")
      #expect(outcome.status == 0, "\(page): make \(target): \(outcome.complaints)")
    }
  }

  @Test func `paths and targets are found, and patterns are left alone`() throws {
    let page = """
      See `scripts/a.sh` and Tests/Here/There.swift. Not dod/DOD__X.md, src/scripts/x.sh, `scripts/*.sh`, docs/<NAME>.md,
      `bench/work/x` or docs/dod/DOD__P.md; but docs/page.md#place, and `make check` and
          make page-check   # a remark
          make fuzz-seeds TIME=1    all seeds once
      which make sense. https://example.org/docs/there.md
      ```text
      scripts/theirs.sh
      ```
      """
    #expect(Self.paths(in: page) == ["scripts/a.sh", "Tests/Here/There.swift", "docs/page.md"])
    #expect(Self.targets(in: page) == ["check", "page-check", "fuzz-seeds"])
    #expect(Self.texts.count > 40 && Self.texts.contains("Makefile") && Self.texts.contains("README.md"))
    #expect(try BuiltBinary.start(["make", "-C", Self.root, "-n", "no-such-target"], in: "/").status != 0)
  }

  /// Words that begin with a folder that is this repository's alone; of `docs/`, the pages right in it.
  private static func paths(in text: String) -> [String] {
    let isPart = { (character: Character) in
      character.isLetter || character.isNumber || "_-+./".contains(character)
    }
    var found: [String] = []
    // Blocks of plain text show what was printed about other trees.
    let pieces = text.split(separator: "```text\n", omittingEmptySubsequences: false).enumerated().map { index, piece in
      index == 0 ? piece : piece.suffix(from: piece.firstRange(of: "```")?.upperBound ?? piece.endIndex)
    }
    let prose = pieces.joined(separator: " ")
    var rest = prose[...]
    while let start = rest.firstIndex(where: isPart) {
      let end = rest[start...].firstIndex { !isPart($0) } ?? rest.endIndex
      let word = rest[start..<end]
      // `docs/DOD__*.md`, `docs/<NAME>.md`: the beginning of a pattern.
      let isPattern = end < rest.endIndex && "*<{$…%".contains(rest[end])
      rest = rest[end...]
      let path = String(word.reversed().drop { ".-".contains($0) }.reversed())
      let isOurs = ["Sources/", "Tests/", "scripts/", "fuzz/", "bench/"].contains { path.hasPrefix($0) }
      let isPage = path.hasPrefix("docs/") && path.hasSuffix(".md") && path.filter { $0 == "/" }.count == 1
      if isOurs || isPage, !isPattern, !path.hasPrefix("bench/work") { found.append(path) }
    }
    return found
  }

  /// Words behind `make` where it begins code: a span, or a line of a block.
  private static func targets(in text: String) -> [String] {
    var found: [String] = []
    for line in text.split(separator: "\n") {
      let code = line.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }
      let isBlock = line.hasPrefix("make ") || line.hasPrefix("    make ") || line.hasPrefix("$ make ")
      for span in code.map(\.element) + (isBlock ? [line.drop { $0 == " " || $0 == "$" }] : []) {
        // Two blanks part a command from what is said of it.
        let words = span.prefix(upTo: span.firstRange(of: "  ")?.lowerBound ?? span.endIndex).split(separator: " ")
        guard words.count > 1, words[0] == "make" else { continue }
        let isName = { (word: Substring) in word.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" } }
        found += words.dropFirst().prefix { isName($0) }.map(String.init)
      }
    }
    return found
  }
}
