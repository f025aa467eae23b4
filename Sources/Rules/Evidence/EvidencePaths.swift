/// Paths as they enter evidence.
package enum EvidencePaths {
  /// A root and a path below it, without `.`, empty parts and a slash at the end. The root of an object store keeps its
  /// scheme.
  package static func joined(_ root: String, _ path: String) -> String {
    if root.utf8.starts(with: "s3://".utf8) {
      var root = root
      while root.utf8.last == UInt8(ascii: "/") { root.removeLast() }
      return root + "/" + String(path.drop { $0 == "/" })
    }
    if path.utf8.first == UInt8(ascii: "/") { return plain(path) }
    return plain("\(root)/\(path)")
  }

  private static func plain(_ path: String) -> String {
    let parts = path.utf8.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual(".".utf8) }
    let text = parts.map { String(Substring($0)) }.joined(separator: "/")
    if path.utf8.first == UInt8(ascii: "/") { return "/" + text }
    return text.isEmpty ? "." : text
  }
}
