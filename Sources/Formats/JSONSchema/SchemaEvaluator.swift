/// Runs a compiled schema over one instance.
///
/// One walk serves both questions: `isValid` stops at the first failure and builds nothing; `validate` goes on, keeps
/// the path and gathers errors. Values are looked at through the arena's records, not through `Value`, so that a
/// comparison costs no reference counting.
struct SchemaEvaluator {
  let program: SchemaProgram
  let storage: ValueStorage
  let patterns: PatternCompiler
  private(set) var errors: [SchemaError] = []
  /// Gathering errors; off inside `not`, `if` and `contains`, where a failure is no error.
  var collects: Bool
  /// The way from the root of the instance to the value in hand; kept only while gathering.
  private var path: [PathStep] = []
  /// Bits of what has been evaluated, in regions that open and close like a stack (see `SchemaEvaluator+Marks`).
  var marks: [UInt64] = []
  /// The resources entered on the way, outermost first; kept only for programs with dynamic references.
  private var scope: [Int] = []
  private let root: UInt32
  private var steps = 0
  private let stepLimit: Int
  private var nesting = 0
  private var limit: SchemaError.Problem?

  enum PathStep {
    case key(UInt32)
    case index(Int)
  }

  /// No region: nobody asks what is evaluated.
  static let untracked = -1

  init(_ program: SchemaProgram, _ instance: Value, patterns: @escaping PatternCompiler, collects: Bool) {
    self.program = program
    self.storage = instance.storage
    self.root = instance.index
    stepLimit = JSONSchema.stepLimit + JSONSchema.stepsPerValue * instance.storage.records.count
    self.patterns = patterns
    self.collects = collects
  }

  mutating func run() -> Bool {
    let isValid = evaluate(program.root, root, SchemaEvaluator.untracked)
    guard let limit else { return isValid }
    // Whatever was concluded after giving up means nothing.
    if collects {
      errors.removeAll()
      report(limit, program.root, root)
    }
    return false
  }

  /// Applies a node to a value. What it evaluates is marked in `region`.
  mutating func evaluate(_ start: Int, _ instance: UInt32, _ region: Int) -> Bool {
    let outerScope = scope.count
    var number = start
    var node = program.nodes[number]
    if program.needsScope { enter(node.resource) }
    while node.redirect >= 0 {
      number = node.redirect
      node = program.nodes[number]
      if program.needsScope { enter(node.resource) }
    }
    defer { if program.needsScope { scope.removeLast(scope.count - outerScope) } }
    switch node.kind {
    case .always: return true
    case .never: return fail(number, instance) { _ in .notAllowed }
    case .rules: break
    }
    guard mayGoOn() else { return false }
    nesting += 1
    defer { nesting -= 1 }
    guard node.tracks else { return runInstructions(node, number, instance, region) }
    let own = openRegion(instance)
    let isValid = runInstructions(node, number, instance, own)
    closeRegion(own, into: region, keeps: isValid)
    return isValid
  }

  private mutating func runInstructions(_ node: SchemaNode, _ number: Int, _ instance: UInt32, _ region: Int) -> Bool {
    var isValid = true
    for index in node.first..<node.end {
      let instruction = program.instructions[index]
      // After a failed applicator nothing is known of what it would have evaluated: no errors about the rest.
      if !isValid, instruction.needsMarks { continue }
      let holds =
        instruction.applies
        ? apply(instruction, number, instance, region) : check(instruction, number, instance)
      if holds { continue }
      if !collects { return false }
      isValid = false
    }
    return isValid
  }

  /// The node that a dynamic reference leads to: that of the outermost resource on the way which has the anchor.
  func dynamicTarget(_ name: Int, _ fallback: Int) -> Int {
    for resource in scope {
      if let node = program.dynamicAnchors[DynamicAnchor(resource: resource, name: name)] { return node }
    }
    return fallback
  }

  private mutating func enter(_ resource: Int) {
    if scope.last != resource { scope.append(resource) }
  }

