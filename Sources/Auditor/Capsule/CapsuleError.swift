package import Rules

/// Why a capsule was not written. What stood in its place is untouched.
package enum CapsuleError: Error, Sendable, CustomStringConvertible {
  /// Something stands there that is no capsule, or that nobody put into one.
  case occupied(path: String, stranger: String)
  /// A file is not what was judged any more.
  case changed(InputRecord)
  /// A file could not be read or written.
  case file(FileError)

  /// One line: what is wrong, and what to do.
  package var description: String {
    switch self {
    case .occupied(let path, let stranger):
      "\(path): holds '\(stranger)', which is no part of a capsule; name a folder that does not exist or is empty"
    case .changed(let input):
      "\(input.path): it was changed since it was judged; make the capsule again when nothing writes there"
    case .file(let error): "\(error)"
    }
  }
}
