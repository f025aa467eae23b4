import Formats
import Glibc
package import Rules

/// The folder of a capsule, written whole or not at all: beside its place first, and put there when nothing is missing. An
/// earlier capsule is replaced; anything else that stands there is refused. A kill can leave `DIR.N.tmp` (unfinished), and
/// between two renames the earlier capsule as `DIR.N.old`, never half of one in its place.
package struct CapsuleFolder: Sendable {
  private let path: String
  private static let sums = "SHA256SUMS"
  private static let manifest = "capsule.json"

  /// A capsule's place, as the process sees it.
  package init(_ path: String) {
    var path = path
    while path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.path = path
  }

  /// Writes the capsule.
  ///
  /// - Parameters:
  ///   - files: paths in the capsule, with what stands there; `verify.sh` may be run.
  ///   - copies: files of the tree that are copied as they were judged.
  ///   - root: the audited tree.
  /// - Throws: `CapsuleError`; what stood there before then stands there still.
  package func write(
    _ files: [(path: String, bytes: [UInt8])], copies: [(input: InputRecord, path: String)], root: String
  ) throws(CapsuleError) {
    let earlier = try earlierFiles()
    // The name is unique to this process: two at once never share it.
    let temporary = "\(path).\(getpid()).tmp"
    let aside = "\(path).\(getpid()).old"
    var written: [String] = []
    do throws(CapsuleError) {
      try fill(temporary, files, copies, root, &written)
      try put(temporary, aside: earlier == nil ? nil : aside)
    } catch {
      remove(written, in: temporary)
      throw error
    }
    // Nothing but what the earlier capsule was made of is removed.
    if let earlier { remove(earlier, in: aside) }
  }

  private func fill(
    _ folder: String, _ files: [(path: String, bytes: [UInt8])], _ copies: [(input: InputRecord, path: String)],
    _ root: String, _ written: inout [String]
  ) throws(CapsuleError) {
    do throws(FileError) {
      try AtomicFile.makeFolder(folder)
      for file in files {
        written.append(file.path)
        try AtomicFile.write(file.bytes, to: "\(folder)/\(file.path)")
      }
    } catch {
      throw .file(error)
    }
    unsafe chmod("\(folder)/verify.sh", 0o755)
    let tree: RootedFolder
    do throws(FileError) { tree = try RootedFolder(root) } catch { throw .file(error) }
    for copy in copies {
      let bytes = try bytes(of: copy.input, in: tree)
      written.append(copy.path)
      do throws(FileError) {
        try AtomicFile.write(bytes, to: "\(folder)/\(copy.path)")
      } catch {
        throw .file(error)
      }
    }
  }

  /// A file as it was judged. What a command line named lies where the process stands, not below the root.
  private func bytes(of input: InputRecord, in tree: RootedFolder) throws(CapsuleError) -> [UInt8] {
    let first: FileError
    do throws(FileError) {
      let bytes = try tree.read(input.path)
      if SHA256.digest(bytes).hex == input.sha256 { return bytes }
      first = FileError(.read, path: input.path, reason: .replaced)
    } catch {
      first = error
    }
    if let bytes = try? FileReader.read(input.path), SHA256.digest(bytes).hex == input.sha256 { return bytes }
    throw first.reason == .replaced ? .changed(input) : .file(first)
  }
}

// MARK: - Its place

extension CapsuleFolder {
  /// The files of the capsule that stands there; nil where there is nothing, or an empty folder.
  private func earlierFiles() throws(CapsuleError) -> [String]? {
    guard let kind = FileKind(ofPath: path) else { return nil }
    guard kind == .folder else { throw .occupied(path: path, stranger: "a \(kind.name)") }
    let entries: [TreeEntry]
    let sums: [UInt8]?
    do throws(FileError) {
      let folder = try RootedFolder(path)
      entries = try folder.tree(".")
      sums = entries.contains { $0.path == Array(Self.sums.utf8) } ? try folder.read(Self.sums) : nil
    } catch {
      throw .file(error)
    }
    if entries.isEmpty { return nil }
    var own = Set((sums.map(Self.names) ?? []).map { Array($0.utf8) })
    if !own.contains(Array(Self.manifest.utf8)) { own = [] } else { own.insert(Array(Self.sums.utf8)) }
    for entry in entries where entry.kind != .folder {
      if entry.kind != .file || !own.contains(entry.path) {
        throw .occupied(path: path, stranger: String(decoding: entry.path, as: UTF8.self))
      }
    }
    // Folders alone are somebody's, too.
    if own.isEmpty { throw .occupied(path: path, stranger: String(decoding: entries[0].path, as: UTF8.self)) }
    return entries.filter { $0.kind == .file }.map { String(decoding: $0.path, as: UTF8.self) }
  }

  /// The files that a list of digests names, as GNU writes them.
  private static func names(in sums: [UInt8]) -> [String] {
    sums.split(separator: UInt8(ascii: "\n")).compactMap { line in
      let isEscaped = line.first == UInt8(ascii: "\\")
      let name = line.dropFirst((isEscaped ? 1 : 0) + Digest.hexCount + 2)
      if name.isEmpty { return nil }
      let text = String(decoding: name, as: UTF8.self)
      if !isEscaped { return text }
      return text.replacing("\\\\", with: "\0").replacing("\\n", with: "\n").replacing("\\r", with: "\r")
        .replacing("\0", with: "\\")
    }
  }

  /// Puts the finished folder in its place. An earlier capsule stands aside until the new one is there.
  private func put(_ temporary: String, aside: String?) throws(CapsuleError) {
    if let aside, unsafe rename(path, aside) != 0 { throw .file(FileError(.rename, path: path, code: errno)) }
    if unsafe rename(temporary, path) == 0 { return }
    let code = errno
    if let aside { unsafe rename(aside, path) }
    throw .file(FileError(.rename, path: path, code: code))
  }

  /// Removes files, and the folders that held nothing else.
  private func remove(_ files: [String], in folder: String) {
    var folders: Set<String> = []
    for file in files {
      unsafe unlink("\(folder)/\(file)")
      var parts = file.split(separator: "/")
      while parts.popLast() != nil, !parts.isEmpty { folders.insert(parts.joined(separator: "/")) }
    }
    for name in folders.sorted(by: { $0.utf8.count > $1.utf8.count }) { unsafe rmdir("\(folder)/\(name)") }
    unsafe rmdir(folder)
  }
}
