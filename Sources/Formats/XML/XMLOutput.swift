/// What stands between libxml2's output callback and a sink: gathers small writes, keeps the sink's error.
final class XMLOutput {
  private static let chunkSize = 1 << 16

  private let sink: XMLWriter.Sink
  private var pending: [UInt8] = []
  private var isAbandoned = false
  private(set) var failure: FormatError?

  init(_ sink: @escaping XMLWriter.Sink) {
    self.sink = sink
    pending.reserveCapacity(Self.chunkSize * 2)
  }

  /// Takes bytes from libxml2; false ends the writing.
  func take(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    if isAbandoned { return true }
    unsafe pending.append(contentsOf: bytes)
    return pending.count < Self.chunkSize || deliver()
  }

  /// Hands everything that was gathered to the sink.
  @discardableResult
  func deliver() -> Bool {
    guard failure == nil else { return false }
    guard !pending.isEmpty else { return true }
    do throws(FormatError) {
      try sink(pending.span)
      pending.removeAll(keepingCapacity: true)
      return true
    } catch {
      failure = error
      return false
    }
  }

  /// Ignores what still comes: a writer that was dropped half way delivers nothing more.
  func abandon() { isAbandoned = true }
}
