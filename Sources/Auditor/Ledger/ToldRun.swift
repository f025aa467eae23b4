package import Formats

/// A file that tells a run: the report of an audit, or its lines, of which the first is the report without its findings and
/// each other one a finding.
package struct ToldRun {
  /// The report, or its first line.
  package let report: Value
  /// Whether findings stand on lines of their own.
  package let hasLines: Bool
  /// The digest of the report; nil for lines, which are read only once.
  package let sha256: String?
  /// About how many findings there are.
  package let expectedCount: Int
  private let path: String

  /// The least bytes of a finding, more or less.
  private static let usualLine = 256

  /// Reads the report, or the first line.
  ///
  /// - Throws: `FileError`, or `FormatError` for what is no JSON.
  package init(_ path: String) throws {
    self.path = path
    var file = try LineBlocks(path, isHashed: false)
    let isThere = try file.advance()
    let bytes = isThere ? Array(file.buffer[file.lines].prefix { $0 != UInt8(ascii: "\n") }) : []
    if let first = try? JSON.read(bytes), first.kind == .object, first["findings"] == nil {
      report = first
      hasLines = true
      sha256 = nil
      expectedCount = try FileStatus.of(path).byteCount / ToldRun.usualLine
    } else {
      let whole = try FileReader.read(path)
      report = try JSON.read(whole)
      hasLines = false
      sha256 = SHA256.digest(whole).hex
      expectedCount = report["findings"]?.count ?? 0
    }
  }

  /// Hands over the lines of the file, the first too, in blocks of whole lines.
  ///
  /// - Parameter progress: told how many of how many bytes were read.
  /// - Returns: the digest of the file.
  package func eachBlock(
    progress: (Int, Int) -> Void = { _, _ in }, _ body: ([UInt8], Range<Int>) throws -> Void
  ) throws -> String {
    let total = try FileStatus.of(path).byteCount
    var file = try LineBlocks(path)
    while try file.advance() {
      try body(file.buffer, file.lines)
      progress(file.byteCount, total)
    }
    try file.checkUnchanged()
    return file.digest.hex
  }
}
