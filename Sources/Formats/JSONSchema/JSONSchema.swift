/// A compiled JSON Schema: draft 2020-12 unless `$schema` names 2019-09, draft-07, draft-06 or draft-04.
///
/// Compiled once, used for any number of instances, on any number of threads. Schemas and instances are JSON or YAML
/// values. Numbers are compared exactly, string lengths count Unicode scalars. `format` is an annotation unless the
/// options or the metaschema's vocabularies make it an assertion.
public struct JSONSchema: Sendable {
  /// How a schema is understood where it does not say so itself.
  public struct Options: Sendable {
    /// The draft of schemas without `$schema`.
    public var draft: SchemaDraft
    /// `format` fails instances that break it. Unknown formats never do.
    public var assertsFormat: Bool
    /// An `$id` without a scheme at the root of a document is only a name: references start where the document was
    /// found. By the standard it moves them.
    public var ignoresRelativeIdentifiers: Bool

    /// Draft 2020-12 with `format` as an annotation, and identifiers as the standard says, unless told otherwise.
    public init(
      draft: SchemaDraft = .draft2020, assertsFormat: Bool = false, ignoresRelativeIdentifiers: Bool = false
    ) {
      self.draft = draft
      self.assertsFormat = assertsFormat
      self.ignoresRelativeIdentifiers = ignoresRelativeIdentifiers
    }
  }

  /// The most errors that `validate` gathers.
  public static let errorLimit = 1_000
  /// The most schemas applied to one instance, however small; only schemas that multiply themselves get there.
  public static let stepLimit = 100_000
  /// What each value of the instance's document adds to that.
  public static let stepsPerValue = 200
  /// The most schemas inside one another while an instance is checked.
  public static let nestingLimit = 2 * SourceLimits.depth

  private let program: SchemaProgram
  private let patterns: PatternCompiler

  /// Compiles a schema and everything that it refers to.
  ///
  /// - Parameters:
  ///   - root: the schema document.
  ///   - baseURI: where the document was found, if references are to be resolved against that; `$id` overrides it.
  ///   - resources: where references to other documents lead.
  ///   - patterns: the engine for `pattern`, `patternProperties` and `format: regex` (ECMA-262 syntax).
  ///   - options: draft and meaning of `format` where the schema leaves them open.
  /// - Throws: `FormatError` at the keyword that has a wrong value, at the reference that leads nowhere, at the pattern
  ///   that is refused, or at the schema that refers to itself without end.
  public init(
    _ root: Value, baseURI: String = "", resources: SchemaResources = SchemaResources(),
    patterns: @escaping PatternCompiler, options: Options = Options()
  ) throws(FormatError) {
    var compiler = SchemaCompiler(resources, patterns: patterns, options: options)
    self.program = try compiler.program(root, baseURI: baseURI)
    self.patterns = patterns
  }

  /// Is the instance valid? Stops at the first error and words none. Memory is asked for only by keywords that remember
  /// (`unevaluated…`, `uniqueItems` over many items, dynamic references) and by exact decimals.
  public func isValid(_ instance: Value) -> Bool {
    var evaluator = SchemaEvaluator(program, instance, patterns: patterns, collects: false)
    return evaluator.run()
  }

  /// Everything that is wrong with the instance, in the order of the file; empty when it is valid.
  public func validate(_ instance: Value) -> [SchemaError] {
    if isValid(instance) { return [] }
    var evaluator = SchemaEvaluator(program, instance, patterns: patterns, collects: true)
    _ = evaluator.run()
    let ordered = evaluator.errors.enumerated().sorted {
      ($0.element.instancePosition, $0.offset) < ($1.element.instancePosition, $1.offset)
    }
    return ordered.map(\.element)
  }
}
