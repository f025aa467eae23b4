import Formats
import Rules

/// Takes the next bytes of a report, in order; what it throws ends the writing.
package typealias ReportSink = ([UInt8]) throws -> Void

extension JSONWriter {
  /// Hands over what has gathered, once that is worth a system call.
  mutating func deliver(to sink: ReportSink) throws {
    if bytes.count >= 1 << 16 { try sink(takeBytes()) }
  }

  /// Ends a document and hands over the rest.
  mutating func finish(to sink: ReportSink) throws {
    newline()
    try sink(takeBytes())
  }
}

/// Writing with a sink that keeps everything, for what needs the whole.
enum WholeReport {
  /// The bytes that a report writes, with secrets masked: the digest that is kept of a report is that of what is told.
  static func bytes(_ write: (ReportSink) throws -> Void) rethrows -> [UInt8] {
    var bytes: [UInt8] = []
    try write { bytes += $0 }
    return SecretMask.masked(bytes)
  }
}
