import Formats
import Glibc

/// A tree of one test's own, in a temporary folder that is gone when the test is. The tree stands in `root`; what a
/// test needs outside of it goes beside it (`../name`).
package final class Workspace {
  /// Holds the tree and what lies outside of it.
  package let enclosure: String
  /// The tree.
  package var root: String { "\(enclosure)/tree" }
  /// Where runs write reports, unless told otherwise.
  package var reports: String { "\(root)/reports" }

  package init(_ entries: [String: Entry] = [:]) throws {
    var template = Array("/tmp/auditor-e2e-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw SystemCallFailed("mkdtemp", errno) }
    // Its full path, so that expectations hold where /tmp is a link.
    guard let real = realpath(made, nil) else { throw SystemCallFailed("realpath", errno) }
    defer { free(real) }
    enclosure = String(cString: real)
    chmod(enclosure, 0o755)
    mkdir(root, 0o755)
    // Only a phase that names a commit needs one, and processes are slow.
    let names = entries.values.contains { if case .file(let text) = $0 { text.contains("${COMMIT}") } else { false } }
    let commit = names ? try commit() : ""
    for (path, entry) in entries { try put(entry.naming(commit), at: path) }
  }

  deinit {
    Workspace.remove(Array(enclosure.utf8))
    // What lies deeper than a path may be long is left to a program that walks.
    if !Workspace.isAbsent(enclosure) { _ = try? BuiltBinary.start(["rm", "-rf", "--", enclosure], in: "/") }
  }

  /// Puts an entry at a path relative to the tree, with the folders above it. What stood there is replaced.
  package func put(_ entry: Entry, at path: String) throws { try put(entry, at: Array(path.utf8)) }

  /// The same for names that need not be UTF-8.
  package func put(_ entry: Entry, at path: [UInt8]) throws {
    let full = Array("\(root)/".utf8) + path
    if let slash = full.lastIndex(of: UInt8(ascii: "/")) { try makeFolders(full[..<slash]) }
    let name = full.map { CChar(bitPattern: $0) } + [0]
    let result: Int32
    switch entry {
    case .file(let text): result = write(Array(text.utf8), to: name)
    case .bytes(let bytes): result = write(bytes, to: name)
    case .sparse(let byteCount): result = write([], to: name) == 0 ? truncate(name, byteCount) : -1
    case .folder: result = mkdir(name, 0o755)
    case .link(let target): result = symlink(target, name)
    case .fifo: result = mkfifo(name, 0o644)
    case .socket: result = bindSocket(at: full)
    }
    if result != 0 { throw SystemCallFailed("put \(String(decoding: full, as: UTF8.self))", errno) }
  }

  /// The bytes of a file of the tree.
  package func bytes(of path: String) throws -> [UInt8] {
    guard let file = fopen("\(root)/\(path)", "rb") else { throw SystemCallFailed("open \(path)", errno) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    return bytes
  }

  /// A JSON file of the tree.
  package func json(of path: String) throws -> Value { try JSON.read(bytes(of: path)) }

  /// The names in a folder of the tree, sorted; none when there is no such folder.
  package func names(in path: String) -> [String] {
    Workspace.entries(of: Array("\(root)/\(path)".utf8)).map { String(decoding: $0, as: UTF8.self) }.sorted()
  }

  package func setMode(_ mode: mode_t, of path: String) { chmod("\(root)/\(path)", mode) }

  private func makeFolders(_ path: ArraySlice<UInt8>) throws {
    let name = path.map { CChar(bitPattern: $0) } + [0]
    if mkdir(name, 0o755) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: UInt8(ascii: "/")) else {
      throw SystemCallFailed("mkdir", errno)
    }
    try makeFolders(path[..<slash])
    if mkdir(name, 0o755) != 0 { throw SystemCallFailed("mkdir", errno) }
  }

  private func write(_ bytes: [UInt8], to name: [CChar]) -> Int32 {
    guard let file = fopen(name, "wb") else { return -1 }
    let written = fwrite(bytes, 1, bytes.count, file)
    return fclose(file) == 0 && written == bytes.count ? 0 : -1
  }

  private func bindSocket(at path: [UInt8]) -> Int32 {
    let number = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard number >= 0 else { return -1 }
    defer { close(number) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.prefix($0.count - 1)) }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }

  private static func entries(of folder: [UInt8]) -> [[UInt8]] {
    guard let stream = opendir(folder.map { CChar(bitPattern: $0) } + [0]) else { return [] }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
    }
    return names
  }

  private static func remove(_ path: [UInt8]) {
    let name = path.map { CChar(bitPattern: $0) } + [0]
    if unlink(name) == 0 { return }
    chmod(name, 0o700)
    for entry in entries(of: path) { remove(path + [UInt8(ascii: "/")] + entry) }
    rmdir(name)
  }
}

/// A test's own preparation failed; nothing is said about the product.
package struct SystemCallFailed: Error, CustomStringConvertible {
  package let description: String

  package init(_ call: String, _ code: Int32) { description = "\(call): \(String(cString: strerror(code)))" }
}

extension Workspace {
  /// Whether nothing stands at an absolute path, not even a link.
  package static func isAbsent(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) != 0
  }
}
