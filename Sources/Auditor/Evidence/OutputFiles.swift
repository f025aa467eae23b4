import Formats
import Rules

/// Finds and hashes the files of an output below an engine root (EVIDENCE_RULES section 4.1).
struct OutputFiles {
  let root: RootedFolder

  /// The digest over the joined bytes of the output's files, in code point order of their paths; nil where there is no
  /// file.
  ///
  /// - Throws: `FileError` for what is there and cannot be read, or leads outside.
  func digest(at path: String) throws(FileError) -> Digest? {
    let members = try files(at: path).map { MemberStream.Member(path: $0, name: $0) }
    if members.isEmpty { return nil }
    var stream = MemberStream(members, root: root)
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    var hasher = SHA256()
    while true {
      let filled = stream.fill(&buffer)
      if filled == 0 { break }
      hasher.update(buffer.span.extracting(..<filled))
    }
    if let failure = stream.failure { throw failure }
    if case .outsideRoot(let member)? = stream.problem { throw FileError(.read, path: member, reason: .outsideRoot) }
    if case .absent(let member)? = stream.problem { throw FileError(.read, path: member, reason: .replaced) }
    return hasher.finalize()
  }

  /// With a `*` in the path, the files of its folder that match the last part; of a folder all files below it; a file
  /// itself.
  private func files(at path: String) throws(FileError) -> [[UInt8]] {
    let parts = RootedFolder.components(of: Array(path.utf8))
    guard path.utf8.contains(UInt8(ascii: "*")), let last = parts.last else {
      switch try kind(at: path) {
      case .file: return [Array(path.utf8)]
      case .folder: return try files(below: path)
      case .special, nil: return []
      }
    }
    let folder = Array(parts.dropLast().joined(separator: [UInt8(ascii: "/")]))
    return try matches(of: last, in: String(decoding: folder, as: UTF8.self))
  }

  private func matches(of pattern: [UInt8], in folder: String) throws(FileError) -> [[UInt8]] {
    // A pattern of nothing but `**` means folders.
    guard pattern != Array("**".utf8), try kind(at: folder) == .folder, let glob = glob(pattern) else { return [] }
    return try root.tree(folder).filter { entry in
      Self.isFile(entry) && !entry.path.contains(UInt8(ascii: "/")) && glob.matches(entry.path)
    }.map { joined(Array(folder.utf8), $0.path) }
  }

  /// Braces and backslashes have no meaning in path templates.
  private func glob(_ pattern: [UInt8]) -> Glob? {
    let special = Set("{}\\".utf8)
    let escaped = pattern.flatMap { special.contains($0) ? [UInt8(ascii: "\\"), $0] : [$0] }
    return try? Glob("/" + String(decoding: escaped, as: UTF8.self))
  }

  private func files(below folder: String) throws(FileError) -> [[UInt8]] {
    try root.tree(folder).filter(Self.isFile).map { joined(Array(folder.utf8), $0.path) }
  }

  private static func isFile(_ entry: TreeEntry) -> Bool {
    entry.kind == .file || entry.kind == .linkToFile || entry.kind == .linkOutsideRoot
  }

  private func kind(at path: String) throws(FileError) -> FileKind? {
    do {
      return try root.inspect(path)
    } catch {
      if error.isAbsence { return nil }
      throw error
    }
  }
}
