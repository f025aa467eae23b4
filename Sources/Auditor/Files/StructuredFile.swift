package import Formats
package import Rules

/// A YAML or JSON file with its digest: parsed from the very bytes that were hashed.
package struct StructuredFile: Sendable {
  /// The first document of the file.
  package let document: Value
  /// What was read.
  package let input: InputRecord

  /// Reads a file: JSON when its name ends in `.json`, else YAML.
  ///
  /// - Parameters:
  ///   - role: what the file is to the run, for `InputRecord`.
  ///   - shownAs: how the file is named in records; its path unless given.
  /// - Throws: `StructuredFileError`.
  package static func read(
    _ path: String, role: String, shownAs: String? = nil
  ) throws(StructuredFileError) -> StructuredFile {
    let bytes: [UInt8]
    do {
      bytes = try FileReader.read(path, limit: SourceLimits.bytes)
    } catch {
      throw .file(error)
    }
    let input = InputRecord(
      path: shownAs ?? path, role: role, sha256: SHA256.digest(bytes).hex, byteCount: bytes.count)
    do {
      let document = try path.utf8.hasSuffix(".json") ? JSON.read(bytes) : YAML.read(bytes)
      return StructuredFile(document: document, input: input)
    } catch {
      throw .format(error, input)
    }
  }
}

/// A structured file could not be read.
package enum StructuredFileError: Error, Sendable {
  /// Its bytes could not be had.
  case file(FileError)
  /// Its bytes are not what its name says; they were read, so their record is there.
  case format(FormatError, InputRecord)

  /// The record of what was read, when anything was.
  package var input: InputRecord? {
    switch self {
    case .file: nil
    case .format(_, let input): input
    }
  }

  /// What failed, as something that could not be judged.
  ///
  /// - Parameter path: how the file is named in reports.
  package func unevaluated(_ area: Unevaluated.Area, path: String) -> Unevaluated {
    switch self {
    case .file(let error):
      Unevaluated(
        area: area, location: Location(path: path), message: "cannot \(error.operation.rawValue): \(error.explanation)")
    case .format(let error, _):
      Unevaluated(
        area: area, location: Location(path: path, line: error.position.line, column: error.position.column),
        message: "invalid \(error.format.rawValue): \(error.problem)")
    }
  }
}

extension String.UTF8View {
  fileprivate func hasSuffix(_ suffix: StaticString) -> Bool {
    reversed().starts(with: String(describing: suffix).utf8.reversed())
  }
}
