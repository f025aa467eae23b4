/// A set of ASCII bytes, tested in a few instructions.
struct ByteSet {
  private let low: UInt64
  private let high: UInt64

  init(_ members: StaticString) {
    var low: UInt64 = 0
    var high: UInt64 = 0
    for index in 0..<members.utf8CodeUnitCount {
      let byte = unsafe members.utf8Start[index]
      if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte & 63) }
    }
    self.low = low
    self.high = high
  }

  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    guard byte < 0x80 else { return false }
    return ((byte < 64 ? low : high) >> UInt64(byte & 63)) & 1 != 0
  }

  static let flowIndicators = ByteSet(",[]{}")
  static let plainStops = ByteSet(":#\n\r")
  static let flowPlainStops = ByteSet(",[]{}:#\n\r")
  static let doubleQuotedStops = ByteSet("\"\\\n\r")
  static let singleQuotedStops = ByteSet("'\n\r")
  static let tagPunctuation = ByteSet("%#;/?:@&=+$_.~*'()")
}

/// A space or a tab.
@inline(__always)
func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

@inline(__always)
func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

/// A blank, a line end, or the end of the input.
@inline(__always)
func isBlankOrEnd(_ byte: UInt8) -> Bool { isBlank(byte) || isLineEnd(byte) || byte == 0 }

/// One of `,[]{}`.
@inline(__always)
func isFlowIndicator(_ byte: UInt8) -> Bool { ByteSet.flowIndicators.contains(byte) }
