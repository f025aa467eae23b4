import Formats

/// One suite of the hidden batch command: a row in, the fields of its result out.
struct ConformanceSuite: Sendable {
  let name: String
  /// Writes the result's fields (all but `id` and `ok`) into an open object. Throwing means `ok: false`: the input was
  /// refused, and the error's text says why.
  let answer: @Sendable (_ row: Value, _ options: ConformanceOptions, _ result: inout JSONWriter) throws -> Void

  /// Every suite that this build answers.
  static let all: [ConformanceSuite] = [
    .evidence,
    .gitignore,
    .instances,
    .json,
    .jsonSchema,
    .junit,
    .markdown,
    .regex,
    .sha256,
    .time,
    .ulid,
    .yaml,
  ]
}

/// What was said on the batch command's own command line.
struct ConformanceOptions: Sendable {
  /// `DIR=URLPREFIX` pairs: a reference to the prefix is a file below the folder.
  let remotes: [(folder: String, prefix: String)]
  /// The root of an interface pack.
  let pack: String?
}

/// A row of a suite lacks a field that its suite needs.
struct MissingField: Error, CustomStringConvertible {
  let name: String
  var description: String { "the row has no usable '\(name)'" }
}

extension Value {
  /// A text that a row must have.
  func requiredText(_ key: String) throws(MissingField) -> String {
    guard let text = self[key]?.string else { throw MissingField(name: key) }
    return text
  }

  /// The bytes behind a base64 text that a row must have.
  func requiredBytes(_ key: String) throws(MissingField) -> [UInt8] {
    guard let text = self[key]?.string, let bytes = Base64.decode(text) else { throw MissingField(name: key) }
    return bytes
  }
}
