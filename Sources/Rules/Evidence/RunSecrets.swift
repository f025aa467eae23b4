/// Secrets that must not stand in the artifacts of runs: lease tokens, and connection strings with a password.
package enum RunSecrets {
  /// What is found in one line, in words; nil for a line without. The secret itself is never told.
  package static func found(in line: ArraySlice<UInt8>) -> String? {
    let bytes = Array(line)
    if let name = tokenKeys.first(where: { hasValue(for: $0, in: bytes) }) { return "a lease token ('\(name)')" }
    return hasPassword(bytes) ? "a connection string with a password" : nil
  }

  private static let tokenKeys = ["lease_token", "leaseToken"]

  /// `"key": "something"`, with any blanks.
  private static func hasValue(for key: String, in line: [UInt8]) -> Bool {
    var rest = line[...]
    let quoted = Array("\"\(key)\"".utf8)
    while let range = rest.firstRange(of: quoted) {
      rest = rest[range.upperBound...]
      let value = rest.drop { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ":") }
      if value.first == UInt8(ascii: "\""), value.dropFirst().first != UInt8(ascii: "\"") { return true }
    }
    return false
  }

  /// `scheme://user:password@host`, where the password is not masked.
  private static func hasPassword(_ line: [UInt8]) -> Bool {
    var rest = line[...]
    while let range = rest.firstRange(of: Array("://".utf8)) {
      rest = rest[range.upperBound...]
      let authority = rest.prefix { !" \"'/\\,}".utf8.contains($0) }
      guard let at = authority.lastIndex(of: UInt8(ascii: "@")),
        let colon = authority[..<at].firstIndex(of: UInt8(ascii: ":"))
      else { continue }
      let password = authority[(colon + 1)..<at]
      if !password.isEmpty, !password.allSatisfy({ $0 == UInt8(ascii: "*") }), !password.elementsEqual("REDACTED".utf8)
      {
        return true
      }
    }
    return false
  }
}
