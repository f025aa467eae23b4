import Glibc

/// A folder of one test's own, gone when the test is.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/auditor-test-XXXXXX".utf8CString)
    guard let made = unsafe mkdtemp(&template) else { throw Failure(code: errno) }
    path = unsafe String(cString: made)
  }

  deinit { Self.remove(path) }

  struct Failure: Error {
    let code: Int32
  }

  private static func remove(_ path: String) {
    if unsafe unlink(path) == 0 { return }
    if let stream = unsafe opendir(path) {
      while let entry = unsafe readdir(stream) {
        let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
          unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        if name != "." && name != ".." { remove(path + "/" + name) }
      }
      unsafe closedir(stream)
    }
    unsafe rmdir(path)
  }
}
