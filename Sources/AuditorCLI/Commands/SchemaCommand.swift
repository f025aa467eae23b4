import Auditor
import Formats
import Rules
import Scanning

extension Command {
  /// JSON Schema over JSON and YAML files.
  static let schemaValidate = Command(
    ["schema", "validate"], summary: "Validate JSON and YAML files by a JSON Schema",
    description: """
      Validates files by a JSON Schema (draft 2020-12; 2019-09, 07, 06 and 04 where $schema says so). Files that end in \
      .yaml or .yml are read as YAML, all others as JSON. Nothing is fetched: other documents that the schema refers to \
      are named with --remote and --remotes. The exit status is 0 when all files are valid, 1 when one is not, and 4 \
      when a file could not be read or the schema cannot be used.
      """,
    operands: .some("INSTANCE"),
    flags: [schemaFile, remote, remoteFolders, assertFormat, .format(["text", "json"]), .json],
    examples: [
      Example("auditor schema validate --schema rule.schema.json rules/*.yaml", "check rule packs before a commit"),
      Example(
        "auditor schema validate --schema s.json --remotes schemas=https://example.com/schemas/ --json a.json",
        "references to that address are files below schemas/"),
    ]
  ) { arguments, console in
    guard let path = arguments.value(schemaFile) else { throw UsageError.missingValue(flag: "--schema FILE") }
    let files = try arguments.list(remote).map { try pair($0, flag: "remote", expected: "URL=FILE", isReversed: false) }
    let folders = try arguments.list(remoteFolders).map {
      try pair($0, flag: "remotes", expected: "DIR=URLPREFIX", isReversed: true)
    }
    let schema: JSONSchema
    do {
      schema = try JSONSchema(
        try SchemaLibrary.read(path),
        resources: try SchemaLibrary.resources(
          files: files.map { (uri: $0.0, path: $0.1) }, folders: folders.map { (folder: $0.0, prefix: $0.1) }),
        patterns: SchemaPattern.compiler, options: JSONSchema.Options(assertsFormat: arguments.has(assertFormat)))
    } catch {
      console.complain(located(path, error))
      return .noVerdict
    }
    var report = SchemaReport(isJSON: arguments.wantsJSON)
    report.begin()
    for instance in arguments.operands {
      do {
        report.add(instance, schema.validate(try SchemaLibrary.read(instance)))
      } catch {
        console.complain(located(instance, error))
        report.addUnreadable(instance, "\(error)")
      }
      console.write(report.takeBytes())
    }
    report.end()
    console.write(report.takeBytes())
    return report.status
  }

  private static let schemaFile = Flag("schema", .value("FILE"), help: "The schema, JSON or YAML")
  private static let remote = Flag("remote", .list("URL=FILE"), help: "A reference to URL is this file")
  private static let remoteFolders = Flag(
    "remotes", .list("DIR=URLPREFIX"), help: "References that begin with URLPREFIX are files below DIR")
  private static let assertFormat = Flag("assert-format", help: "Values that break their 'format' are errors")

  /// The two sides of `A=B`. A URL may hold `=` itself, so the split is next to the path.
  private static func pair(
    _ text: String, flag: String, expected: String, isReversed: Bool
  ) throws(UsageError) -> (String, String) {
    let split = isReversed ? text.firstIndex(of: "=") : text.lastIndex(of: "=")
    guard let split, split > text.startIndex else {
      throw .invalidValue(flag: flag, value: text, expected: expected)
    }
    return (String(text[..<split]), String(text[text.index(after: split)...]))
  }

  /// Errors of reading name their file themselves; those of compiling a schema know only the place in it.
  private static func located(_ path: String, _ error: any Error) -> String {
    error is FormatError ? "\(path):\(error)" : "\(error)"
  }
}

/// What `schema validate` prints: lines for people, or one JSON object.
private struct SchemaReport {
  let isJSON: Bool
  private var writer = JSONWriter(.pretty)
  private var text: [UInt8] = []
  private var invalid = 0
  private var unreadable = 0

  init(isJSON: Bool) {
    self.isJSON = isJSON
  }

  var status: ExitStatus { unreadable > 0 ? .noVerdict : invalid > 0 ? .findings : .clean }

  mutating func begin() {
    guard isJSON else { return }
    writer.beginObject()
    writer.key("files")
    writer.beginArray()
  }

  mutating func add(_ path: String, _ errors: [SchemaError]) {
    if !errors.isEmpty { invalid += 1 }
    guard isJSON else {
      for error in errors { text.append(contentsOf: "\(path): \(error)\n".utf8) }
      if errors.isEmpty { text.append(contentsOf: "\(path): valid\n".utf8) }
      return
    }
    writer.beginObject()
    writer.key("path")
    writer.string(path)
    writer.key("valid")
    writer.boolean(errors.isEmpty)
    write(errors, as: "errors")
    writer.endObject()
  }

  mutating func addUnreadable(_ path: String, _ reason: String) {
    unreadable += 1
    guard isJSON else { return }
    writer.beginObject()
    writer.key("path")
    writer.string(path)
    writer.key("valid")
    writer.null()
    writer.key("error")
    writer.string(reason)
    writer.endObject()
  }

  mutating func end() {
    guard isJSON else { return }
    writer.endArray()
    writer.key("valid")
    writer.boolean(invalid + unreadable == 0)
    writer.endObject()
    writer.newline()
  }

  mutating func takeBytes() -> [UInt8] {
    if isJSON { return writer.takeBytes() }
    defer { text.removeAll(keepingCapacity: true) }
    return text
  }

  private mutating func write(_ errors: [SchemaError], as key: String) {
    writer.key(key)
    writer.beginArray()
    for error in errors {
      writer.beginObject()
      writer.key("pointer")
      writer.string(error.instancePointer)
      writer.key("line")
      writer.integer(error.instancePosition.line)
      writer.key("column")
      writer.integer(error.instancePosition.column)
      writer.key("schema")
      writer.string(error.schemaLocation)
      writer.key("message")
      writer.string(error.message)
      if !error.branch.isEmpty { write(error.branch, as: "branch") }
      writer.endObject()
    }
    writer.endArray()
  }
}
