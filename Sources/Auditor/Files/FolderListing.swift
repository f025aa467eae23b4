import Glibc

/// The names in one folder.
package enum FolderListing {
  /// The names without `.` and `..`, sorted by their bytes; names that are not UTF-8 are repaired for showing.
  ///
  /// - Throws: `FileError` when the folder cannot be listed.
  package static func names(in path: String) throws(FileError) -> [String] {
    guard let folder = unsafe opendir(path) else { throw FileError(.list, path: path, code: errno) }
    defer { unsafe closedir(folder) }
    return try unsafe entries(of: folder, path: path).map { String(decoding: $0.name, as: UTF8.self) }
  }

  struct Entry {
    let name: [UInt8]
    let type: UInt8
  }

  /// Everything in an open folder, sorted by name, so that walks are the same on every file system.
  static func entries(of folder: OpaquePointer, path: String) throws(FileError) -> [Entry] {
    var entries: [Entry] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(folder) else {
        guard errno == 0 else { throw FileError(.list, path: path, code: errno) }
        break
      }
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { buffer in
        unsafe Array(buffer[..<(buffer.firstIndex(of: 0) ?? buffer.count)])
      }
      if name == [0x2E] || name == [0x2E, 0x2E] { continue }
      unsafe entries.append(Entry(name: name, type: entry.pointee.d_type))
    }
    return entries.sorted { $0.name.lexicographicallyPrecedes($1.name) }
  }
}
