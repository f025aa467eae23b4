/// IP addresses, mail addresses and UUIDs.
extension ByteScanner {
  /// RFC 2673, section 3.2: four decimal numbers without leading zeros.
  mutating func ipv4() -> Bool {
    for part in 0..<4 {
      if part > 0, !take(".") { return false }
      let start = offset
      let count = takeWhile(isDigit)
      guard (1...3).contains(count) else { return false }
      let digits = text(from: start)
      if count > 1, digits.first == UInt8(ascii: "0") { return false }
      if digits.reduce(0, { $0 * 10 + Int($1 - UInt8(ascii: "0")) }) > 255 { return false }
    }
    return true
  }

  /// RFC 4291, section 2.2: eight groups, `::` once for any number of zero groups, an IPv4 address as the last two.
  mutating func ipv6() -> Bool {
    var groups = 0
    var isShortened = false
    if take(":") {
      guard take(":") else { return false }
      isShortened = true
    }
    while let byte = next, isHexDigit(byte) {
      let start = offset
      let count = takeWhile(isHexDigit)
      if next == UInt8(ascii: ".") {
        move(to: start)
        guard ipv4() else { return false }
        groups += 2
        break
      }
      guard count <= 4 else { return false }
      groups += 1
      guard take(":") else { break }
      if take(":") {
        if isShortened { return false }
        isShortened = true
      } else if !(next.map(isHexDigit) ?? false) {
        return false
      }
    }
    return isShortened ? groups <= 7 : groups == 8
  }

  /// RFC 5321, section 4.1.2, `Mailbox`; RFC 6531 adds everything above ASCII.
  mutating func mailbox(isInternational: Bool) -> Bool {
    let hasLocalPart = next == UInt8(ascii: "\"") ? quotedText(isInternational) : dottedText(isInternational)
    guard hasLocalPart, take("@") else { return false }
    if take("[") { return addressLiteral() && take("]") && isAtEnd }
    return isInternational ? HostName.isValidInternational(rest) : HostName.isValid(rest)
  }

  private mutating func dottedText(_ isInternational: Bool) -> Bool {
    repeat {
      let count = takeWhile { byte in
        isLetter(byte) || isDigit(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
          || (isInternational && byte >= 0x80)
      }
      if count == 0 { return false }
    } while take(".")
    return true
  }

  private mutating func quotedText(_ isInternational: Bool) -> Bool {
    guard take("\"") else { return false }
    while let byte = next, byte != UInt8(ascii: "\"") {
      skip()
      if byte == UInt8(ascii: "\\") {
        guard let escaped = next, escaped >= 0x20, escaped < 0x7F else { return false }
        skip()
      } else if byte < 0x20 || byte == 0x7F || (byte >= 0x80 && !isInternational) {
        return false
      }
    }
    return take("\"")
  }

  private mutating func addressLiteral() -> Bool {
    guard rest.starts(with: "IPv6:".utf8) else { return ipv4() }
    move(to: offset + 5)
    return ipv6()
  }

  /// RFC 4122: 8-4-4-4-12 hexadecimal digits.
  mutating func uuid() -> Bool {
    for (index, length) in [8, 4, 4, 4, 12].enumerated() {
      if index > 0, !take("-") { return false }
      for _ in 0..<length {
        guard let byte = next, isHexDigit(byte) else { return false }
        skip()
      }
    }
    return true
  }
}

/// JSON pointers as formats: RFC 6901, and relative ones.
extension ByteScanner {
  mutating func jsonPointer() -> Bool {
    if isAtEnd { return true }
    guard next == UInt8(ascii: "/") else { return false }
    while let byte = next {
      skip()
      if byte == UInt8(ascii: "~"), !(take("0") || take("1")) { return false }
    }
    return true
  }

  mutating func relativeJSONPointer() -> Bool {
    guard whole() else { return false }
    if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") {
      skip()
      guard whole() else { return false }
    }
    if take("#") { return isAtEnd }
    return jsonPointer()
  }

  /// A decimal number without leading zeros.
  private mutating func whole() -> Bool {
    if take("0") { return !(next.map(isDigit) ?? false) }
    return takeWhile(isDigit) > 0
  }
}
