/// Where references to other documents lead. Nothing is ever fetched: what is not given here does not exist.
///
/// The metaschemas of the drafts are always known.
public struct SchemaResources: Sendable {
  /// Gives the document of an absolute URI without fragment, or nil where there is none.
  public typealias Resolver = @Sendable (_ uri: String) throws -> Value?

  private var documents: [String: Value] = [:]
  private var resolvers: [(prefix: String, resolve: Resolver)] = []

  /// No documents besides the metaschemas.
  public init() {}

  /// Makes a document known under a URI (a fragment is dropped).
  public mutating func add(_ document: Value, uri: String) {
    documents[URIReference(uri).withoutFragment.text] = document
  }

  /// Makes a family of documents known; asked, in the order added, for each referenced URI that begins with `prefix`.
  public mutating func add(prefix: String, _ resolve: @escaping Resolver) {
    resolvers.append((prefix, resolve))
  }

  /// The document of an absolute URI: a given one, else a built-in metaschema, else nil.
  func document(_ uri: String) throws -> Value? {
    if let document = documents[uri] { return document }
    for resolver in resolvers where uri.utf8.starts(with: resolver.prefix.utf8) {
      if let document = try resolver.resolve(uri) { return document }
    }
    return try Metaschemas.document(uri)
  }
}
