package import Formats

extension IgnoreTree {
  /// Reads the ignore files that bear on some paths below a work tree's root: `.git/info/exclude`, and the `.gitignore` of
  /// the root and of each folder above a path. As with git, one that is a symbolic link or lies beyond one is not read.
  ///
  /// - Throws: `FileError` for an ignore file that is there and cannot be read.
  package static func reading(root: String, for paths: [[UInt8]]) throws(FileError) -> IgnoreTree {
    var files: [IgnoreFile] = []
    if let file = try read(root, "", ".gitignore") { files.append(file) }
    var known: Set<[UInt8]> = []
    for path in paths {
      for end in path.indices where path[end] == UInt8(ascii: "/") {
        let folder = Array(path[..<end])
        let name = String(decoding: folder, as: UTF8.self)
        guard try FileKind.at("\(root)/\(name)") == .folder else { break }
        guard known.insert(folder).inserted else { continue }
        if let file = try read(root, name, "\(name)/.gitignore") { files.append(file) }
      }
    }
    return IgnoreTree(files, exclude: try read(root, "", ".git/info/exclude"))
  }

  private static func read(_ root: String, _ base: String, _ source: String) throws(FileError) -> IgnoreFile? {
    let path = "\(root)/\(source)"
    guard try FileKind.at(path) == .file else { return nil }
    return IgnoreFile(try FileReader.read(path), base: Array(base.utf8), source: source)
  }
}
