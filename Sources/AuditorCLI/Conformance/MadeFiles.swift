import Auditor
import Formats
import Glibc

/// A folder with the files that a conformance row describes; it goes when the value does.
final class MadeFiles {
  private let folder: PrivateFolder
  var path: String { folder.path }

  init() throws {
    folder = try PrivateFolder(for: "row", environment: processEnvironment())
  }

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
}
