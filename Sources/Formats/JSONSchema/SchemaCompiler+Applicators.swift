extension SchemaCompiler {
  mutating func compileObject(_ schema: inout SchemaObject) throws(FormatError) {
    var plan = SchemaTables.ObjectPlan()
    for (name, value) in try members(.properties, schema) {
      let child = try node(schema.place(value, .properties, name))
      plan.nodes[plan.number(of: name)] = child
    }
    for (name, value) in try members(.patternProperties, schema) {
      let site = schema.place(value, .patternProperties, name)
      plan.patterns.append((try pattern(value, name), try node(site)))
    }
    plan.additional = try child(.additionalProperties, schema) ?? -1
    plan.names = try child(.propertyNames, schema) ?? -1
    if let value = schema[.required], !(schema.dialect.draft == .draft04 && value.kind == .boolean) {
      for name in try texts(value, .required, schema) {
        let number = plan.number(of: name)
        guard plan.requirements[number] < 0 else { continue }
        plan.requirements[number] = plan.required.count
        plan.required.append(name)
      }
    }
    if plan.keys.count > 0 || !plan.patterns.isEmpty || plan.additional >= 0 || plan.names >= 0 {
      tables.objects.append(plan)
      schema.instructions.append(.object(tables.objects.count - 1))
    }
    try compileDependencies(&schema)
  }

  private mutating func compileDependencies(_ schema: inout SchemaObject) throws(FormatError) {
    var names: [(key: String, needs: [String])] = []
    var schemas: [(key: String, node: Int)] = []
    for (key, value) in try members(.dependentRequired, schema) {
      names.append((key, try texts(value, .dependentRequired, schema)))
    }
    for (key, value) in try members(.dependentSchemas, schema) {
      schemas.append((key, try node(schema.place(value, .dependentSchemas, key))))
    }
    for (key, value) in try members(.dependencies, schema) {
      switch value.kind {
      case .array: names.append((key, try texts(value, .dependencies, schema)))
      case .string where schema.dialect.draft == .draft04: names.append((key, [value.text]))
      default: schemas.append((key, try node(schema.place(value, .dependencies, key))))
      }
    }
    if names.isEmpty && schemas.isEmpty { return }
    tables.dependencies.append(SchemaTables.Dependencies(names: names, schemas: schemas))
    let number = tables.dependencies.count - 1
    if !names.isEmpty { schema.instructions.append(.dependentRequired(number)) }
    if !schemas.isEmpty { schema.instructions.append(.dependentSchemas(number)) }
  }

  mutating func compileArray(_ schema: inout SchemaObject) throws(FormatError) {
    var plan = SchemaTables.ArrayPlan()
    if schema.dialect.draft >= .draft2020 {
      plan.prefix = try children(.prefixItems, schema) ?? []
      plan.rest = try child(.items, schema) ?? -1
    } else if schema[.items]?.kind == .array {
      plan.prefix = try children(.items, schema) ?? []
      plan.rest = try child(.additionalItems, schema) ?? -1
    } else {
      plan.rest = try child(.items, schema) ?? -1
    }
    if !plan.prefix.isEmpty || plan.rest >= 0 {
      tables.arrays.append(plan)
      schema.instructions.append(.array(tables.arrays.count - 1))
    }
    let minimum = try count(.minContains, schema)
    let maximum = try count(.maxContains, schema)
    guard let contains = try child(.contains, schema) else { return }
    tables.contains.append(
      SchemaTables.Contains(
        node: contains, minimum: minimum ?? 1, maximum: maximum, marks: schema.dialect.draft >= .draft2020))
    schema.instructions.append(.contains(tables.contains.count - 1))
  }

  mutating func compileBranches(_ schema: inout SchemaObject) throws(FormatError) {
    if let nodes = try children(.allOf, schema) { schema.instructions.append(.all(branches(nodes))) }
    if let nodes = try children(.anyOf, schema) { schema.instructions.append(.any(branches(nodes))) }
    if let nodes = try children(.oneOf, schema) { schema.instructions.append(.one(branches(nodes))) }
    if let node = try child(.not, schema) { schema.instructions.append(.not(node)) }
    let then = try child(.then, schema)
    let otherwise = try child(.else, schema)
    guard let condition = try child(.if, schema) else { return }
    tables.conditionals.append(
      SchemaTables.Conditional(condition: condition, then: then ?? -1, otherwise: otherwise ?? -1))
    schema.instructions.append(.conditional(tables.conditionals.count - 1))
  }

  private mutating func branches(_ nodes: [Int]) -> Int {
    tables.branches.append(nodes)
    return tables.branches.count - 1
  }

  mutating func compileUnevaluated(_ schema: inout SchemaObject) throws(FormatError) {
    if let node = try child(.unevaluatedItems, schema) {
      schema.instructions.append(.unevaluatedItems(node))
      schema.tracks = true
    }
    if let node = try child(.unevaluatedProperties, schema) {
      schema.instructions.append(.unevaluatedProperties(node))
      schema.tracks = true
    }
  }

  mutating func compileReferences(_ schema: inout SchemaObject) throws(FormatError) {
    if let value = schema[.ref] {
      schema.instructions.append(.reference(try node(try target(value, .ref, schema))))
    }
    if let value = schema[.recursiveRef] {
      let target = try target(value, .recursiveRef, schema)
      let isDynamic = target.pointer.isEmpty && registry.resources[target.resource].isRecursive
      schema.instructions.append(try dynamic(isDynamic ? "" : nil, target))
    }
    if let value = schema[.dynamicRef] {
      let target = try target(value, .dynamicRef, schema)
      // The reference is dynamic only where its own target is a dynamic anchor of that very name.
      let name = value.string.flatMap { URIReference($0).fragment }.map(percentDecoded)
      let anchor = name.flatMap { registry.resources[target.resource].dynamicAnchors[$0] }
      schema.instructions.append(try dynamic(anchor?.key == target.key ? name : nil, target))
    }
  }

  private mutating func target(
    _ value: Value, _ keyword: SchemaKeyword, _ schema: SchemaObject
  ) throws(FormatError) -> SchemaSite {
    guard let reference = value.string else { throw misuse(keyword, "a URI reference", value, schema) }
    return try registry.site(of: reference, from: schema.site, at: value.position)
  }

  private mutating func dynamic(_ name: String?, _ target: SchemaSite) throws(FormatError) -> SchemaInstruction {
    let node = try node(target)
    guard let name else { return .reference(node) }
    return .dynamicReference(name: anchorName(name), fallback: node)
  }
}
