package import Formats
package import Rules

/// The answer to one row of a piped scan, as one line of JSON.
package enum PipedRow {
  /// A row that was scanned; `isText` is false for content that holds none.
  package static func scanned(
    row: Int, id: Value?, path: String?, isText: Bool, byteCount: Int, findings: [Finding]
  ) -> [UInt8] {
    line(row, id, path, status: isText ? "scanned" : "binary") { json in
      json.member("bytes", byteCount)
      json.list("findings", findings) { finding, json in finding.write(to: &json) }
    }
  }

  /// A row that could not be used.
  package static func broken(row: Int, id: Value?, path: String?, reason: String) -> [UInt8] {
    line(row, id, path, status: "error") { $0.member("reason", reason) }
  }

  private static func line(
    _ row: Int, _ id: Value?, _ path: String?, status: String, _ write: (inout JSONWriter) -> Void
  ) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.member("row", row)
    if let id {
      json.key("id")
      json.value(id)
    }
    json.member("path", path)
    json.member("status", status)
    write(&json)
    json.endObject()
    json.newline()
    return json.takeBytes()
  }
}
