/// A start tag whose end has not come yet: counts its attributes while it grows, before libxml2 compares them.
struct XMLPendingTag {
  private var start = -1
  private var scanned = 0
  private var quote: UInt8?
  private var count = 0

  /// Looks at what the parser holds back: the bytes from `start` in its input. Each byte is looked at once.
  ///
  /// Returns the number of attributes so far; 0 when the bytes are no start tag.
  mutating func countAttributes(_ pending: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    guard pending.count > 1, unsafe pending[0] == UInt8(ascii: "<"), unsafe Self.isNameStart(pending[1]) else {
      return 0
    }
    if start != self.start {
      self = XMLPendingTag()
      self.start = start
    }
    while scanned < pending.count {
      let byte = unsafe pending[scanned]
      scanned += 1
      if quote == byte {
        quote = nil
      } else if quote == nil, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
        count += 1
      }
    }
    return count
  }

  private static func isNameStart(_ byte: UInt8) -> Bool {
    byte != UInt8(ascii: "!") && byte != UInt8(ascii: "?") && byte != UInt8(ascii: "/")
  }
}
