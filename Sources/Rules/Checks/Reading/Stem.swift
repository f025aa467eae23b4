extension String {
  /// Whether the name holds a stem, which is given in lower case; ASCII letters of the name may be of either case.
  func holds(_ stem: [UInt8]) -> Bool {
    guard let first = stem.first else { return true }
    let bytes = utf8
    guard bytes.count >= stem.count else { return false }
    var start = bytes.startIndex
    for _ in 0...(bytes.count - stem.count) {
      if bytes[start].lowercasedASCII == first, bytes[start...].startsIgnoringCase(with: stem) { return true }
      bytes.formIndex(after: &start)
    }
    return false
  }
}

extension Substring.UTF8View {
  fileprivate func startsIgnoringCase(with stem: [UInt8]) -> Bool {
    var place = startIndex
    for byte in stem {
      guard place < endIndex, self[place].lowercasedASCII == byte else { return false }
      formIndex(after: &place)
    }
    return true
  }
}

extension UInt8 {
  fileprivate var lowercasedASCII: UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
  }
}
