import Formats
import Testing

@testable import Reports

@Suite struct ChecksumLineTests {
  @Test(arguments: [("a b", "00  a b"), ("a\\b", "\\00  a\\\\b"), ("a\nb", "\\00  a\\nb"), ("a\rb", "\\00  a\\rb")])
  func namesAreWrittenAsGNUReadsThem(path: String, line: String) {
    #expect(ChecksumLine.text("00", path) == line)
  }
}
