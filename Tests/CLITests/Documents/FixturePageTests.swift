import EndToEnd
import Testing

/// Pages whose first commands are run on a workspace that is made for them: the example, or what the page itself describes.
@Suite("Pages show what the binary prints on their workspace")
struct FixturePageTests {
  /// A page, how many of its commands are run, and what has to be there.
  struct Page: Sendable, CustomTestStringConvertible {
    let path: String
    let count: Int
    let make: @Sendable (Workspace) throws -> Void
    var testDescription: String { path }
  }

  static let pages = [
    Page(path: "docs/dod.md", count: 1, make: example),
    Page(path: "docs/reports.md", count: 3, make: example),
    Page(path: "docs/baselines-and-waivers.md", count: 5) { workspace in
      _ = try workspace.start(["git", "init", "--quiet"])
      try workspace.put("HOME = \"/home/alice/shop\"\nDATA = \"/home/alice/data\"\n", at: "paths.py")
    },
    Page(path: "docs/writing-rules.md", count: 2) { workspace in
      // The pack is the one that stands on the page.
      let script = "mkdir -p ci/rules; awk '/^```yaml/{f=1;next} /^```/{if(f) exit} f' \"$0\" > ci/rules/ledger.yaml"
      let made = try workspace.start(["sh", "-c", script, "\(packageRoot)/docs/writing-rules.md"])
      try #require(made.status == 0, "\(made)")
      try workspace.put("def total(amount):\n    return float(amount)\n", at: "src/a.py")
    },
  ]

  @Test("the first commands of a page, in their order, with their output", arguments: pages)
  func commands(page: Page) throws {
    let workspace = try Workspace()
    try page.make(workspace)
    let steps = try ConsolePage(page.path, first: page.count)
    #expect(steps.steps.count == page.count)
    try steps.run(in: workspace)
  }

  private static func example(_ workspace: Workspace) throws {
    let script =
      "made=$(\"$0\"); mkdir examples; cp -a \"$made\" examples/workspace; rm -rf \"$(dirname \"$made\")\""
    let made = try workspace.start(["sh", "-eu", "-c", script, "\(packageRoot)/examples/make-workspace.sh"])
    try #require(made.status == 0, "\(made)")
  }
}
