import Glibc

/// Where git looks for a repository, as the file system shows it. A repository in an audited tree belongs to the tree: what
/// it would lead git to is looked at before git is.
struct GitPlace {
  /// The folder that holds `.git`: the nearest at or above another. A real path.
  let top: String
  /// The folder of the repository itself: `.git`, or what a file of that name leads to.
  private let folder: String

  /// What git reads when it is asked about a repository, and would wait for without end where it is a FIFO.
  private static let files = [
    "HEAD", "config", "config.worktree", "packed-refs", "index", "commondir", "gitdir", "shallow", "info/exclude",
    "info/attributes", "info/grafts", "objects/info/alternates",
  ]

  /// The place that holds a folder; nil where there is none up to the root of the file system.
  init?(containing path: String) {
    guard var place = ResolvedPath.real(path) else { return nil }
    while true {
      let name = place == "/" ? "/.git" : "\(place)/.git"
      if FileKind(ofPath: name) != nil {
        top = place
        folder = GitPlace.target(ofFile: name, in: place) ?? name
        return
      }
      if place == "/" { return nil }
      place = PathParts(place).folder
    }
  }

  /// The first of git's own files that is no file, in words; nil when all are.
  var irregularFile: String? {
    for name in GitPlace.files {
      var status = stat()
      // A link would be followed by git too.
      guard unsafe stat("\(folder)/\(name)", &status) == 0, let kind = FileReader.irregularKind(status.st_mode),
        kind != "folder"
      else { continue }
      return "\(folder)/\(name) is a \(kind)"
    }
    return nil
  }

  /// Whether the entries of an open folder make it a repository of its own, as git tells it: nothing is one by its name.
  static func isRepository(_ descriptor: Int32) -> Bool {
    guard unsafe faccessat(descriptor, ".git", F_OK, 0) == 0 else { return false }
    let file = unsafe openat(descriptor, ".git", O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard file >= 0 else { return false }
    defer { close(file) }
    let names = ["HEAD", "objects", "refs"]
    if names.allSatisfy({ unsafe faccessat(file, $0, F_OK, 0) == 0 }) { return true }
    guard let bytes = try? FileReader.read(file, path: ".git", limit: Int(PATH_MAX)), let target = target(in: bytes)
    else { return false }
    return unsafe faccessat(descriptor, "\(target)/HEAD", F_OK, 0) == 0
  }

  private static func target(ofFile name: String, in folder: String) -> String? {
    guard let bytes = try? FileReader.read(name, limit: Int(PATH_MAX)), let target = target(in: bytes) else {
      return nil
    }
    return target.hasPrefix("/") ? target : "\(folder)/\(target)"
  }

  /// What a `.git` file says: `gitdir: PATH`.
  private static func target(in bytes: [UInt8]) -> String? {
    let mark = Array("gitdir: ".utf8)
    guard bytes.starts(with: mark), !bytes.contains(0) else { return nil }
    return String(decoding: bytes.dropFirst(mark.count).prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
  }
}
