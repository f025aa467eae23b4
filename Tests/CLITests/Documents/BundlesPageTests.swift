@testable import Auditor
import Formats
import Testing

@Suite("The page on bundles shows what the binary prints")
struct BundlesPageTests {
  private static let packageRoot = #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" }

  @Test("every command of docs/bundles.md, in its order, with its output")
  func commands() throws {
    let page = String(decoding: try FileReader.read("\(Self.packageRoot)/docs/bundles.md"), as: UTF8.self)
    let workspace = try Workspace()
    let made = try BuiltBinary.start(["\(Self.packageRoot)/examples/bundles/make-bundle.sh", workspace.root], in: "/")
    try #require(made.status == 0, "\(made)")
    var count = 0
    for block in page.split(separator: "```console\n").dropFirst() {
      let text = block.prefix { $0 != "`" } == block ? String(block) : String(block.split(separator: "```")[0])
      for shown in text.split(separator: "$ auditor ").map(String.init) {
        let lines = shown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let outcome = try workspace.run(lines[0].split(separator: " ").map(String.init))
        let printed = outcome.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for (expected, found) in zip(lines.dropFirst(), printed) where expected != found {
          // A line that is too long for a page ends with an ellipsis.
          let isCut = expected.hasSuffix("…") && found.hasPrefix(expected.dropLast())
          #expect(isCut, "auditor \(lines[0]): shows '\(expected)', printed '\(found)'")
        }
        #expect(lines.dropFirst().count == printed.count, "auditor \(lines[0])\n\(outcome)")
        count += 1
      }
    }
    #expect(count == 11)
  }
}
