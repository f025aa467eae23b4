extension LazyDFA {
  /// Where the first match ends that begins in `from...latestStart`, or nil. Bytes around the range are seen by
  /// conditions only.
  ///
  /// - Parameters:
  ///   - range: what is read.
  ///   - isAnchored: whether the match has to begin where the range does.
  ///   - latestStart: where the match has to begin at the latest; nil is the end of the range.
  ///   - isEarliest: stop at the first end that is found: enough to know whether there is a match.
  mutating func end(
    in bytes: Span<UInt8>, _ range: Range<Int>, isAnchored: Bool, latestStart: Int? = nil, isEarliest: Bool = false
  ) -> Int? {
    var cell = start(after: range.lowerBound > 0 ? bytes[range.lowerBound - 1] : nil, isAnchored: isAnchored)
    if cell & LazyDFA.dead != 0 { return nil }
    var at = range.lowerBound
    var last: Int?
    if let latestStart, !isAnchored, latestStart < range.upperBound {
      guard run(bytes, &at, until: max(latestStart, at), &cell, &last, isEarliest) else { return last }
      cell = frozen(cell)
      if cell & LazyDFA.dead != 0 { return last }
    }
    guard run(bytes, &at, until: range.upperBound, &cell, &last, isEarliest) else { return last }
    let next = cellAfter(cell, range.upperBound < bytes.count ? bytes[range.upperBound] : nil)
    return next & LazyDFA.match != 0 ? range.upperBound : last
  }

  /// Where the longest match begins that ends at the end of the range, read backwards by a reversed program.
  mutating func start(in bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    var cell = start(after: range.upperBound < bytes.count ? bytes[range.upperBound] : nil, isAnchored: true)
    var at = range.upperBound
    var last: Int?
    while at > range.lowerBound {
      if cell & LazyDFA.dead != 0 { return last }
      at -= 1
      steps += 1
      let next = cellAfter(cell, bytes[at])
      if next & LazyDFA.match != 0 { last = at + 1 }
      cell = next & ~LazyDFA.match
    }
    if cell & LazyDFA.dead != 0 { return last }
    let next = cellAfter(cell, range.lowerBound > 0 ? bytes[range.lowerBound - 1] : nil)
    return next & LazyDFA.match != 0 ? range.lowerBound : last
  }

  private mutating func cellAfter(_ cell: Cell, _ byte: UInt8?) -> Cell {
    let column = byte.map { Int(program.classes[Int($0)]) } ?? program.classCount
    let next = table[Int(cell) + column]
    return next & LazyDFA.unknown != 0 ? resolve(cell, byte) : next
  }

  /// Reads up to a place; false when the search is over before it.
  private mutating func run(
    _ bytes: Span<UInt8>, _ at: inout Int, until end: Int, _ cell: inout Cell, _ last: inout Int?, _ isEarliest: Bool
  ) -> Bool {
    while at < end {
      let begin = at
      var next = glide(bytes, &at, end, &cell, &last, isEarliest)
      steps += at - begin + 1
      if next < LazyDFA.firstMark { return true }
      if next & LazyDFA.unknown != 0 { next = resolve(cell, bytes[at]) }
      if next & LazyDFA.match != 0 {
        last = at
        if isEarliest { return false }
      }
      if next & LazyDFA.dead != 0 { return false }
      cell = next & LazyDFA.rowMask
      at += 1
    }
    return true
  }

  /// The loop over known cells. Stops at the end, or in front of the byte whose cell is returned.
  private func glide(
    _ bytes: Span<UInt8>, _ at: inout Int, _ end: Int, _ cell: inout Cell, _ last: inout Int?, _ isEarliest: Bool
  ) -> Cell {
    let table = self.table.span
    let classNumbers = program.classes
    let classes = classNumbers.span
    var row = cell
    var index = at
    while index < end {
      let next = table[Int(row) + Int(classes[Int(bytes[index])])]
      if next < LazyDFA.firstMark {
        row = next
      } else if next & (LazyDFA.unknown | LazyDFA.dead) == 0, !isEarliest {
        last = index
        row = next & LazyDFA.rowMask
      } else {
        cell = row
        at = index
        return next
      }
      index += 1
    }
    cell = row
    at = index
    return 0
  }
}
