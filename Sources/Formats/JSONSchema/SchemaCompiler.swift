/// From places in documents to a flat program: each schema becomes a node once, whatever refers to it.
///
/// Works through a list of nodes that are still to be compiled, so the depth of a schema costs no stack.
struct SchemaCompiler {
  var registry: SchemaRegistry
  var tables = SchemaTables()
  let options: JSONSchema.Options
  private let compilePattern: PatternCompiler
  private var nodes: [SchemaNode] = []
  private var sites: [SchemaSite] = []
  private var instructions: [SchemaInstruction] = []
  private var numbers: [SiteKey: Int] = [:]
  private var patternNumbers: [String: Int] = [:]
  private var anchorNames: [String: Int] = [:]
  private var compiled = 0

  init(_ resources: SchemaResources, patterns: @escaping PatternCompiler, options: JSONSchema.Options) {
    registry = SchemaRegistry(resources, ignoresRelativeIdentifiers: options.ignoresRelativeIdentifiers)
    compilePattern = patterns
    self.options = options
  }

  /// Compiles the schema whose root is this value, and all that it refers to.
  mutating func program(_ root: Value, baseURI: String) throws(FormatError) -> SchemaProgram {
    let site = try registry.add(root, uri: baseURI, dialect: SchemaDialect(draft: options.draft))
    let root = try node(site)
    try compilePending()
    let anchors = try compileDynamicAnchors()
    try refuseEndlessReferences()
    return SchemaProgram(
      nodes: nodes, instructions: instructions, tables: tables, root: root, locations: sites.map(registry.location),
      needsScope: !anchors.isEmpty, dynamicAnchors: anchors)
  }

  /// The node of a place, made when it is first asked for.
  mutating func node(_ site: SchemaSite) throws(FormatError) -> Int {
    if let number = numbers[site.key] { return number }
    guard site.value.kind == .object || site.value.kind == .boolean else {
      throw FormatError(
        .jsonSchema, .unexpected(found: site.value.kind.name, expected: "a schema at \(registry.location(site))"),
        at: site.value.position)
    }
    // Its own identifier may have put it into another resource than the schema around it.
    let site = registry.indexed(site)
    nodes.append(SchemaNode(resource: site.resource))
    sites.append(site)
    numbers[site.key] = nodes.count - 1
    return nodes.count - 1
  }

  /// The number of a compiled pattern; equal patterns are compiled once.
  mutating func pattern(_ source: Value, _ text: String) throws(FormatError) -> Int {
    if let number = patternNumbers[text] { return number }
    do {
      tables.patterns.append(SchemaTables.Pattern(source: text, matcher: try compilePattern(text)))
    } catch {
      throw FormatError(
        .jsonSchema, .invalid(what: "pattern '\(text)'", expected: "another (\(error.problem))"), at: source.position)
    }
    patternNumbers[text] = tables.patterns.count - 1
    return tables.patterns.count - 1
  }

  /// The number of a dynamic anchor's name.
  mutating func anchorName(_ name: String) -> Int {
    if let number = anchorNames[name] { return number }
    anchorNames[name] = anchorNames.count
    return anchorNames.count - 1
  }

  private mutating func compilePending() throws(FormatError) {
    while compiled < nodes.count {
      let number = compiled
      compiled += 1
      try compile(number)
    }
  }

  private mutating func compile(_ number: Int) throws(FormatError) {
    let site = sites[number]
    if let boolean = site.value.boolean {
      nodes[number].kind = boolean ? .always : .never
      return
    }
    var schema = SchemaObject(site, dialect: registry.dialect(site))
    try compile(&schema)
    guard !schema.instructions.isEmpty else { return }
    nodes[number].kind = .rules
    nodes[number].tracks = schema.tracks
    nodes[number].first = instructions.count
    instructions.append(contentsOf: schema.instructions)
    nodes[number].end = instructions.count
    if schema.instructions.count == 1, case .reference(let target) = schema.instructions[0] {
      nodes[number].redirect = target
    }
  }

  /// A `$dynamicRef` can lead to any resource on the way to it, so all anchors of its name are compiled; those may hold
  /// new references, hence the loop.
  private mutating func compileDynamicAnchors() throws(FormatError) -> [DynamicAnchor: Int] {
    var found: [DynamicAnchor: Int] = [:]
    var seen = (nodes: -1, names: -1)
    while seen != (nodes.count, anchorNames.count) {
      seen = (nodes.count, anchorNames.count)
      for resource in registry.resources.indices {
        for (name, number) in anchorNames {
          let anchor = DynamicAnchor(resource: resource, name: number)
          guard found[anchor] == nil, let site = dynamicSite(name, in: resource) else { continue }
          found[anchor] = try node(site)
        }
      }
      try compilePending()
    }
    return found
  }

  /// The place of a dynamic anchor; the empty name stands for `$recursiveAnchor`.
  private func dynamicSite(_ name: String, in resource: Int) -> SchemaSite? {
    let resources = registry.resources
    if name.isEmpty {
      return resources[resource].isRecursive
        ? SchemaSite(value: resources[resource].root, resource: resource, pointer: "") : nil
    }
    return resources[resource].dynamicAnchors[name]
  }
}

extension SchemaCompiler {
  /// A schema that applies itself to the very same instance again would never come to an end.
  private func refuseEndlessReferences() throws(FormatError) {
    var state = [UInt8](repeating: 0, count: nodes.count)
    for start in nodes.indices where state[start] == 0 {
      var path: [(node: Int, next: [Int])] = [(start, inPlace(start))]
      state[start] = 1
      while !path.isEmpty {
        guard let next = path[path.count - 1].next.popLast() else {
          state[path.removeLast().node] = 2
          continue
        }
        if state[next] == 1 {
          throw FormatError(
            .jsonSchema,
            .invalid(
              what: "schema \(registry.location(sites[next])), which applies itself without end",
              expected: "references that lead on"), at: sites[next].value.position)
        }
        if state[next] == 0 {
          state[next] = 1
          path.append((next, inPlace(next)))
        }
      }
    }
  }

  /// The nodes that always apply where this one does.
  private func inPlace(_ node: Int) -> [Int] {
    var found: [Int] = []
    for instruction in instructions[nodes[node].first..<nodes[node].end] {
      switch instruction {
      case .reference(let target): found.append(target)
      case .all(let branches): found.append(contentsOf: tables.branches[branches])
      default: break
      }
    }
    return found
  }
}

extension Value.Kind {
  /// The name in messages, with its article.
  var name: String {
    switch self {
    case .null: "null"
    case .boolean: "a boolean"
    case .integer: "an integer"
    case .real: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
