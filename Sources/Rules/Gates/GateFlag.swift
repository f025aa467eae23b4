package import Formats

/// Reads the digest out of a flag file: UTF-8 text, either a JSON object or one `name = value`.
package enum GateFlag {
  /// Why a flag cannot be read.
  package enum Problem: Error, Sendable, Equatable {
    /// Its bytes are not UTF-8.
    case notUTF8
    /// It holds nothing but white space.
    case empty
    /// It begins like JSON and is none.
    case brokenJSON(FormatError)
    /// It is JSON, and the gate declares no field to look for.
    case noFieldDeclared
    /// It is JSON without the field, or with null there.
    case fieldAbsent(String)
    /// It is text that names another field.
    case otherField(found: String, expected: String)
    /// It is neither JSON nor `name = value`.
    case noDigest
  }

  /// The digest as the flag writes it, whatever it looks like: comparing it is the verdict's business.
  ///
  /// - Parameter field: the gate's `digest_field`.
  /// - Throws: `Problem`.
  package static func digest(in bytes: [UInt8], field: String?) throws(Problem) -> String {
    guard let content = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
    let text = trimmedText(content.unicodeScalars[...])
    guard let first = text.first else { throw .empty }
    if first == "{" { return try jsonDigest(text, field: field) }
    guard let equals = text.firstIndex(of: "=") else { throw .noDigest }
    let name = trimmedText(text[..<equals])
    if let field, !name.elementsEqual(field.unicodeScalars) {
      throw .otherField(found: String(name), expected: field)
    }
    return String(trimmedText(text[text.index(after: equals)...]))
  }

  private static func jsonDigest(_ text: Substring.UnicodeScalarView, field: String?) throws(Problem) -> String {
    let document: Value
    do {
      document = try JSON.read(Array(String(text).utf8))
    } catch {
      throw .brokenJSON(error)
    }
    guard let field else { throw .noFieldDeclared }
    guard let digest = document[field], !digest.isNull else { throw .fieldAbsent(field) }
    return digest.string ?? digest.sourceText
  }
}

extension GateFlag.Problem: CustomStringConvertible {
  /// What is wrong with the flag, without its content: a digest may come from anywhere.
  package var description: String {
    switch self {
    case .notUTF8: "it is not UTF-8 text"
    case .empty: "it is empty"
    case .brokenJSON(let error): "\(error)"
    case .noFieldDeclared: "it is JSON, but the gate map declares no digest_field"
    case .fieldAbsent(let field): "it has no '\(field)'"
    case .otherField(let found, let expected): "it names '\(found)' where the gate map says '\(expected)'"
    case .noDigest: "it is neither a JSON object nor 'name = digest'"
    }
  }
}
