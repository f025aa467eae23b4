import Auditor
import Formats
import Glibc

/// A folder with the files that a conformance row describes; it goes when the value does.
final class MadeFiles {
  let path: String

  init() throws {
    var template = Array("/tmp/auditor-row-XXXXXX".utf8CString)
    guard let made = unsafe mkdtemp(&template) else { throw FileError(.makeFolder, path: "/tmp", code: errno) }
    path = unsafe String(cString: made)
  }

  deinit { Self.remove(path) }

  /// Writes files below a folder of this one: texts, `{"base64"}`, `{"repeat", "count"}`, `{"symlink"}` or `{"dir"}`.
  func write(_ files: Value?, below folder: String) throws {
    try AtomicFile.makeFolder("\(path)/\(folder)")
    for member in files?.members.map({ $0 }) ?? [] { try write(member.value, to: "\(path)/\(folder)/\(member.name)") }
  }

  private func write(_ content: Value, to path: String) throws {
    if let text = content.string { return try AtomicFile.write(Array(text.utf8), to: path) }
    if content["dir"] != nil { return try AtomicFile.makeFolder(path) }
    if let target = content["symlink"]?.string {
      if let slash = path.lastIndex(of: "/") { try AtomicFile.makeFolder(String(path[..<slash])) }
      guard unsafe symlink(target, path) == 0 else { throw FileError(.write, path: path, code: errno) }
    } else if content["base64"] != nil {
      try AtomicFile.write(try content.requiredBytes("base64"), to: path)
    } else {
      let text = try content.requiredText("repeat")
      let count = Int(content["count"]?.integer ?? 0)
      try AtomicFile.write(Array(String(repeating: text, count: count).utf8), to: path)
    }
  }

  private static func remove(_ path: String) {
    if unsafe unlink(path) == 0 { return }
    for name in (try? FolderListing.names(in: path)) ?? [] { remove("\(path)/\(name)") }
    unsafe rmdir(path)
  }
}
