/// One thing that an `XMLReader` meets, in document order.
///
/// Comments, processing instructions and the XML declaration are not told. Each `start` has its `end`, an empty
/// element's too.
public enum XMLEvent: Sendable, Hashable {
  /// An element begins.
  case start(XMLElement)
  /// All text up to the next tag, with references resolved and CDATA sections joined; never empty.
  case text(String)
  /// The innermost open element ends.
  case end
}

/// The start tag of an element.
public struct XMLElement: Sendable, Hashable {
  /// The local name: what follows the prefix.
  public let name: String
  /// The namespace's name, or nil where there is none.
  public let namespace: String?
  /// The attributes in document order, without namespace declarations.
  public let attributes: [XMLAttribute]
  /// The line on which the start tag ends, from 1.
  public let line: Int

  /// The value of the attribute of this name that has no namespace, or nil.
  public subscript(name: String) -> String? {
    attributes.first { $0.namespace == nil && $0.name == name }?.value
  }
}

/// An attribute of an element.
public struct XMLAttribute: Sendable, Hashable {
  /// The local name.
  public let name: String
  /// The namespace's name; nil for attributes without a prefix.
  public let namespace: String?
  /// The value, with references resolved and white space normalised as XML says.
  public let value: String
}
