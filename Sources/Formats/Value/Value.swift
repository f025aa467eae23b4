/// One value of a JSON or YAML document, with the place where it stands.
///
/// A small view into the document's shared storage: copying it copies a reference and an index. Objects keep the
/// order and the position of their keys; of two equal keys the last one is found (`ValueStream.duplicateKeys` tells).
public struct Value: Sendable {
  /// What a value is, in JSON's words; YAML's sequences are arrays and its mappings objects.
  public enum Kind: UInt8, Sendable {
    /// `null`, `~`, or nothing.
    case null
    /// `true` or `false`.
    case boolean
    /// A whole number that fits in 64 bits, exact.
    case integer
    /// Any other number, as the nearest double.
    case real
    /// Text.
    case string
    /// A sequence.
    case array
    /// A mapping.
    case object
  }

  /// How a scalar was written; matters to YAML, where only plain scalars can be numbers.
  public enum Style: UInt8, Sendable {
    /// Without quotes.
    case plain
    /// In quotes, or a block of text.
    case quoted
  }

  let storage: ValueStorage
  let index: UInt32

  private var record: NodeRecord { storage.records[Int(index)] }

  /// What the value is.
  public var kind: Kind { record.kind }

  /// How a scalar was written.
  public var style: Style { record.style }

  /// Where the value begins.
  public var position: SourcePosition { storage.lines.position(at: Int(record.start)) }

  /// Where the value ends: one past its last byte.
  public var endPosition: SourcePosition { storage.lines.position(at: Int(record.end)) }

  /// The value as it was written, byte for byte (for containers, with everything inside).
  public var sourceText: String {
    String(decoding: storage.source[Int(record.start)..<Int(record.end)], as: UTF8.self)
  }

  /// True for `null`.
  public var isNull: Bool { kind == .null }

  /// The boolean, or nil when this is none.
  public var boolean: Bool? { kind == .boolean ? record.payload != 0 : nil }

  /// The exact whole number, or nil. A real that is whole (`1.0`) counts, as JSON Schema says.
  public var integer: Int64? {
    switch kind {
    case .integer: Int64(bitPattern: record.payload)
    case .real: Int64(exactly: Double(bitPattern: record.payload))
    default: nil
    }
  }

  /// The number as a double, or nil when this is no number.
  public var number: Double? {
    switch kind {
    case .integer: Double(Int64(bitPattern: record.payload))
    case .real: Double(bitPattern: record.payload)
    default: nil
    }
  }

  /// The text, or nil when this is no string.
  public var string: String? { kind == .string ? text : nil }

  /// The text of any scalar: a string's content, or a number, boolean or null as it was written. Empty for containers.
  public var text: String {
    String(decoding: textBytes, as: UTF8.self)
  }

  /// The bytes of `text`, as a slice of shared storage: nothing is copied.
  public var textBytes: ArraySlice<UInt8> {
    let record = self.record
    switch record.kind {
    case .string:
      let range = record.first..<(record.first + record.second)
      return record.place == .source ? storage.source[range] : storage.scratch[range]
    case .null, .boolean, .integer, .real:
      return storage.source[Int(record.start)..<Int(record.end)]
    case .array, .object:
      return []
    }
  }
}

extension Value {
  /// The number of elements of an array or members of an object; 0 for scalars.
  public var count: Int {
    switch kind {
    case .array: record.second
    case .object: record.second / 2
    default: 0
    }
  }

  /// The elements of an array; empty for anything else.
  public var elements: Elements {
    kind == .array
      ? Elements(storage: storage, first: record.first, count: record.second)
      : Elements(storage: storage, first: 0, count: 0)
  }

  /// The members of an object in the order written; empty for anything else.
  public var members: Members {
    kind == .object
      ? Members(storage: storage, first: record.first, count: record.second / 2)
      : Members(storage: storage, first: 0, count: 0)
  }

  /// The value of the last member with this key, or nil. Linear in the number of members.
  public subscript(key: String) -> Value? {
    var found: Value?
    var key = key
    key.withUTF8 { wanted in
      for member in members where unsafe member.key.textBytes.elementsEqual(wanted) {
        found = member.value
      }
    }
    return found
  }

  /// The element at an index from 0, or nil when out of range or no array.
  public subscript(position: Int) -> Value? {
    elements.indices.contains(position) ? elements[position] : nil
  }

  /// The elements of an array.
  public struct Elements: RandomAccessCollection, Sendable {
    let storage: ValueStorage
    let first: Int
    let length: Int

    init(storage: ValueStorage, first: Int, count: Int) {
      self.storage = storage
      self.first = first
      self.length = count
    }

    /// Always 0.
    public var startIndex: Int { 0 }
    /// The number of elements.
    public var endIndex: Int { length }
    /// The element at an index from 0.
    public subscript(position: Int) -> Value {
      Value(storage: storage, index: storage.children[first + position])
    }
  }

  /// A key with its value; both have positions.
  public struct Member: Sendable {
    /// The key, a scalar in every document that has a JSON form.
    public let key: Value
    /// What the key maps to.
    public let value: Value
    /// The key's text; a key that is a container is named by its source text.
    public var name: String {
      switch key.kind {
      case .array, .object: key.sourceText
      default: key.text
      }
    }
  }

  /// The members of an object in the order written.
  public struct Members: RandomAccessCollection, Sendable {
    let storage: ValueStorage
    let first: Int
    let length: Int

    init(storage: ValueStorage, first: Int, count: Int) {
      self.storage = storage
      self.first = first
      self.length = count
    }

    /// Always 0.
    public var startIndex: Int { 0 }
    /// The number of members.
    public var endIndex: Int { length }
    /// The member at an index from 0.
    public subscript(position: Int) -> Member {
      let at = first + 2 * position
      return Member(
        key: Value(storage: storage, index: storage.children[at]),
        value: Value(storage: storage, index: storage.children[at + 1]))
    }
  }
}
