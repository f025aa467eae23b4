/// A value does not have the shape that its reader needs.
public struct ShapeProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// Where the value (or the object that lacks one) stands.
  public let position: SourcePosition
  /// What is wrong and what was expected.
  public let message: String

  /// A problem at a value.
  public init(at position: SourcePosition, _ message: String) {
    self.position = position
    self.message = message
  }

  /// `LINE:COLUMN: MESSAGE`.
  public var description: String { "\(position): \(message)" }
}

/// Reads the members of one object by name, and gathers every problem instead of stopping at the first: whoever wrote
/// the file sees all of them in one run, each at its line, and unknown keys with a suggestion.
public struct ObjectFields {
  private let object: Value
  private let what: String
  private var known: [String] = []
  /// What was wrong so far, in the order found.
  public private(set) var problems: [ShapeProblem] = []

  /// Begins to read an object; `what` names it in messages (`a rule`, `the scan section`).
  public init(_ value: Value, what: String) {
    self.object = value
    self.what = what
    if value.kind != .object {
      problems.append(ShapeProblem(at: value.position, "\(what) must be a mapping, found \(value.kindName)"))
    }
  }

  /// The member with this key, whatever it is; `null` counts as absent.
  public mutating func value(_ key: String) -> Value? {
    known.append(key)
    guard let value = object[key], !value.isNull else { return nil }
    return value
  }

  /// A text, or nil when absent.
  public mutating func text(_ key: String) -> String? {
    guard let value = value(key) else { return nil }
    return expect(value, value.string, "\(key) must be a text")
  }

  /// A text that must be there and not be empty.
  public mutating func requiredText(_ key: String) -> String? {
    guard let text = text(key) else {
      if object.kind == .object, object[key]?.isNull ?? true { missing(key) }
      return nil
    }
    if text.isEmpty { problems.append(ShapeProblem(at: object.position, "\(key) of \(what) must not be empty")) }
    return text
  }

  /// A boolean, or nil when absent.
  public mutating func boolean(_ key: String) -> Bool? {
    guard let value = value(key) else { return nil }
    return expect(value, value.boolean, "\(key) must be true or false")
  }

  /// A whole number, or nil when absent.
  public mutating func integer(_ key: String) -> Int? {
    guard let value = value(key) else { return nil }
    return expect(value, value.integer.flatMap { Int(exactly: $0) }, "\(key) must be a whole number")
  }

  /// A number, or nil when absent.
  public mutating func number(_ key: String) -> Double? {
    guard let value = value(key) else { return nil }
    return expect(value, value.number, "\(key) must be a number")
  }

  /// A list of texts; a single text counts as a list of one; empty when absent.
  public mutating func texts(_ key: String) -> [String] {
    guard let value = value(key) else { return [] }
    if let single = value.string { return [single] }
    return list(value, key).compactMap { element in
      expect(element, element.string, "\(key) must be a list of texts")
    }
  }

  /// The elements of a list; empty when absent.
  public mutating func list(_ key: String) -> [Value] {
    guard let value = value(key) else { return [] }
    return list(value, key)
  }

  /// One of some words, or nil when absent.
  public mutating func word(_ key: String, of words: [String]) -> String? {
    guard let value = value(key) else { return nil }
    guard let text = value.string, words.contains(text) else {
      let hint = value.string.flatMap { nearest(to: $0, in: words) }.map { ", did you mean '\($0)'?" } ?? ""
      problems.append(
        ShapeProblem(at: value.position, "\(key) '\(value.text)' is none of \(words.joined(separator: ", "))\(hint)"))
      return nil
    }
    return text
  }

  /// Adds a problem that the caller found.
  public mutating func problem(at position: SourcePosition, _ message: String) {
    problems.append(ShapeProblem(at: position, message))
  }

  /// Takes over what a part of this object had wrong.
  public mutating func take(_ found: [ShapeProblem]) { problems.append(contentsOf: found) }

  /// Says that a key is needed.
  public mutating func missing(_ key: String) {
    problems.append(ShapeProblem(at: object.position, "\(what) needs '\(key)'"))
  }

  /// Ends the reading: keys that nobody asked for, and keys that stand twice, are problems too.
  public consuming func finish() -> [ShapeProblem] {
    var seen: Set<String> = []
    for member in object.members {
      let name = member.name
      if !seen.insert(name).inserted {
        problems.append(ShapeProblem(at: member.key.position, "'\(name)' stands twice in \(what)"))
      } else if !known.contains(name) {
        let hint = nearest(to: name, in: known).map { ", did you mean '\($0)'?" } ?? ""
        problems.append(ShapeProblem(at: member.key.position, "unknown key '\(name)' in \(what)\(hint)"))
      }
    }
    return problems
  }

  private mutating func list(_ value: Value, _ key: String) -> [Value] {
    guard value.kind == .array else {
      problems.append(ShapeProblem(at: value.position, "\(key) must be a list, found \(value.kindName)"))
      return []
    }
    return Array(value.elements)
  }

  private mutating func expect<Wanted>(_ value: Value, _ wanted: Wanted?, _ message: String) -> Wanted? {
    if wanted == nil { problems.append(ShapeProblem(at: value.position, "\(message), found \(value.kindName)")) }
    return wanted
  }
}

extension Value {
  /// What the value is, in words: `a text`, `a list`.
  public var kindName: String {
    switch kind {
    case .null: "nothing"
    case .boolean: "true or false"
    case .integer, .real: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "a mapping"
    }
  }
}
