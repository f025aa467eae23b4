import Glibc

/// An operation of the file system failed: which one, on what, and why. The description says what to do next.
package struct FileError: Error, Sendable, Equatable {
  /// What was being done.
  package enum Operation: String, Sendable {
    /// Opening a file for reading.
    case open
    /// Reading from an open file.
    case read
    /// Listing a folder.
    case list
    /// Asking what a path is.
    case inspect
    /// Writing a file.
    case write
    /// Putting a written file in its place.
    case rename
    /// Making a folder.
    case makeFolder = "make the folder"
    /// Keeping others away.
    case lock
    /// Resolving a path that must stay below a root.
    case resolve
  }

  /// Why it failed.
  package enum Reason: Sendable, Equatable {
    /// The system's error number.
    case system(Int32)
    /// The path leads outside the root.
    case outsideRoot
    /// The path is no regular file: a folder, FIFO, socket or device.
    case notRegular(String)
    /// The file is larger than a named limit.
    case tooLarge(limit: Int)
    /// A line of the file is longer than a named limit.
    case longLine(limit: Int)
    /// The folders are nested deeper than a named limit.
    case tooDeep(limit: Int)
    /// The file was replaced between being found and being opened.
    case replaced
    /// Another process holds the file for longer than anybody would wait.
    case locked
    /// This signal asked the process to stop.
    case interrupted(String)
  }

  /// What was being done.
  package let operation: Operation
  /// What it was done to, as the caller wrote it.
  package let path: String
  /// Why it failed.
  package let reason: Reason

  /// An error for a reason of ours.
  package init(_ operation: Operation, path: String, reason: Reason) {
    self.operation = operation
    self.path = path
    self.reason = reason
  }

  /// An error that the system reported.
  package init(_ operation: Operation, path: String, code: Int32) {
    self.init(operation, path: path, reason: .system(code))
  }
}

extension FileError: CustomStringConvertible {
  /// `PATH: cannot OPERATION: REASON`, with a hint where one helps.
  package var description: String { "\(path): cannot \(operation.rawValue): \(explanation)" }

  /// The reason without the path.
  package var explanation: String {
    switch reason {
    case .system(let code):
      switch code {
      case ENOENT: "no such file or folder"
      case EACCES, EPERM: "permission denied; run as a user who may read it, or exclude it"
      case EISDIR: "it is a folder"
      case ENOTDIR: "a part of the path is no folder"
      case ELOOP: "too many symbolic links"
      case ENAMETOOLONG: "the name is too long"
      case ENXIO: "it is a socket or a device without a driver, not a regular file"
      case ENOSPC: "no space left on the device"
      default: "\(unsafe String(cString: strerror(code))) (error \(code))"
      }
    case .outsideRoot where operation == .write: "it leads outside the root; nothing is written out there"
    case .outsideRoot: "it leads outside the root; nothing out there is read"
    case .notRegular(let kind): "it is a \(kind), not a regular file"
    case .tooLarge(let limit): "it is larger than \(limit) bytes (limit 'fileBytes')"
    case .longLine(let limit): "a line of it is longer than \(limit) bytes (limit 'lineBytes')"
    case .tooDeep(let limit): "it lies more than \(limit) folders deep (limit 'folderDepth')"
    case .replaced: "it was replaced while it was being read; run again when nothing writes there"
    case .interrupted(let signal): "\(signal) asked this run to stop before; run it again"
    case .locked: "another process holds it locked; nothing was written"
    }
  }
}
