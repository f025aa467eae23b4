/// One place where a schema stands: its value, the resource it belongs to, and the pointer from that resource's root.
struct SchemaSite: Sendable {
  let value: Value
  let resource: Int
  let pointer: String

  var key: SiteKey { SiteKey(value) }
}

/// The identity of a place: two equal values at two places differ.
struct SiteKey: Hashable, Sendable {
  private let document: ObjectIdentifier
  private let index: UInt32

  init(_ value: Value) {
    document = ObjectIdentifier(value.storage)
    index = value.index
  }
}

/// A schema resource (2020-12 core, section 4.3.5): what one `$id`, or one whole document, names.
struct SchemaResource: Sendable {
  let uri: URIReference
  let root: Value
  let dialect: SchemaDialect
  var anchors: [String: SchemaSite] = [:]
  var dynamicAnchors: [String: SchemaSite] = [:]
  /// 2019-09: the root has `$recursiveAnchor: true`.
  var isRecursive = false
}

/// Every resource that a schema can reach, indexed as it is reached: identifiers, anchors, and where schemas stand.
struct SchemaRegistry {
  private(set) var resources: [SchemaResource] = []
  private var known: [String: Int] = [:]
  private var sites: [SiteKey: SchemaSite] = [:]
  private var dialects: [String: SchemaDialect] = [:]
  private let provided: SchemaResources
  private let ignoresRelativeIdentifiers: Bool

  init(_ provided: SchemaResources, ignoresRelativeIdentifiers: Bool = false) {
    self.provided = provided
    self.ignoresRelativeIdentifiers = ignoresRelativeIdentifiers
  }

  /// Indexes a document that was found under a URI and gives its root.
  mutating func add(_ root: Value, uri: String, dialect: SchemaDialect) throws(FormatError) -> SchemaSite {
    let uri = URIReference(uri).withoutFragment
    let dialect = try self.dialect(of: root, otherwise: dialect)
    var base = uri
    if let id = identifier(of: root, in: dialect) {
      let name = URIReference(id)
      let target = name.resolved(against: uri).withoutFragment
      let isIgnored = ignoresRelativeIdentifiers && name.scheme == nil
      if !target.text.isEmpty, !isIgnored { base = target }
    }
    let resource = open(root, uri: base, dialect: dialect)
    if known[uri.text] == nil { known[uri.text] = resource }
    let site = SchemaSite(value: root, resource: resource, pointer: "")
    try index(site)
    return site
  }

  /// The place that a reference names, seen from the schema that holds it.
  mutating func site(
    of reference: String, from site: SchemaSite, at position: SourcePosition
  ) throws(FormatError) -> SchemaSite {
    let target = URIReference(reference).resolved(against: resources[site.resource].uri)
    let resource = try self.resource(target.withoutFragment.text, from: site, reference, at: position)
    let fragment = percentDecoded(target.fragment ?? "")
    if fragment.isEmpty { return SchemaSite(value: resources[resource].root, resource: resource, pointer: "") }
    if fragment.utf8.first == UInt8(ascii: "/") {
      guard let found = try follow(fragment, in: resource) else {
        throw undefined(reference, target, from: site, at: position)
      }
      return found
    }
    guard let found = resources[resource].anchors[fragment] else {
      throw undefined(reference, target, from: site, at: position)
    }
    return found
  }

  /// The place as it was indexed: in the resource that its own identifier opens.
  func indexed(_ site: SchemaSite) -> SchemaSite { indexedSite(site) ?? site }

  /// The place as it was indexed; nil where no keyword calls it a schema and no reference leads to it.
  func indexedSite(_ site: SchemaSite) -> SchemaSite? { sites[site.key] }

  /// The URI of a place, as messages name it.
  func location(_ site: SchemaSite) -> String { "\(resources[site.resource].uri.text)#\(site.pointer)" }

  func dialect(_ site: SchemaSite) -> SchemaDialect { resources[site.resource].dialect }
}

extension SchemaRegistry {
  private func undefined(
    _ reference: String, _ target: URIReference, from site: SchemaSite, at position: SourcePosition
  ) -> FormatError {
    let name = target.text == reference ? reference : "\(reference) (\(target.text))"
    return FormatError(.jsonSchema, .undefined(what: "the $ref of \(location(site)) to", name: name), at: position)
  }

