import Formats
import Rules

extension BundleRoot {
  /// What stands at a path of the command line.
  ///
  /// - Returns: the path relative to the root, nil for a file outside; and what was found. What is absent is absent,
  ///   wherever it would lie.
  func file(atCommandLinePath path: String) -> (path: String?, fact: FileFact) {
    let below = relative(path)
    guard FileStatus.exists(path) else { return (below, .absent) }
    guard let below else { return (nil, .outside) }
    return (below, file(below))
  }

  /// What stands at a path of a document, relative to the root; it is safe by its spelling.
  func file(_ path: String) -> FileFact {
    do throws(FileError) {
      switch try folder.locate(path).kind {
      case nil: return .absent
      case .folder?: return .irregular("folder")
      case .special(let kind)?: return .irregular(kind)
      case .file?: return .bytes(try folder.readSettled(path, limit: SourceLimits.bytes))
      }
    } catch {
      if error.isOutside { return .outside }
      return error.isAbsence ? .absent : .unreadable(error.explanation)
    }
  }
}
