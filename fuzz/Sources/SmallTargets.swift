import Formats

extension FuzzTarget {
  static let ulid = FuzzTarget(
    name: "ulid", promise: "what is read is written alike; a successor comes later; parts make the whole"
  ) { bytes in
    do throws(FormatError) {
      let ulid = try ULID(parsing: bytes.span)
      let upper = String(decoding: bytes, as: UTF8.self).uppercased()
      expect(ulid.description == upper, "'\(upper)' is written as '\(ulid)'")
      let whole = try ULID(milliseconds: Int64(ulid.milliseconds), randomness: ulid.randomness.span)
      expect(whole == ulid, "its parts make another one")
      do throws(FormatError) {
        let next = try ulid.successor()
        expect(ulid < next && ULID.isMonotonic([ulid, next]), "the successor does not come later")
        expect(ulid.description < next.description, "texts are ordered otherwise than values")
      } catch {
        expect(ulid.randomness.allSatisfy { $0 == 0xFF }, "no successor: \(error)")
      }
    } catch {
      expect((0...bytes.count).contains(error.position.offset), "an error at byte \(error.position.offset)")
    }
  }

  static let time = FuzzTarget(
    name: "time", promise: "RFC 3339 of an instant is read as that instant; dates and day numbers agree"
  ) { bytes in
    do throws(FormatError) {
      let time = try Timestamp(parsing: bytes.span)
      let date = time.date
      expect(CivilDate(dayNumber: date.dayNumber) == date, "\(date) is not the day of its number")
      expect(CivilDate(year: date.year, month: date.month, day: date.day) == date, "\(date) is no date")
      guard (0...9999).contains(date.year) else { return }
      do throws(FormatError) {
        let again = try Timestamp(parsing: time.rfc3339Milliseconds)
        expect(again == time, "\(time) is read as \(again)")
        expect(try Timestamp(parsing: time.compact) <= time, "\(time.compact) lies behind \(time)")
      } catch {
        expect(false, "\(time) is refused: \(error)")
      }
    } catch {
      PositionCheck(bytes).check(error)
    }
  }

  static let base64 = FuzzTarget(
    name: "base64", promise: "decoded bytes encode to the same text, up to bits that padding drops"
  ) { bytes in
    guard let text = String(validating: bytes, as: UTF8.self), let decoded = Base64.decode(text) else { return }
    let padding = bytes.count { $0 == UInt8(ascii: "=") }
    expect(decoded.count == bytes.count / 4 * 3 - padding, "\(decoded.count) bytes from \(bytes.count) digits")
    let again = encode(decoded)
    // The last digit before padding may have bits that stand for nothing.
    let free = padding == 0 ? 0 : 1
    let sure = bytes.count - padding - free
    expect(again.count == bytes.count && again.prefix(sure) == bytes.prefix(max(0, sure)), "another text: \(text)")
  }

  private static func encode(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = Array(bytes[start..<min(start + 3, bytes.count)])
      let bits = (group + [0, 0]).prefix(3).reduce(0) { $0 << 8 | Int($1) }
      for place in 0..<4 {
        text.append(place <= group.count ? digits[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
    }
    return text
  }

  /// The first byte says where the rest is cut in two.
  static let sha256 = FuzzTarget(
    name: "sha256", promise: "every kernel, whatever the pieces, gives the same digest; hexadecimal reads back"
  ) { bytes in
    let rest = Array(bytes.dropFirst())
    let cut = min(FuzzInput.choice(bytes.first, below: 256), rest.count)
    let (head, tail) = (Array(rest[..<cut]), Array(rest[cut...]))
    let whole = SHA256.digest(rest)
    for kernel in SHA256.Kernel.allCases {
      var pieces = SHA256(kernel: kernel)
      pieces.update(head)
      pieces.update(tail)
      expect(pieces.finalize() == whole, "\(kernel) digests pieces to something else")
    }
    let (first, second) = SHA256.digestPair(head.span, tail.span)
    expect(first == SHA256.digest(head), "the first of a pair differs")
    expect(second == SHA256.digest(tail), "the second of a pair differs")
    expect(Digest(hex: whole.hex) == whole, "hexadecimal is read as another digest")
    if let digits = Hex.bytes(of: rest.span, ignoringCase: true) {
      expect(Hex.text(of: digits.span) == String(decoding: rest, as: UTF8.self).lowercased(), "hexadecimal differs")
    }
  }
}