  private mutating func resource(
    _ uri: String, from site: SchemaSite, _ reference: String, at position: SourcePosition
  ) throws(FormatError) -> Int {
    if let resource = known[uri] { return resource }
    guard let document = try document(uri, at: position) else {
      let what = "the $ref of \(location(site)) needs a document that was not given:"
      throw FormatError(.jsonSchema, .undefined(what: what, name: uri), at: position)
    }
    return try add(document, uri: uri, dialect: dialect(site)).resource
  }

  private func document(_ uri: String, at position: SourcePosition) throws(FormatError) -> Value? {
    do {
      return try provided.document(uri)
    } catch {
      throw FormatError(.jsonSchema, .undefined(what: "(\(error)) schema", name: uri), at: position)
    }
  }

  private mutating func open(_ root: Value, uri: URIReference, dialect: SchemaDialect) -> Int {
    resources.append(SchemaResource(uri: uri, root: root, dialect: dialect))
    if known[uri.text] == nil { known[uri.text] = resources.count - 1 }
    return resources.count - 1
  }

  /// Follows a pointer token by token, so that the resource in force on the way is known even where the pointer ends
  /// in a place that no keyword calls a schema.
  private mutating func follow(_ pointer: String, in resource: Int) throws(FormatError) -> SchemaSite? {
    guard let tokens = JSONPointer.tokens(pointer) else { return nil }
    var value = resources[resource].root
    var site = SchemaSite(value: value, resource: resource, pointer: "")
    for token in tokens {
      guard let next = JSONPointer.step(token, in: value) else { return nil }
      value = next
      site =
        sites[SiteKey(value)]
        ?? SchemaSite(
          value: value, resource: site.resource, pointer: "\(site.pointer)/\(JSONPointer.token(token))")
    }
    if sites[site.key] == nil { try index(site) }
    return sites[site.key] ?? site
  }
}

extension SchemaRegistry {
  /// Walks the schemas below a place (with an explicit stack), noting identifiers and anchors.
  private mutating func index(_ start: SchemaSite) throws(FormatError) {
    var pending = [start]
    while let next = pending.popLast() {
      guard sites[next.key] == nil else { continue }
      let site = try entered(next, isStart: next.key == start.key && start.pointer.isEmpty)
      sites[next.key] = site
      guard site.value.kind == .object else { continue }
      try noteAnchors(site)
      let found = children(of: site)
      pending.append(contentsOf: found.reversed())
    }
  }

  /// Opens a new resource where a schema has an identifier of its own.
  private mutating func entered(_ site: SchemaSite, isStart: Bool) throws(FormatError) -> SchemaSite {
    guard !isStart, site.value.kind == .object else { return site }
    let outer = dialect(site)
    let inner = try dialect(of: site.value, otherwise: outer)
    guard let id = identifier(of: site.value, in: inner) else { return site }
    let target = URIReference(id).resolved(against: resources[site.resource].uri).withoutFragment
    let resource = open(site.value, uri: target, dialect: inner)
    return SchemaSite(value: site.value, resource: resource, pointer: "")
  }

  /// `$id`, or `id` in draft-04; nil where it only names an anchor, or stands beside a `$ref` that hides it.
  private func identifier(of value: Value, in dialect: SchemaDialect) -> String? {
    let key = dialect.draft == .draft04 ? "id" : "$id"
    guard let id = value[key]?.string else { return nil }
    if dialect.draft <= .draft07 {
      if id.utf8.first == UInt8(ascii: "#") || value["$ref"]?.kind == .string { return nil }
    }
    return id
  }

  private mutating func noteAnchors(_ site: SchemaSite) throws(FormatError) {
    let draft = dialect(site).draft
    let value = site.value
    if draft <= .draft07 {
      let id = value[draft == .draft04 ? "id" : "$id"]?.string
      if value["$ref"]?.kind != .string, let id, let name = URIReference(id).fragment, !name.isEmpty {
        note(percentDecoded(name), site)
      }
      return
    }
    if let id = value["$id"] {
      guard let text = id.string, URIReference(text).fragment ?? "" == "" else {
        throw misplaced("$id", "a URI reference without fragment", id, site)
      }
    }
    if let name = try anchor("$anchor", site) { note(name, site) }
    if draft == .draft2020, let name = try anchor("$dynamicAnchor", site) {
      note(name, site)
      resources[site.resource].dynamicAnchors[name] = site
    }
    if draft == .draft2019, site.pointer.isEmpty, value["$recursiveAnchor"]?.boolean == true {
      resources[site.resource].isRecursive = true
    }
  }

