import Formats
import Glibc
import Scanning
import Testing

@testable import Auditor

/// References lead to files that the caller named, and nowhere else.
@Suite struct SchemaLibraryTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    unsafe mkdir("\(folder.path)/in", 0o755)
    try folder.write("{}", to: "outside.json")
    try folder.write(#"{"$ref":"b.yaml#/$defs/s"}"#, to: "in/a.json")
    try folder.write("$defs:\n  s: {type: string}\n", to: "in/b.yaml")
    try folder.write("{\n  ,", to: "in/bad.json")
    unsafe symlink("../outside.json", "\(folder.path)/in/link.json")
  }

  private func schema(referringTo uri: String) throws -> JSONSchema {
    let resources = try SchemaLibrary.resources(
      files: [(uri: "https://one.test/x", path: "\(folder.path)/in/b.yaml")],
      folders: [(folder: "\(folder.path)/in", prefix: "https://many.test/s/")])
    return try JSONSchema(
      try JSON.read(Array(#"{"$ref":"\#(uri)"}"#.utf8)), resources: resources, patterns: SchemaPattern.compiler)
  }

  @Test(arguments: ["https://one.test/x#/$defs/s", "https://many.test/s/b.yaml#/$defs/s", "https://many.test/s/a.json"])
  func followsNamedReferences(uri: String) throws {
    let schema = try schema(referringTo: uri)
    #expect(schema.isValid(try JSON.read(Array(#""text""#.utf8))))
    #expect(!schema.isValid(try JSON.read(Array("7".utf8))))
  }

  @Test(arguments: [
    "https://many.test/s/absent.json", "https://many.test/s/link.json", "https://many.test/s/../outside.json",
    "https://many.test/s/%2e%2e/outside.json", "https://many.test/s/", "https://other.test/a.json",
    "file:///etc/passwd",
    "https://many.test/s/bad.json",
  ])
  func refusesAllOthers(uri: String) {
    #expect(throws: FormatError.self) { try schema(referringTo: uri) }
  }

  @Test func namesTheFileThatIsMalformed() {
    let error = #expect(throws: SchemaLibrary.Malformed.self) { try SchemaLibrary.read("\(folder.path)/in/bad.json") }
    #expect(error?.description.contains("in/bad.json:2:3: invalid JSON") == true)
  }
}
