/// A place in one line, in bytes and in columns: a tab reaches to the next column that is a multiple of four, and a
/// container may take a part of it (CommonMark 0.31 section 2.2).
struct MarkdownLineCursor {
  private let bytes: [UInt8]
  /// The end of the line, its line end excluded.
  private(set) var end = 0
  /// The next byte to read.
  private(set) var offset = 0
  /// The column of `offset`, from 0; within a tab that is taken in part, the column reached.
  private(set) var column = 0
  /// Whether a part of the tab at `offset` is taken.
  private(set) var isInsideTab = false
  /// The first byte at or behind `offset` that is no blank, or `end`.
  private(set) var nextNonblank = 0
  private var nextNonblankColumn = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Goes to the beginning of a line.
  mutating func begin(_ start: Int, end: Int) {
    self.end = end
    offset = start
    column = 0
    isInsideTab = false
    findNonblank()
  }

  /// Columns of blanks before the next byte that is none.
  var indent: Int { nextNonblankColumn - column }
  /// Whether nothing but blanks is left.
  var isBlank: Bool { nextNonblank == end }
  /// Whether everything is read.
  var isAtEnd: Bool { offset == end }
  /// Whether a blank stands here.
  var isAtBlank: Bool { offset < end && MarkdownCharacters.isBlank(bytes[offset]) }
  /// The next byte that is no blank, or nil at the end.
  var nonblank: UInt8? { nextNonblank < end ? bytes[nextNonblank] : nil }
  /// Columns that are left of a tab that is taken in part.
  var restOfTab: Int { isInsideTab ? 4 - column % 4 : 0 }

  /// Skips the blanks.
  mutating func advanceToNonblank() {
    offset = nextNonblank
    column = nextNonblankColumn
    isInsideTab = false
  }

  /// Goes forward by bytes that are no tabs.
  mutating func advance(bytes count: Int) {
    offset = min(offset + count, end)
    column += count
    isInsideTab = false
    if offset > nextNonblank { findNonblank() }
  }

  /// Goes forward by columns of blanks.
  mutating func advance(columns count: Int) {
    var left = count
    while left > 0, offset < end {
      guard bytes[offset] == UInt8(ascii: "\t") else {
        advance(bytes: 1)
        left -= 1
        continue
      }
      let width = 4 - column % 4
      isInsideTab = width > left
      column += min(width, left)
      if !isInsideTab { offset += 1 }
      left -= min(width, left)
    }
    if offset > nextNonblank { findNonblank() }
  }

  private mutating func findNonblank() {
    nextNonblank = offset
    nextNonblankColumn = column
    while nextNonblank < end {
      switch bytes[nextNonblank] {
      case UInt8(ascii: " "): nextNonblankColumn += 1
      case UInt8(ascii: "\t"): nextNonblankColumn += 4 - nextNonblankColumn % 4
      default: return
      }
      nextNonblank += 1
    }
  }
}
