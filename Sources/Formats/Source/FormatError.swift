/// The languages of this module, as they are named in messages.
public enum Format: String, Sendable, CaseIterable {
  /// RFC 8259.
  case json = "JSON"
  /// One JSON value a line.
  case jsonLines = "JSON Lines"
  /// YAML 1.2, core schema.
  case yaml = "YAML"
  /// CommonMark 0.31 with GFM tables and task items.
  case markdown = "Markdown"
  /// JSON Schema 2020-12.
  case jsonSchema = "JSON Schema"
  /// XML 1.0, read and written by libxml2.
  case xml = "XML"
  /// Path patterns.
  case glob = "glob"
  /// Git's ignore files.
  case gitignore = "gitignore"
  /// RE2-style regular expressions (the engine is in `Scanning`).
  case regex = "regular expression"
  /// Identifiers that sort by time.
  case ulid = "ULID"
  /// ISO 8601, RFC 3339 and epoch times.
  case time = "time"
  /// SQLite databases.
  case sqlite = "SQLite"
}

/// A located refusal: which language, where, what was found and what was expected.
///
/// The case is data; `description` is the only place that words it for people.
public struct FormatError: Error, Sendable, Hashable {
  /// What is wrong, in the vocabulary that all readers share.
  public enum Problem: Sendable, Hashable {
    /// Something stands where something else must.
    case unexpected(found: String, expected: String)
    /// The input ends too early.
    case endOfInput(expected: String)
    /// The bytes are not UTF-8.
    case invalidUTF8(byte: UInt8)
    /// A token is malformed: an escape, a number, a directive.
    case invalid(what: String, expected: String)
    /// A name is used that nothing defines: an alias, a group, a reference.
    case undefined(what: String, name: String)
    /// A named limit is reached; the input may be well-formed but is not read further.
    case limitExceeded(name: String, limit: Int)
    /// The syntax is understood and deliberately not supported.
    case unsupported(what: String, hint: String)
    /// What the library that reads or writes the language says, in its words.
    case reported(String)
  }

  /// The language that was read.
  public let format: Format
  /// Where it went wrong.
  public let position: SourcePosition
  /// What went wrong.
  public let problem: Problem

  /// Makes an error; readers use this at the place where they stop.
  public init(_ format: Format, _ problem: Problem, at position: SourcePosition = .start) {
    self.format = format
    self.problem = problem
    self.position = position
  }
}

extension FormatError: CustomStringConvertible {
  /// `LINE:COLUMN: invalid FORMAT: found X, expected Y`. The file name is the caller's to put in front.
  public var description: String { "\(position): invalid \(format.rawValue): \(problem)" }
}

extension FormatError.Problem: CustomStringConvertible {
  /// The sentence without its place.
  public var description: String {
    switch self {
    case .unexpected(let found, let expected): "found \(found), expected \(expected)"
    case .endOfInput(let expected): "the input ends here, expected \(expected)"
    case .invalidUTF8(let byte): "byte 0x\(String(byte, radix: 16)) is not UTF-8; save the file as UTF-8"
    case .invalid(let what, let expected): "malformed \(what), expected \(expected)"
    case .undefined(let what, let name): "\(what) '\(name)' is not defined"
    case .limitExceeded(let name, let limit): "more than \(limit) (limit '\(name)'); split the input or raise the limit"
    case .unsupported(let what, let hint): "\(what) is not supported; \(hint)"
    case .reported(let message): message
    }
  }
}
