import Glibc

/// Where this process is.
package enum WorkingDirectory {
  /// The absolute path, without links.
  package static func path() throws(FileError) -> String {
    guard let text = unsafe getcwd(nil, 0) else { throw FileError(.inspect, path: ".", code: errno) }
    defer { unsafe free(text) }
    return unsafe String(cString: text)
  }
}
