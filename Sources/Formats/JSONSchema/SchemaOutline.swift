/// What a schema document refers to, without compiling it: for checks that must name every reference that leads nowhere,
/// where compiling stops at the first.
public struct SchemaOutline: Sendable {
  /// A `$ref` as it is written.
  public struct Reference: Sendable {
    /// Where it stands: a JSON pointer that ends in `/$ref`.
    public let pointer: String
    /// Where its text stands in the file.
    public let position: SourcePosition
    /// Its text.
    public let text: String
    /// The document that it names, without fragment: absolute where its base is.
    public let document: String
    /// Why it leads nowhere, or nil.
    public let problem: FormatError?
  }

  /// A `pattern`, or a key of `patternProperties`, of a schema.
  public struct Pattern: Sendable {
    /// The expression.
    public let text: String
    /// Where it stands in the file.
    public let position: SourcePosition
  }

  /// Every `$ref` of the document in the order of the file, also below keywords that no draft knows; not in `const`,
  /// `enum`, `default` and `examples`, which hold instances.
  public private(set) var references: [Reference] = []
  /// Every pattern of a schema that a keyword of the draft puts there, in the order of the file.
  public private(set) var patterns: [Pattern] = []

  /// Keywords whose values are instances.
  private static let instances: Set<String> = ["const", "enum", "default", "examples"]

  /// Looks through a document.
  ///
  /// - Parameters:
  ///   - root: the schema document.
  ///   - baseURI: where the document was found.
  ///   - resources: where references to other documents lead.
  ///   - options: as for `JSONSchema`.
  /// - Throws: `FormatError` for identifiers, anchors and dialects that cannot be read.
  public init(
    _ root: Value, baseURI: String, resources: SchemaResources, options: JSONSchema.Options = JSONSchema.Options()
  ) throws(FormatError) {
    var registry = SchemaRegistry(resources, ignoresRelativeIdentifiers: options.ignoresRelativeIdentifiers)
    let start = try registry.add(root, uri: baseURI, dialect: SchemaDialect(draft: options.draft))
    var pending = [(site: start, pointer: "", holdsNames: false)]
    while let next = pending.popLast() {
      let isSchema = registry.isIndexed(next.site)
      if next.site.value.kind == .object, !next.holdsNames { note(next.site, next.pointer, isSchema, &registry) }
      pending += Self.children(of: next, isSchema: isSchema, registry).reversed()
    }
  }

  private mutating func note(
    _ site: SchemaSite, _ pointer: String, _ isSchema: Bool, _ registry: inout SchemaRegistry
  ) {
    if let reference = site.value["$ref"], let text = reference.string {
      var problem: FormatError?
      do throws(FormatError) {
        _ = try registry.site(of: text, from: site, at: reference.position)
      } catch {
        problem = error
      }
      references.append(
        Reference(
          pointer: pointer + "/$ref", position: reference.position, text: text,
          document: registry.document(of: text, from: site), problem: problem))
    }
    guard isSchema else { return }
    if let pattern = site.value["pattern"], let text = pattern.string {
      patterns.append(Pattern(text: text, position: pattern.position))
    }
    guard let named = site.value["patternProperties"] else { return }
    for member in named.members { patterns.append(Pattern(text: member.name, position: member.key.position)) }
  }

  /// What stands below a value. In a map from names to schemas, as `properties` is one, a key is no keyword.
  private static func children(
    of parent: (site: SchemaSite, pointer: String, holdsNames: Bool), isSchema: Bool, _ registry: SchemaRegistry
  ) -> [(site: SchemaSite, pointer: String, holdsNames: Bool)] {
    var found: [(site: SchemaSite, pointer: String, holdsNames: Bool)] = []
    func add(_ value: Value, _ token: String, holdsNames: Bool) {
      guard value.kind == .object || value.kind == .array else { return }
      let site = SchemaSite(value: value, resource: parent.site.resource, pointer: "\(parent.site.pointer)/\(token)")
      found.append((registry.indexed(site), "\(parent.pointer)/\(token)", holdsNames))
    }
    for member in parent.site.value.members {
      let name = member.name
      if !parent.holdsNames, instances.contains(name) { continue }
      let isMap =
        !parent.holdsNames && isSchema
        && SchemaKeyword.named[name].map { [.named, .dependencies].contains($0.shape(in: .draft2020)) } ?? false
      add(member.value, JSONPointer.token(name), holdsNames: isMap)
    }
    for (index, element) in parent.site.value.elements.enumerated() { add(element, "\(index)", holdsNames: false) }
    return found
  }
}

extension SchemaRegistry {
  /// Whether a keyword of the draft puts a schema at a place.
  fileprivate func isIndexed(_ site: SchemaSite) -> Bool { indexedSite(site) != nil }

  /// The document that a reference names, seen from the schema that holds it.
  fileprivate func document(of reference: String, from site: SchemaSite) -> String {
    URIReference(reference).resolved(against: resources[site.resource].uri).withoutFragment.text
  }
}
