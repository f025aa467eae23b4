import Glibc

extension XMLWriter {
  /// Begins a document that goes to an open file, pipe or socket; the descriptor stays the caller's to close.
  ///
  /// A failed write throws the system's reason. Interrupted and partial writes are continued.
  public init(_ layout: Layout = .indented, toFileDescriptor descriptor: Int32) throws(FormatError) {
    try self.init(layout) { (chunk: Span<UInt8>) throws(FormatError) in
      var written = 0
      while written < chunk.count {
        let rest = chunk.extracting(written...)
        let result = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
        if result >= 0 {
          written += result
        } else if errno != EINTR {
          throw FormatError(.xml, .reported("cannot write: \(unsafe String(cString: strerror(errno)))"))
        }
      }
    }
  }
}
