/// Paths as claims write them: judged as text, before anything is opened.
package enum PathText {
  /// Some component is `..`, where a backslash separates as a slash does (DoD rules, section 4).
  package static func climbs(_ raw: String) -> Bool {
    raw.utf8.split(whereSeparator: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") })
      .contains { $0.elementsEqual("..".utf8) }
  }

  /// The absolute path that a claim means: relative ones start at the root; doubled slashes and `.` are dropped, `..`
  /// stays as written.
  package static func joined(_ raw: String, root: String) -> String {
    let isAbsolute = raw.utf8.first == UInt8(ascii: "/")
    let parts = raw.utf8.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual(".".utf8) }
    let tail = parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
    if isAbsolute { return "/" + tail }
    let base = root == "/" ? "" : root
    return tail.isEmpty ? root : base + "/" + tail
  }

  /// The path below the root, or nil when it leads elsewhere. Both are absolute and free of `.` and `..`.
  package static func relative(_ path: String, root: String) -> String? {
    if path == root { return "." }
    let base = root == "/" ? "/" : root + "/"
    return path.utf8.starts(with: base.utf8)
      ? String(decoding: path.utf8.dropFirst(base.utf8.count), as: UTF8.self) : nil
  }

  /// The path as reports show it: below the root when it is there, else as it is.
  package static func shown(_ path: String, root: String) -> String { relative(path, root: root) ?? path }
}
