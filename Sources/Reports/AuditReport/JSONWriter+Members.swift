import Formats

/// Members in one call each: key and value together, so that a writer reads like the shape it writes.
extension JSONWriter {
  mutating func text(_ key: String, _ text: String) {
    self.key(key)
    string(text)
  }

  /// `null` where there is none.
  mutating func text(_ key: String, _ text: String?) {
    self.key(key)
    if let text { string(text) } else { null() }
  }

  mutating func number(_ key: String, _ value: Int) {
    self.key(key)
    integer(value)
  }

  /// `null` where there is none.
  mutating func number(_ key: String, _ value: Int?) {
    self.key(key)
    if let value { integer(value) } else { null() }
  }

  mutating func emptyList(_ key: String) {
    self.key(key)
    beginArray()
    endArray()
  }

  mutating func list<Element>(
    _ key: String, _ elements: [Element], _ write: (Element, inout JSONWriter) -> Void
  ) {
    self.key(key)
    beginArray()
    for element in elements { write(element, &self) }
    endArray()
  }
}
