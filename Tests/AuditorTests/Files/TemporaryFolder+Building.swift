import Auditor
import Glibc
import Testing

/// What tests put into a temporary folder; paths are relative to it.
extension TemporaryFolder {
  /// Writes a file, making the folders above it.
  func write(_ text: String, to relative: String) throws { try write(Array(text.utf8), to: relative) }

  /// Writes a file, making the folders above it.
  func write(_ bytes: [UInt8], to relative: String) throws { try AtomicFile.write(bytes, to: "\(path)/\(relative)") }

  func makeFolder(_ relative: String) throws { try AtomicFile.makeFolder("\(path)/\(relative)") }

  func removeFile(_ relative: String) throws { try #require(unsafe unlink("\(path)/\(relative)") == 0) }

  /// Makes a link; its folder must exist.
  func link(_ relative: String, to target: String) throws {
    try #require(unsafe symlink(target, "\(path)/\(relative)") == 0)
  }

  func makeFIFO(_ relative: String) throws { try #require(unsafe mkfifo("\(path)/\(relative)", 0o600) == 0) }
}
