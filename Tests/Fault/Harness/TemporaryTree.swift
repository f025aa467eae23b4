import Auditor
import Glibc

/// Folders of a test's own, and what lies in them.
enum TemporaryTree {
  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  /// An empty folder, by its real path.
  static func make() throws -> String {
    var template = Array("/tmp/auditor-fault-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template), let real = realpath(made, nil) else { throw Failed(description: "mkdtemp") }
    defer { free(real) }
    chmod(real, 0o755)
    return String(cString: real)
  }

  /// Runs a script with `sh`, which has to succeed.
  static func script(_ text: String, _ words: [String] = [], in folder: String) throws {
    let outcome = try ChildProcess.run(
      "env", ["--chdir", folder, "sh", "-eu", "-c", text, "sh"] + words, environment: FaultBench.environment)
    guard outcome.status == 0 else {
      throw Failed(description: "\(text): \(String(decoding: outcome.errorOutput, as: UTF8.self))")
    }
  }

  static func remove(_ folder: String) { try? script("rm -rf -- \"$1\"", [folder], in: "/") }

  /// Every regular file below some folders of a tree, by its path in it and without the place of the tree; what SQLite
  /// keeps beside a database comes and goes.
  static func files(below folders: [String], of tree: String) throws -> [String: [UInt8]] {
    let place = Array(tree.utf8)
    return try Dictionary(
      uniqueKeysWithValues: all(below: folders.map { "\(tree)/\($0)" }).map { path, bytes in
        (String(path.dropFirst(tree.count + 1)), bytes.replacing(place, with: Array("COPY".utf8)))
      })
  }

  private static func all(below folders: [String]) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for folder in folders {
      for name in (try? FolderListing.names(in: folder)) ?? [] {
        let path = "\(folder)/\(name)"
        switch FileKind(ofPath: path) {
        case .folder: files.merge(try all(below: [path])) { $1 }
        case .file where !name.hasSuffix("-wal") && !name.hasSuffix("-shm"): files[path] = try FileReader.read(path)
        default: continue
        }
      }
    }
    return files
  }
}
