/// A place in a file of the audited tree.
package struct Location: Sendable, Hashable {
  /// Relative to the audited root, `/`-separated.
  package let path: String
  /// The first line, from 1; nil when the finding is about the whole file.
  package let line: Int?
  /// The first byte within its line, from 1.
  package let column: Int?
  /// The last line, from 1.
  package let endLine: Int?
  /// One past the last byte within its line, from 1.
  package let endColumn: Int?

  /// A place; leave out what is not known.
  package init(path: String, line: Int? = nil, column: Int? = nil, endLine: Int? = nil, endColumn: Int? = nil) {
    self.path = path
    self.line = line
    self.column = column
    self.endLine = endLine
    self.endColumn = endColumn
  }
}

extension Location {
  /// The same place in a file of another name.
  package func at(_ path: String) -> Location {
    Location(path: path, line: line, column: column, endLine: endLine, endColumn: endColumn)
  }
}

extension Location: CustomStringConvertible {
  /// `path:line:column`, as compilers print it and editors open it.
  package var description: String {
    [path, line.map(String.init), line == nil ? nil : column.map(String.init)].compactMap { $0 }.joined(separator: ":")
  }
}
