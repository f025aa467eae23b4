package import Formats
package import Rules

/// What `schema validate` prints: lines for people, or one JSON object.
package struct SchemaReport {
  private let isJSON: Bool
  private let shownLocation: @Sendable (String) -> String
  private var writer = JSONWriter(.pretty)
  private var text: [UInt8] = []
  private var invalid = 0
  private var unreadable = 0

  /// An empty report, as JSON or as text.
  ///
  /// - Parameter shownLocation: how people know the place of a schema.
  package init(isJSON: Bool, shownLocation: @escaping @Sendable (String) -> String = { $0 }) {
    self.isJSON = isJSON
    self.shownLocation = shownLocation
  }

  /// The exit status that stands for what was added so far.
  package var status: ExitStatus { unreadable > 0 ? .noVerdict : invalid > 0 ? .findings : .clean }

  /// Opens the report.
  package mutating func begin() {
    guard isJSON else { return }
    writer.beginObject()
    writer.key("files")
    writer.beginArray()
  }

  /// Adds a file that was judged.
  ///
  /// - Parameter contract: by what it was judged, where that differs from file to file.
  package mutating func add(_ path: String, contract: String? = nil, _ errors: [SchemaError]) {
    if !errors.isEmpty { invalid += 1 }
    guard isJSON else {
      let by = contract.map { " by \($0)" } ?? ""
      for error in errors { text.append(contentsOf: "\(path): \(error)\n".utf8) }
      text.append(
        contentsOf: (errors.isEmpty ? "\(path): valid\(by)\n" : by.isEmpty ? "" : "\(path): invalid\(by)\n").utf8)
      return
    }
    writer.beginObject()
    writer.member("path", path)
    if let contract { writer.member("contract", contract) }
    writer.key("valid")
    writer.boolean(errors.isEmpty)
    write(errors, as: "errors")
    writer.endObject()
  }

  /// Adds a file that could not be judged.
  package mutating func addUnreadable(_ path: String, _ reason: String) {
    unreadable += 1
    guard isJSON else { return }
    writer.beginObject()
    writer.key("path")
    writer.string(path)
    writer.key("valid")
    writer.null()
    writer.key("error")
    writer.string(reason)
    writer.endObject()
  }

  /// Closes the report.
  package mutating func end() {
    guard isJSON else { return }
    writer.endArray()
    writer.key("valid")
    writer.boolean(invalid + unreadable == 0)
    writer.endObject()
    writer.newline()
  }

  /// Hands over what has been written so far.
  package mutating func takeBytes() -> [UInt8] {
    if isJSON { return writer.takeBytes() }
    defer { text.removeAll(keepingCapacity: true) }
    return text
  }

  private mutating func write(_ errors: [SchemaError], as key: String) {
    writer.key(key)
    writer.beginArray()
    for error in errors {
      writer.beginObject()
      writer.key("pointer")
      writer.string(error.instancePointer)
      writer.key("line")
      writer.integer(error.instancePosition.line)
      writer.key("column")
      writer.integer(error.instancePosition.column)
      writer.key("schema")
      writer.string(shownLocation(error.schemaLocation))
      writer.key("message")
      writer.string(error.message)
      if !error.branch.isEmpty { write(error.branch, as: "branch") }
      writer.endObject()
    }
    writer.endArray()
  }
}
