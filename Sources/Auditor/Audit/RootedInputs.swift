import Formats
import Rules

/// What an audited tree names to be read must lie in it, behind links too: the tree is not trusted.
struct RootedInputs {
  private let folder: RootedFolder

  init(root: String) throws(FileError) {
    folder = try RootedFolder(root)
  }

  /// The bytes of a file of the tree, or nil where nothing of that name stands.
  func read(_ name: String) throws(FileError) -> [UInt8]? {
    guard try FileKind.at("\(folder.path)/\(name)") != nil else { return nil }
    return try folder.read(name)
  }

  /// Refuses paths that lead outside, and folders with an entry that does. What is absent is for others to tell.
  func check(_ paths: [String]) throws(FileError) {
    for path in paths {
      do throws(FileError) {
        guard try folder.inspect(path) == .folder else { continue }
        guard let entry = try folder.tree(path).first(where: { $0.kind == .linkOutsideRoot }) else { continue }
        throw FileError(
          .open, path: "\(path)/\(String(decoding: entry.path, as: UTF8.self))", reason: .outsideRoot)
      } catch {
        if error.isOutside { throw FileError(.open, path: error.path, reason: .outsideRoot) }
      }
    }
  }

  /// The gap that a path leaves which leads outside, or nil.
  func gap(_ path: String, _ area: Unevaluated.Area) -> Unevaluated? {
    do {
      _ = try folder.inspect(path)
      return nil
    } catch {
      guard error.isOutside else { return nil }
      return Unevaluated(area: area, location: Location(path: path), message: "not read: \(error.explanation)")
    }
  }
}
