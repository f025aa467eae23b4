@testable import Auditor
import Formats
import Testing

@Suite("The README shows what the binary prints")
struct ReadmeTests {
  private static let packageRoot = #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" }

  @Test("every line of the demonstration's output, in its order")
  func demonstration() throws {
    let readme = String(decoding: try FileReader.read("\(Self.packageRoot)/README.md"), as: UTF8.self)
    let block = try #require(readme.split(separator: "```text\n").dropFirst().first?.split(separator: "```").first)
    let shown = block.split(separator: "\n").filter { $0 != "[…]" }
    try #require(shown.count > 20)

    let made = try BuiltBinary.start(["\(Self.packageRoot)/examples/make-workspace.sh"], in: "/")
    try #require(made.status == 0, "\(made)")
    let workspace = String(made.output.filter { $0 != "\n" })
    let audited = try BuiltBinary.run(["audit", workspace], in: "/")
    _ = try BuiltBinary.start(["rm", "-rf", "--", PathParts(workspace).folder], in: "/")
    #expect(audited.status == 3)

    var printed = audited.output.replacing(workspace, with: "WORKSPACE").split(separator: "\n")[...]
    for line in shown {
      guard let place = printed.firstIndex(of: line) else {
        Issue.record("the README shows a line that is not printed (here): \(line)")
        return
      }
      printed = printed[(place + 1)...]
    }
  }

  @Test(
    "every relative link of the documents leads to a file",
    arguments: [
      "README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/reports.md",
      "docs/getting-started.md", "docs/sweep.md", "docs/ci.md", "examples/README.md",
    ])
  func links(document: String) throws {
    let bytes = try FileReader.read("\(Self.packageRoot)/\(document)")
    let folder = PathParts("\(Self.packageRoot)/\(document)").folder
    for link in try MarkdownDocument.read(bytes).links where !link.destination.contains("://") {
      let path = String(link.destination.split(separator: "#").first ?? "")
      #expect(path.isEmpty || FileStatus.exists("\(folder)/\(path)"), "\(document): \(link.destination)")
    }
  }
}
