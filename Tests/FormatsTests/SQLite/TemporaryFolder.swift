import Glibc

/// A folder of a test's own, removed with what is in it when the test ends.
final class TemporaryFolder {
  private let root: String

  init() {
    var template = Array("/tmp/auditor-test-XXXXXX".utf8CString)
    root = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp/auditor-test"
  }

  deinit {
    for name in names where unlink(path(name)) != 0 { rmdir(path(name)) }
    rmdir(root)
  }

  func path(_ name: String) -> String { "\(root)/\(name)" }

  /// What is in the folder, sorted.
  var names: [String] {
    guard let folder = opendir(root) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name.0) { String(cString: $0) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    let file = fopen(path(name), "wb")
    guard let file, fwrite(bytes, 1, bytes.count, file) == bytes.count, fclose(file) == 0 else { throw Failed() }
  }

  func read(_ name: String) throws -> [UInt8] {
    guard let file = fopen(path(name), "rb") else { throw Failed() }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&piece, 1, piece.count, file), count > 0 { bytes += piece.prefix(count) }
    return bytes
  }

  struct Failed: Error {}
}
