@testable import Auditor
import Formats
import Testing

@Suite("SECURITY.md names every limit of the code, with its value")
struct SecurityPageTests {
  private static let root = #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" }

  /// What the page of people cuts is no limit on input.
  private static let leftOut: Set<String> = ["PageLimits"]

  @Test func `the table is the code's`() throws {
    var inCode = try Self.limits()
    inCode["TreeScan.scannedBytes"] = "64 << 20"
    try #require(inCode.count > 30)
    let page = String(decoding: try FileReader.read("\(Self.root)/SECURITY.md"), as: UTF8.self)
    var inPage: [String: String] = [:]
    for line in page.split(separator: "\n") where line.hasPrefix("| `") {
      let cells = line.split(separator: "|").map { $0.filter { $0 != "`" }.trimmed }
      guard cells.count == 4, cells[0].contains(".") else { continue }
      inPage[cells[0]] = cells[1]
      let isThere = cells[3] == "–" || FileStatus.exists("\(Self.root)/\(cells[3])")
      #expect(isThere, "\(cells[0]): there is no \(cells[3])")
    }
    for (name, value) in inCode { #expect(inPage[name] == value, "\(name)") }
    #expect(Set(inPage.keys).subtracting(inCode.keys).isEmpty)
    let scan = String(
      decoding: try FileReader.read("\(Self.root)/Sources/Auditor/Scan/TreeScan.swift"), as: UTF8.self)
    #expect(scan.contains("static let scannedBytes = 64 << 20\n"))
  }

  /// `ENUM.NAME` and its value, as they stand in `enum …Limits { static let … }`.
  private static func limits() throws -> [String: String] {
    var limits: [String: String] = [:]
    let listing = try TreeWalk(honoursIgnoreFiles: false).list("\(root)/Sources")
    for file in listing.files where file.path.hasSuffix(".swift") {
      var owner: String?
      let text = String(decoding: try FileReader.read("\(root)/Sources/\(file.path)"), as: UTF8.self)
      for line in text.split(separator: "\n") {
        if line.hasPrefix("}") { owner = nil }
        let words = line.split(separator: " ")
        if let place = words.firstIndex(of: "enum"), words.count > place + 1, words[place + 1].hasSuffix("Limits"),
          !line.hasPrefix(" "), !leftOut.contains(String(words[place + 1]))
        {
          owner = String(words[place + 1])
        }
        guard let owner, let place = words.firstIndex(of: "static"), words.count > place + 2,
          let equals = line.firstIndex(of: "=")
        else { continue }
        let name = words[place + 2].prefix { $0 != ":" }
        limits["\(owner).\(name)"] = String(line[line.index(after: equals)...]).trimmed
      }
    }
    return limits
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first == " " { text = text.dropFirst() }
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
