import Testing

@Suite("Pages show what the binary prints")
struct ConsolePageTests {
  @Test(
    "every command of a page, in its order, with its output",
    arguments: [("docs/getting-started.md", 16), ("docs/sweep.md", 6)])
  func commands(path: String, count: Int) throws {
    let page = try ConsolePage(path)
    #expect(page.steps.count >= count)
    try page.run(in: try Workspace())
  }

  @Test func `a page that is no longer true is found`() {
    #expect(ConsolePage.fits(["a", "[…]", "c…"], ["a", "b", "b", "cd"]))
    #expect(ConsolePage.fits([], []))
    #expect(!ConsolePage.fits(["a"], ["a", "b"]))
    #expect(!ConsolePage.fits([], ["a"]))
    #expect(!ConsolePage.fits(["a", "[…]", "c"], ["a", "b"]))
    #expect(!ConsolePage.fits(["a", "c"], ["a", "b", "c"]))
  }
}