  private mutating func mayGoOn() -> Bool {
    steps += 1
    if limit != nil { return false }
    if steps > stepLimit {
      limit = .limitExceeded(name: "schema steps", limit: stepLimit)
    } else if nesting > JSONSchema.nestingLimit {
      limit = .limitExceeded(name: "schema nesting", limit: JSONSchema.nestingLimit)
    }
    return limit == nil
  }
}

extension SchemaInstruction {
  /// It applies other schemas.
  var applies: Bool {
    switch self {
    case .types, .constant, .enumeration, .bound, .multiple, .minLength, .maxLength, .pattern, .format, .minItems,
      .maxItems, .uniqueItems, .minProperties, .maxProperties:
      false
    default: true
    }
  }

  var needsMarks: Bool {
    switch self {
    case .unevaluatedItems, .unevaluatedProperties: true
    default: false
    }
  }
}

extension SchemaEvaluator {
  /// Applies a node to a member of the object in hand.
  mutating func evaluateMember(_ node: Int, key: UInt32, _ value: UInt32) -> Bool {
    guard collects else { return evaluate(node, value, SchemaEvaluator.untracked) }
    if program.nodes[node].kind == .never {
      return failMember(node, key: key) { .forbiddenProperty(name: $0.name) }
    }
    path.append(.key(key))
    defer { path.removeLast() }
    return evaluate(node, value, SchemaEvaluator.untracked)
  }

  /// Applies a node to an item of the array in hand.
  mutating func evaluateItem(_ node: Int, index: Int, _ value: UInt32) -> Bool {
    guard collects else { return evaluate(node, value, SchemaEvaluator.untracked) }
    path.append(.index(index))
    defer { path.removeLast() }
    return evaluate(node, value, SchemaEvaluator.untracked)
  }

  /// Applies what is said of all further items: `false` there means that there may be none.
  mutating func evaluateRest(_ rest: Int, index: Int, _ value: UInt32) -> Bool {
    guard collects, program.nodes[rest].kind == .never else { return evaluateItem(rest, index: index, value) }
    path.append(.index(index))
    defer { path.removeLast() }
    return fail(rest, value) { _ in .unexpectedItem(index: index) }
  }

  /// Does a node apply? Asked where a failure is no error.
  mutating func matches(_ node: Int, _ value: UInt32, _ region: Int = SchemaEvaluator.untracked) -> Bool {
    let collected = collects
    collects = false
    defer { collects = collected }
    return evaluate(node, value, region)
  }

  /// Notes an error (while gathering) and is false.
  mutating func fail(_ node: Int, _ instance: UInt32, _ problem: (Value) -> SchemaError.Problem) -> Bool {
    if collects { report(problem(view(instance)), node, instance) }
    return false
  }

  /// Notes an error about a member itself, at its key, and is false.
  mutating func failMember(_ node: Int, key: UInt32, _ problem: (Value) -> SchemaError.Problem) -> Bool {
    guard collects else { return false }
    path.append(.key(key))
    defer { path.removeLast() }
    return fail(node, key, problem)
  }

  mutating func report(
    _ problem: SchemaError.Problem, _ node: Int, _ instance: UInt32, branch: [SchemaError] = []
  ) {
    guard errors.count < JSONSchema.errorLimit else { return }
    errors.append(
      SchemaError(
        instancePointer: pointer, instancePosition: view(instance).position,
        schemaLocation: program.locations[node], problem: problem, branch: branch, depth: path.count))
  }

  /// The errors since a mark, taken out of the list.
  mutating func takeErrors(since mark: Int) -> [SchemaError] {
    let taken = Array(errors[mark...])
    errors.removeLast(errors.count - mark)
    return taken
  }

  var level: Int { path.count }

  func view(_ index: UInt32) -> Value { Value(storage: storage, index: index) }

  private var pointer: String {
    var pointer = ""
    for step in path {
      switch step {
      case .key(let key): pointer += "/" + JSONPointer.token(view(key).name)
      case .index(let index): pointer += "/\(index)"
      }
    }
    return pointer
  }
}

extension Value {
  /// The text of a key: of a scalar what it says, of a container how it is written.
  var name: String {
    switch kind {
    case .array, .object: sourceText
    default: text
    }
  }
}
