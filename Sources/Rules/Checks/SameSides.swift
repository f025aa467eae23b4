/// Whether a comparison on a line may have the same on both sides: what no pattern can say, for it would have to remember.
enum SameSides {
  /// Whether what follows `==` or `is` begins with a token that also stands before it.
  static func mayStand(on line: Span<UInt8>) -> Bool {
    var index = 0
    while index + 1 < line.count {
      let length = comparison(at: index, of: line)
      if length > 0, isRepeated(after: index + length, before: index, of: line) { return true }
      index += max(length, 1)
    }
    return false
  }

  /// How long the comparison is that begins at a byte; 0 for none.
  private static func comparison(at index: Int, of line: Span<UInt8>) -> Int {
    if line[index] == UInt8(ascii: "="), line[index + 1] == UInt8(ascii: "=") {
      return index + 2 < line.count && line[index + 2] == UInt8(ascii: "=") ? 3 : 2
    }
    let isWord =
      line[index] == UInt8(ascii: "i") && line[index + 1] == UInt8(ascii: "s")
      && (index == 0 || !Tokenizer.isWordByte(line[index - 1]))
      && (index + 2 == line.count || !Tokenizer.isWordByte(line[index + 2]))
    return isWord ? 2 : 0
  }

  private static func isRepeated(after start: Int, before end: Int, of line: Span<UInt8>) -> Bool {
    var first = start
    while first < line.count, line[first] == 0x20 || line[first] == 0x09 { first += 1 }
    var last = first
    while last < line.count, Tokenizer.isWordByte(line[last]) { last += 1 }
    let isWord = last > first
    if !isWord { last = min(first + 1, line.count) }
    let count = last - first
    guard count > 0, count <= end else { return false }
    for place in 0...(end - count) where line[place] == line[first] {
      var same = 1
      while same < count, line[place + same] == line[first + same] { same += 1 }
      let stands =
        !isWord
        || (place == 0 || !Tokenizer.isWordByte(line[place - 1])) && !Tokenizer.isWordByte(line[place + count])
      if same == count, stands { return true }
    }
    return false
  }
}
