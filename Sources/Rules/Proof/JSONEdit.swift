import Formats

/// Puts other texts into JSON and leaves every other byte as it is.
enum JSONEdit {
  /// The value at a path of names and places; nil where there is none.
  static func value(_ document: Value, _ path: [String]) -> Value? {
    path.reduce(document) { value, step -> Value? in
      if value?.kind == .array { Int(step).flatMap { value?[$0] } } else { value?[step] }
    }
  }

  /// Another text in the place of one value; `change` answers nil for what it cannot change.
  static func edited(_ bytes: [UInt8], _ path: [String], _ change: (Value) -> String?) -> [UInt8]? {
    guard let document = try? JSON.read(bytes), let value = value(document, path), let text = change(value) else {
      return nil
    }
    var edited = bytes
    edited.replaceSubrange(value.position.offset..<value.endPosition.offset, with: text.utf8)
    return edited
  }
}
