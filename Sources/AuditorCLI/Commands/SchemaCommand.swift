import Auditor
import Formats
import Reports
import Rules
import Scanning

extension Command {
  /// JSON Schema over JSON and YAML files.
  static let schemaValidate = Command(
    ["schema", "validate"], summary: "Validate JSON and YAML files by a JSON Schema",
    description: """
      Validates files by a JSON Schema (draft 2020-12; 2019-09, 07, 06 and 04 where $schema says so). Files that end in \
      .yaml or .yml are read as YAML, all others as JSON. Nothing is fetched: other documents that the schema refers to \
      are named with --remote and --remotes.
      With --pack the schema is one of an interface pack, named by path, by file name alone or with a place in the file \
      (schemas.2B.yaml#/egress/stops, or a data set of a dictionary), and references are resolved as the pack's readers \
      resolve them; without --schema the pack's own examples are validated by the contracts that they show. The exit \
      status is 0 when all files are valid, 1 when one is not, and 4 when a file could not be read or the schema cannot \
      be used.
      """,
    operands: .any("INSTANCE"),
    flags: [schemaFile, remote, remoteFolders, packRoot, segment, assertFormat, .format(["text", "json"]), .json],
    examples: [
      Example("auditor schema validate --schema rule.schema.json rules/*.yaml", "check rule packs before a commit"),
      Example(
        "auditor schema validate --schema s.json --remotes schemas=https://example.com/schemas/ --json a.json",
        "references to that address are files below schemas/"),
      Example(
        "auditor schema validate --pack . --schema gate_receipt.schema.yaml receipt.json", "by a contract of a pack"),
      Example("auditor schema validate --pack .", "are the pack's examples what its contracts say?"),
    ]
  ) { arguments, console in
    var report = SchemaReport(isJSON: arguments.wantsJSON, shownLocation: PackSchemas.shown)
    do {
      if let root = arguments.value(packRoot), arguments.value(schemaFile) == nil {
        guard arguments.operands.isEmpty else { throw UsageError.missingValue(flag: schemaFile.usage) }
        try validateExamples(of: PackSchemas(root: root), &report, console)
        return report.status
      }
      let path = try arguments.required(schemaFile)
      guard !arguments.operands.isEmpty else {
        throw UsageError.missingOperand("INSTANCE…", command: "schema validate")
      }
      let schema = try schema(path, arguments)
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
    } catch let error as UsageError {
      throw error
    } catch {
      console.complain(located(arguments.value(schemaFile) ?? arguments.value(packRoot) ?? ".", error))
      return .noVerdict
    }
  }

  private static func schema(_ path: String, _ arguments: Arguments) throws -> JSONSchema {
    let files = try arguments.list(remote).map { try pair($0, flag: "remote", expected: "URL=FILE", isReversed: false) }
    let folders = try arguments.list(remoteFolders).map {
      try pair($0, flag: "remotes", expected: "DIR=URLPREFIX", isReversed: true)
    }
    if let root = arguments.value(packRoot) {
      guard files.isEmpty, folders.isEmpty, !arguments.has(assertFormat) else {
        throw UsageError.contradiction(
          "--pack resolves references by itself: leave out --remote, --remotes, --assert-format")
      }
      var schemas = try PackSchemas(root: root)
      return try schemas.schema(path, segment: arguments.value(segment) ?? "")
    }
    return try JSONSchema(
      try SchemaLibrary.read(path),
      resources: try SchemaLibrary.resources(
        files: files.map { (uri: $0.0, path: $0.1) }, folders: folders.map { (folder: $0.0, prefix: $0.1) }),
      patterns: SchemaPattern.compiler, options: JSONSchema.Options(assertsFormat: arguments.has(assertFormat)))
  }

  private static func validateExamples(
    of pack: PackSchemas, _ report: inout SchemaReport, _ console: Console
  ) throws {
    var schemas = pack
    let examples = try schemas.examples()
    report.begin()
    for example in examples {
      do {
        guard let contract = example.contract else { throw NoContract() }
        report.add(
          example.path, contract: contract,
          try schemas.schema(at: contract).validate(schemas.document(at: example.path)))
      } catch {
        console.complain("\(example.path): \(error)")
        report.addUnreadable(example.path, "\(error)")
      }
    }
    if examples.isEmpty {
      console.complain("\(PackLayout.examples): the pack has no examples")
      report.addUnreadable(PackLayout.examples, "the pack has no examples")
    }
    report.end()
    console.write(report.takeBytes())
  }

  private struct NoContract: Error, CustomStringConvertible {
    let description = "no contract is named like this example, or more than one is"
  }

  private static let schemaFile = Flag("schema", .value("FILE"), help: "The schema, JSON or YAML")
  private static let remote = Flag("remote", .list("URL=FILE"), help: "A reference to URL is this file")
  private static let remoteFolders = Flag(
    "remotes", .list("DIR=URLPREFIX"), help: "References that begin with URLPREFIX are files below DIR")
  private static let packRoot = Flag(
    "pack", .value("DIR"), help: "The schema belongs to the interface pack below DIR")
  private static let segment = Flag(
    "segment", .value("NAME"), help: "With --pack: where bare file names are looked for first (2B, 6A, …)")
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
