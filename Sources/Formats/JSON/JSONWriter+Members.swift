/// Members in one call each, key and value together, so that a writer reads like the shape it writes.
extension JSONWriter {
  /// A text.
  public mutating func member(_ key: String, _ text: String) {
    self.key(key)
    string(text)
  }

  /// A text, or `null` where there is none.
  public mutating func member(_ key: String, _ text: String?) {
    self.key(key)
    if let text { string(text) } else { null() }
  }

  /// A whole number.
  public mutating func member(_ key: String, _ number: Int) {
    self.key(key)
    integer(number)
  }

  /// A whole number, or `null` where there is none.
  public mutating func member(_ key: String, _ number: Int?) {
    self.key(key)
    if let number { integer(number) } else { null() }
  }

  /// A boolean.
  public mutating func member(_ key: String, _ flag: Bool) {
    self.key(key)
    boolean(flag)
  }

  /// A list of texts.
  public mutating func member(_ key: String, _ texts: [String]) {
    list(key, texts) { text, json in json.string(text) }
  }

  /// A list whose elements `write` writes, each as one value.
  public mutating func list<Element>(
    _ key: String, _ elements: [Element], _ write: (Element, inout JSONWriter) -> Void
  ) {
    self.key(key)
    beginArray()
    for element in elements { write(element, &self) }
    endArray()
  }

  /// An object whose members `write` writes.
  public mutating func object(_ key: String, _ write: (inout JSONWriter) -> Void) {
    self.key(key)
    beginObject()
    write(&self)
    endObject()
  }
}

extension JSONWriter {
  /// One value as a file or a stream holds it: pretty, with a line end.
  public static func document(_ write: (inout JSONWriter) -> Void) -> [UInt8] {
    var writer = JSONWriter(.pretty)
    write(&writer)
    writer.newline()
    return writer.takeBytes()
  }
}
