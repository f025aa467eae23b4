import Glibc

/// Paths as people and environments write them, made absolute.
enum ResolvedPath {
  /// The absolute path without links, `.` and `..`: what exists is resolved by the system, the rest as text. `~` is the
  /// home folder of the environment.
  static func resolve(_ path: String, from base: String, environment: [String: String]) -> String {
    var text = path
    if text == "~" || text.hasPrefix("~/"), let home = environment["HOME"], home.hasPrefix("/") {
      text = home + text.dropFirst()
    }
    if !text.hasPrefix("/") { text = base + "/" + text }
    return resolve(absolute: text)
  }

  /// The same for an absolute path.
  static func resolve(absolute path: String) -> String {
    if let real = real(path) { return real }
    var parts = path.split(separator: "/").filter { $0 != "." }.map(String.init)
    var rest: [String] = []
    while let last = parts.popLast() {
      rest.insert(last, at: 0)
      guard let known = real("/" + parts.joined(separator: "/")) else { continue }
      return folded(known.split(separator: "/").map(String.init) + rest)
    }
    return folded(rest)
  }

  /// The same for an entry of a folder whose path is resolved already: one call, not one for every folder above.
  static func resolve(entry name: String, of folder: String) -> String {
    let path = folder + "/" + name
    return isNoLink(path) ? path : resolve(absolute: path)
  }

  /// Whether something is there that is not a link itself.
  static func isNoLink(_ path: String) -> Bool {
    var byte: CChar = 0
    return unsafe !path.utf8.contains(0) && readlink(path, &byte, 1) < 0 && errno == EINVAL
  }

  /// The path without links, or nil when it does not exist.
  static func real(_ path: String) -> String? {
    guard !path.utf8.contains(0), let text = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(text) }
    return unsafe String(cString: text)
  }

  private static func folded(_ parts: [String]) -> String {
    var kept: [String] = []
    for part in parts {
      if part == ".." { _ = kept.popLast() } else { kept.append(part) }
    }
    return "/" + kept.joined(separator: "/")
  }
}
