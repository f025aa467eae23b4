/// A place in an input: where a person looks, and where a finding points.
///
/// Lines and columns count from 1. Columns count bytes of UTF-8, so that they can be recomputed from the file alone;
/// `LineTable` makes positions from byte offsets.
public struct SourcePosition: Sendable, Hashable, Comparable {
  /// Bytes before this place, from 0.
  public let offset: Int
  /// The line, from 1. `\n`, `\r\n` and `\r` end a line.
  public let line: Int
  /// The byte within the line, from 1.
  public let column: Int

  /// Makes a position from its parts; `LineTable.position(at:)` is the usual way.
  public init(offset: Int, line: Int, column: Int) {
    self.offset = offset
    self.line = line
    self.column = column
  }

  /// The first byte of an input.
  public static let start = SourcePosition(offset: 0, line: 1, column: 1)

  /// Orders by offset.
  public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    left.offset < right.offset
  }
}

extension SourcePosition: CustomStringConvertible {
  /// `line:column`, as compilers print it.
  public var description: String { "\(line):\(column)" }
}