  private func anchor(_ key: String, _ site: SchemaSite) throws(FormatError) -> String? {
    guard let value = site.value[key] else { return nil }
    guard let name = value.string, !name.isEmpty else { throw misplaced(key, "a name", value, site) }
    return name
  }

  private mutating func note(_ anchor: String, _ site: SchemaSite) {
    if resources[site.resource].anchors[anchor] == nil { resources[site.resource].anchors[anchor] = site }
  }

  private func misplaced(_ key: String, _ expected: String, _ value: Value, _ site: SchemaSite) -> FormatError {
    FormatError(
      .jsonSchema, .invalid(what: "'\(key)' in \(location(site))", expected: expected), at: value.position)
  }

  /// The places inside a schema where its keywords say that schemas stand.
  private func children(of site: SchemaSite) -> [SchemaSite] {
    let dialect = self.dialect(site)
    var found: [SchemaSite] = []
    func add(_ value: Value, _ path: String) {
      guard value.kind == .object || value.kind == .boolean else { return }
      found.append(SchemaSite(value: value, resource: site.resource, pointer: site.pointer + path))
    }
    for member in site.value.members {
      guard let keyword = SchemaKeyword.named[member.name], keyword.applies(in: dialect) else { continue }
      let path = "/\(keyword.rawValue)"
      switch keyword.shape(in: dialect.draft) {
      case .value: break
      case .schema: add(member.value, path)
      case .schemas, .either:
        if member.value.kind != .array { add(member.value, path) }
        for (index, element) in member.value.elements.enumerated() { add(element, "\(path)/\(index)") }
      case .named, .dependencies:
        for inner in member.value.members { add(inner.value, "\(path)/\(JSONPointer.token(inner.name))") }
      }
    }
    return found
  }
}

extension SchemaRegistry {
  /// The dialect that `$schema` names, or the one in force.
  private mutating func dialect(
    of root: Value, otherwise current: SchemaDialect
  ) throws(FormatError) -> SchemaDialect {
    guard let schema = root["$schema"] else { return current }
    guard let uri = schema.string else {
      throw FormatError(.jsonSchema, .invalid(what: "'$schema'", expected: "a URI"), at: schema.position)
    }
    return try dialect(uri, at: schema.position, depth: 0)
  }

  private mutating func dialect(
    _ uri: String, at position: SourcePosition, depth: Int
  ) throws(FormatError) -> SchemaDialect {
    if let draft = SchemaDraft(metaschema: uri) { return SchemaDialect(draft: draft) }
    let name = URIReference(uri).withoutFragment.text
    if let dialect = dialects[name] { return dialect }
    guard depth < 8, let metaschema = try document(name, at: position) else {
      throw FormatError(.jsonSchema, .undefined(what: "the metaschema", name: uri), at: position)
    }
    var dialect = SchemaDialect(draft: .draft2020)
    if let base = metaschema["$schema"]?.string, URIReference(base).withoutFragment.text != name {
      dialect = try self.dialect(base, at: position, depth: depth + 1)
    }
    if let vocabularies = metaschema["$vocabulary"] {
      dialect.vocabularies = try self.vocabularies(vocabularies)
    }
    dialects[name] = dialect
    return dialect
  }

  private func vocabularies(_ declared: Value) throws(FormatError) -> SchemaDialect.Vocabularies {
    var vocabularies: SchemaDialect.Vocabularies = .core
    for member in declared.members {
      if let vocabulary = SchemaDialect.vocabulary(member.name) {
        vocabularies.formUnion(vocabulary)
      } else if member.value.boolean == true {
        throw FormatError(
          .jsonSchema,
          .unsupported(what: "the required vocabulary '\(member.name)'", hint: "use those of draft 2020-12"),
          at: member.key.position)
      }
    }
    return vocabularies
  }
}
