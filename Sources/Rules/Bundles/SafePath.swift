/// Paths inside documents of a bundle (BUNDLE_RULES section 4.1).
package enum SafePath {
  /// Whether a path is safe by its spelling: relative, `/`-separated, without drive, backslash or control character, each
  /// component a name. A path that is not is never opened, inspected or hashed.
  package static func isSafe(_ path: String) -> Bool {
    let bytes = Array(path.utf8)
    guard let first = bytes.first, first != UInt8(ascii: "/"), !hasDrive(bytes) else { return false }
    if bytes.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\\") }) { return false }
    return bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { component in
      !component.isEmpty && component != [UInt8(ascii: ".")] && component != [UInt8(ascii: "."), UInt8(ascii: ".")]
    }
  }

  private static func hasDrive(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 2, bytes[1] == UInt8(ascii: ":") else { return false }
    return UInt8(ascii: "a")...UInt8(ascii: "z") ~= bytes[0] | 0x20
  }
}
