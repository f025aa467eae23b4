import Formats
import Testing

@testable import Auditor

@Suite("What is built into the binary")
struct EmbeddedRulesTests {
  @Test("every file of rules/ is there, byte for byte (the table is Sources/CEmbedded/rules.h)")
  func isComplete() throws {
    let here = "\(#filePath)"
    let end = try #require(here.firstRange(of: "/Tests/AuditorTests/"))
    let root = String(here[..<end.lowerBound])
    let names = try FolderListing.names(in: "\(root)/rules").map { "rules/\($0)" }
    #expect(EmbeddedFiles.names.filter { $0.hasPrefix("rules/") }.sorted() == names.sorted())
    for name in names { #expect(try FileReader.read("\(root)/\(name)") == EmbeddedFiles.bytes(named: name)) }
  }
}
