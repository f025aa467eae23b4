/// JSON pointers (RFC 6901): `/a/0/b~1c`.
public enum JSONPointer {
  /// What a pointer names inside a value, or nil when it is malformed or leads nowhere. The empty pointer names the
  /// value itself.
  public static func find(_ pointer: String, in root: Value) -> Value? {
    guard let tokens = tokens(pointer) else { return nil }
    var value = root
    for token in tokens {
      guard let next = step(token, in: value) else { return nil }
      value = next
    }
    return value
  }

  /// The pointer to the container of what a pointer names; the root's is its own.
  public static func parent(of pointer: String) -> String {
    pointer.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(pointer[..<$0]) } ?? ""
  }

  /// A key as one reference token: `~` and `/` escaped.
  public static func token(_ key: String) -> String {
    guard key.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return key }
    var token: [UInt8] = []
    for byte in key.utf8 {
      switch byte {
      case UInt8(ascii: "~"): token.append(contentsOf: "~0".utf8)
      case UInt8(ascii: "/"): token.append(contentsOf: "~1".utf8)
      default: token.append(byte)
      }
    }
    return String(decoding: token, as: UTF8.self)
  }

  /// The keys and indexes that a pointer names in turn, or nil when it is malformed. The empty pointer names the root.
  static func tokens(_ pointer: String) -> [String]? {
    if pointer.isEmpty { return [] }
    guard pointer.utf8.first == UInt8(ascii: "/") else { return nil }
    var tokens: [String] = []
    for part in pointer.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      guard let token = unescaped(part) else { return nil }
      tokens.append(token)
    }
    return tokens
  }

  /// What one token names inside a value, or nil.
  static func step(_ token: String, in value: Value) -> Value? {
    switch value.kind {
    case .object: return value[token]
    case .array:
      let digits = token.utf8
      guard digits.allSatisfy(isDigit), digits.count == 1 || digits.first != UInt8(ascii: "0") else { return nil }
      return Int(token).flatMap { value[$0] }
    default: return nil
    }
  }

  private static func unescaped(_ part: Substring.UTF8View) -> String? {
    var bytes: [UInt8] = []
    var rest = part
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "~") else {
        bytes.append(byte)
        continue
      }
      switch rest.popFirst() {
      case UInt8(ascii: "0"): bytes.append(UInt8(ascii: "~"))
      case UInt8(ascii: "1"): bytes.append(UInt8(ascii: "/"))
      default: return nil
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
