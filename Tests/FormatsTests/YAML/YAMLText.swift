import Formats

/// Every document of a YAML text as compact JSON, one a line.
func json(ofYAML text: String) throws -> String {
  try YAML.readStream(Array(text.utf8)).documents.map { document in
    var writer = JSONWriter()
    writer.value(document)
    return String(decoding: writer.bytes, as: UTF8.self)
  }.joined(separator: "\n")
}

/// The error that a YAML text ends in, or nil when it is read.
func failure(ofYAML text: String) -> FormatError? {
  do {
    _ = try YAML.readStream(Array(text.utf8))
    return nil
  } catch {
    return error
  }
}
