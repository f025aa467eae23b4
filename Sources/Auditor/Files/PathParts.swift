/// A path cut at its last slash.
struct PathParts {
  /// `.` where the path has no slash.
  let folder: String
  let name: String

  init(_ path: String) {
    if let slash = path.lastIndex(of: "/") {
      folder = slash == path.startIndex ? "/" : String(path[..<slash])
      name = String(path[path.index(after: slash)...])
    } else {
      folder = "."
      name = path
    }
  }

  /// What stands between the slashes of a relative path; empty parts and `.` say nothing.
  static func components(of path: String) -> [String] {
    path.split(separator: "/").map(String.init).filter { $0 != "." }
  }
}
