/// Every keyword that means something to a validator; the raw value is its spelling.
///
/// One table serves the index (where do subschemas stand?) and the compiler (what applies in this dialect?).
enum SchemaKeyword: String, CaseIterable, Sendable {
  case ref = "$ref"
  case recursiveRef = "$recursiveRef"
  case dynamicRef = "$dynamicRef"
  case definitions
  case defs = "$defs"
  case type
  case const
  case `enum`
  case multipleOf
  case maximum
  case exclusiveMaximum
  case minimum
  case exclusiveMinimum
  case maxLength
  case minLength
  case pattern
  case format
  case maxItems
  case minItems
  case uniqueItems
  case maxContains
  case minContains
  case maxProperties
  case minProperties
  case required
  case dependentRequired
  case dependencies
  case dependentSchemas
  case properties
  case patternProperties
  case additionalProperties
  case propertyNames
  case prefixItems
  case items
  case additionalItems
  case contains
  case allOf
  case anyOf
  case oneOf
  case not
  case `if`
  case then
  case `else`
  case unevaluatedItems
  case unevaluatedProperties
  case contentSchema

  /// Where subschemas stand inside the keyword's value.
  enum Shape: Sendable {
    /// Nowhere.
    case value
    /// It is one.
    case schema
    /// An array of them.
    case schemas
    /// An object of them.
    case named
    /// One, or an array of them.
    case either
    /// An object of them or of arrays of property names.
    case dependencies
  }

  func shape(in draft: SchemaDraft) -> Shape {
    switch self {
    case .defs, .definitions, .properties, .patternProperties, .dependentSchemas: .named
    case .dependencies: .dependencies
    case .allOf, .anyOf, .oneOf, .prefixItems: .schemas
    case .items: draft < .draft2020 ? .either : .schema
    case .additionalProperties, .propertyNames, .additionalItems, .contains, .not, .if, .then, .else,
      .unevaluatedItems, .unevaluatedProperties, .contentSchema:
      .schema
    default: .value
    }
  }

  /// Does the keyword mean anything in this dialect?
  func applies(in dialect: SchemaDialect) -> Bool {
    drafts.contains(dialect.draft) && !dialect.vocabularies.isDisjoint(with: vocabulary)
  }

  private var drafts: ClosedRange<SchemaDraft> {
    switch self {
    case .const, .contains, .propertyNames: .draft06 ... .draft2020
    case .if, .then, .else: .draft07 ... .draft2020
    case .recursiveRef: .draft2019 ... .draft2019
    case .additionalItems: .draft04 ... .draft2019
    case .maxContains, .minContains, .dependentRequired, .dependentSchemas, .unevaluatedItems,
      .unevaluatedProperties, .contentSchema, .defs:
      .draft2019 ... .draft2020
    case .dynamicRef, .prefixItems: .draft2020 ... .draft2020
    // `definitions` and `dependencies` live on: the 2020-12 metaschema still describes them for old schemas.
    default: .draft04 ... .draft2020
    }
  }

  private var vocabulary: SchemaDialect.Vocabularies {
    switch self {
    case .ref, .recursiveRef, .dynamicRef, .definitions, .defs: .core
    case .type, .const, .enum, .multipleOf, .maximum, .exclusiveMaximum, .minimum, .exclusiveMinimum, .maxLength,
      .minLength, .pattern, .maxItems, .minItems, .uniqueItems, .maxContains, .minContains, .maxProperties,
      .minProperties, .required, .dependentRequired:
      .validation
    case .format: [.formatAnnotation, .formatAssertion]
    case .unevaluatedItems, .unevaluatedProperties: .unevaluated
    case .contentSchema: .annotation
    default: .applicator
    }
  }

  /// By spelling; made once.
  static let named: [String: SchemaKeyword] = Dictionary(
    uniqueKeysWithValues: SchemaKeyword.allCases.map { ($0.rawValue, $0) })
}
