extension SchemaCompiler {
  /// All keywords of one schema, the cheap ones first; what depends on others' results comes last.
  mutating func compile(_ schema: inout SchemaObject) throws(FormatError) {
    try compileValues(&schema)
    try compileNumbers(&schema)
    try compileTexts(&schema)
    try compileCounts(&schema)
    try compileObject(&schema)
    try compileArray(&schema)
    try compileReferences(&schema)
    try compileBranches(&schema)
    try compileUnevaluated(&schema)
  }

  private mutating func compileValues(_ schema: inout SchemaObject) throws(FormatError) {
    if let value = schema[.type] {
      schema.instructions.append(.types(try types(value, schema)))
    }
    if let value = schema[.const] {
      tables.constants.append(value)
      schema.instructions.append(.constant(tables.constants.count - 1))
    }
    guard let value = schema[.enum] else { return }
    guard value.kind == .array else { throw misuse(.enum, "an array", value, schema) }
    var enumeration = SchemaTables.Enumeration()
    for element in value.elements {
      enumeration.all.append(element)
      if element.kind == .string {
        _ = enumeration.texts.insert(element.textBytes)
      } else {
        enumeration.others[element.jsonHash, default: []].append(element)
      }
    }
    tables.enumerations.append(enumeration)
    schema.instructions.append(.enumeration(tables.enumerations.count - 1))
  }

  private func types(_ value: Value, _ schema: SchemaObject) throws(FormatError) -> SchemaTypes {
    var types: SchemaTypes = []
    for element in value.kind == .array ? Array(value.elements) : [value] {
      guard let named = SchemaTypes.names.first(where: { $0.name == element.string }) else {
        let names = SchemaTypes.names.map(\.name).joined(separator: ", ")
        throw misuse(.type, "one of \(names), or an array of them", element, schema)
      }
      let isWritten = schema.dialect.draft == .draft04 && named.types == .integer
      types.formUnion(isWritten ? .writtenInteger : named.types)
    }
    return types
  }

  private mutating func compileNumbers(_ schema: inout SchemaObject) throws(FormatError) {
    if schema.dialect.draft == .draft04 {
      try compileBound(.minimum, exclusiveWith: .exclusiveMinimum, isMaximum: false, &schema)
      try compileBound(.maximum, exclusiveWith: .exclusiveMaximum, isMaximum: true, &schema)
    } else {
      try compileBound(.minimum, isExclusive: false, isMaximum: false, &schema)
      try compileBound(.maximum, isExclusive: false, isMaximum: true, &schema)
      try compileBound(.exclusiveMinimum, isExclusive: true, isMaximum: false, &schema)
      try compileBound(.exclusiveMaximum, isExclusive: true, isMaximum: true, &schema)
    }
    guard let value = schema[.multipleOf] else { return }
    guard let real = value.number, let decimal = value.decimal, decimal.isPositive else {
      throw misuse(.multipleOf, "a number above 0", value, schema)
    }
    tables.divisors.append(
      SchemaTables.Divisor(
        value: value, whole: value.kind == .integer ? value.integer : nil, real: real, decimal: decimal))
    schema.instructions.append(.multiple(tables.divisors.count - 1))
  }

  /// Draft-04: `exclusiveMinimum` is a boolean beside `minimum`.
  private mutating func compileBound(
    _ keyword: SchemaKeyword, exclusiveWith other: SchemaKeyword, isMaximum: Bool, _ schema: inout SchemaObject
  ) throws(FormatError) {
    if let value = schema[other], value.kind != .boolean { throw misuse(other, "true or false", value, schema) }
    try compileBound(keyword, isExclusive: schema[other]?.boolean == true, isMaximum: isMaximum, &schema)
  }

  private mutating func compileBound(
    _ keyword: SchemaKeyword, isExclusive: Bool, isMaximum: Bool, _ schema: inout SchemaObject
  ) throws(FormatError) {
    guard let value = schema[keyword] else { return }
    guard let real = value.number, let decimal = value.decimal else {
      throw misuse(keyword, "a number", value, schema)
    }
    tables.bounds.append(
      SchemaTables.Bound(
        isMaximum: isMaximum, isExclusive: isExclusive, limit: value,
        whole: value.kind == .integer ? value.integer : nil, real: real, decimal: decimal))
    schema.instructions.append(.bound(tables.bounds.count - 1))
  }

  private mutating func compileTexts(_ schema: inout SchemaObject) throws(FormatError) {
    if let limit = try count(.minLength, schema) { schema.instructions.append(.minLength(limit)) }
    if let limit = try count(.maxLength, schema) { schema.instructions.append(.maxLength(limit)) }
    if let value = schema[.pattern] {
      guard let text = value.string else { throw misuse(.pattern, "a regular expression", value, schema) }
      schema.instructions.append(.pattern(try pattern(value, text)))
    }
    guard let value = schema[.format] else { return }
    guard let name = value.string else { throw misuse(.format, "the name of a format", value, schema) }
    let isAsserted = options.assertsFormat || schema.dialect.vocabularies.contains(.formatAssertion)
    if isAsserted, let format = StringFormat(rawValue: name) { schema.instructions.append(.format(format)) }
  }

  private mutating func compileCounts(_ schema: inout SchemaObject) throws(FormatError) {
    if let limit = try count(.minItems, schema) { schema.instructions.append(.minItems(limit)) }
    if let limit = try count(.maxItems, schema) { schema.instructions.append(.maxItems(limit)) }
    if let limit = try count(.minProperties, schema) { schema.instructions.append(.minProperties(limit)) }
    if let limit = try count(.maxProperties, schema) { schema.instructions.append(.maxProperties(limit)) }
    guard let value = schema[.uniqueItems] else { return }
    guard let isUnique = value.boolean else { throw misuse(.uniqueItems, "true or false", value, schema) }
    if isUnique { schema.instructions.append(.uniqueItems) }
  }
}
