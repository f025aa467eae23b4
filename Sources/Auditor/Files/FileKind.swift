import Glibc

/// What stands at a path.
package enum FileKind: Sendable, Equatable {
  /// A regular file.
  case file
  /// A folder.
  case folder
  /// A FIFO, socket or device, by its name; never opened.
  case special(String)

  /// The kind that a mode tells; a symbolic link counts as special, for links are followed before.
  init(mode: mode_t) {
    switch FileReader.irregularKind(mode) {
    case nil: self = .file
    case "folder"?: self = .folder
    case let other?: self = .special(other)
    }
  }

  /// Asks the system, following no link; nil where there is nothing, or nothing that may be looked at.
  package init?(ofPath path: String) {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { return nil }
    self.init(mode: status.st_mode)
  }
}

extension FileKind {
  /// What stands at a path, following no link; nil only where nothing does. For names whose absence decides something.
  ///
  /// - Throws: `FileError` where that cannot be told.
  static func at(_ path: String) throws(FileError) -> FileKind? {
    var status = stat()
    if unsafe lstat(path, &status) == 0 { return FileKind(mode: status.st_mode) }
    let error = FileError(.inspect, path: path, code: errno)
    guard error.isAbsence else { throw error }
    return nil
  }

  /// The kind in words, for messages.
  package var name: String {
    switch self {
    case .file: "file"
    case .folder: "folder"
    case .special(let name): name
    }
  }
}
