/// A compiled schema: flat tables that refer to one another by index, never changed once made.
///
/// A class for identity only: all values of one schema share it.
final class SchemaProgram: Sendable {
  let nodes: [SchemaNode]
  let instructions: [SchemaInstruction]
  let tables: SchemaTables
  let root: Int
  /// Where each node stands: absolute URI and pointer.
  let locations: [String]
  /// Some `$dynamicRef` needs to know the resources on the way.
  let needsScope: Bool
  /// Node of a dynamic anchor, by resource and anchor number; only what is asked for.
  let dynamicAnchors: [DynamicAnchor: Int]

  init(
    nodes: [SchemaNode], instructions: [SchemaInstruction], tables: SchemaTables, root: Int, locations: [String],
    needsScope: Bool, dynamicAnchors: [DynamicAnchor: Int]
  ) {
    self.nodes = nodes
    self.instructions = instructions
    self.tables = tables
    self.root = root
    self.locations = locations
    self.needsScope = needsScope
    self.dynamicAnchors = dynamicAnchors
  }
}

/// A dynamic anchor's number within one resource.
struct DynamicAnchor: Hashable, Sendable {
  let resource: Int
  let name: Int
}

/// One schema object or boolean.
struct SchemaNode: Sendable {
  enum Kind: UInt8, Sendable {
    case always
    case never
    case rules
  }

  var kind = Kind.always
  /// It has `unevaluatedItems` or `unevaluatedProperties`.
  var tracks = false
  var resource: Int
  /// The instructions of the node.
  var first = 0
  var end = 0
  /// The node that this one is nothing but a reference to, or -1.
  var redirect = -1
}

/// The kinds of values that `type` allows.
struct SchemaTypes: OptionSet, Sendable {
  let rawValue: UInt8
  static let null = SchemaTypes(rawValue: 1)
  static let boolean = SchemaTypes(rawValue: 2)
  static let integer = SchemaTypes(rawValue: 4)
  static let number = SchemaTypes(rawValue: 8)
  static let string = SchemaTypes(rawValue: 16)
  static let array = SchemaTypes(rawValue: 32)
  static let object = SchemaTypes(rawValue: 64)
  /// Draft-04: an integer is what is written as one.
  static let writtenInteger = SchemaTypes(rawValue: 128)

  static let names: [(name: String, types: SchemaTypes)] = [
    ("null", .null), ("boolean", .boolean), ("integer", .integer), ("number", .number), ("string", .string),
    ("array", .array), ("object", .object),
  ]
}

/// What one keyword (or a group that is cheapest to check together) asks. Payloads are counts or indexes into
/// `SchemaTables`, so that an instruction is a few bytes and never counts references.
enum SchemaInstruction: Sendable {
  case types(SchemaTypes)
  case constant(Int)
  case enumeration(Int)
  case bound(Int)
  case multiple(Int)
  case minLength(Int)
  case maxLength(Int)
  case pattern(Int)
  case format(StringFormat)
  case minItems(Int)
  case maxItems(Int)
  case uniqueItems
  case minProperties(Int)
  case maxProperties(Int)
  case dependentRequired(Int)
  case object(Int)
  case array(Int)
  case contains(Int)
  case reference(Int)
  case dynamicReference(name: Int, fallback: Int)
  case all(Int)
  case any(Int)
  case one(Int)
  case not(Int)
  case conditional(Int)
  case dependentSchemas(Int)
  case unevaluatedItems(Int)
  case unevaluatedProperties(Int)
}

/// The operands of instructions that do not fit into one.
struct SchemaTables: Sendable {
  /// A limit on numbers.
  struct Bound: Sendable {
    let isMaximum: Bool
    let isExclusive: Bool
    let limit: Value
    let whole: Int64?
    let real: Double
    let decimal: DecimalNumber
  }

  struct Divisor: Sendable {
    let value: Value
    let whole: Int64?
    let real: Double
    let decimal: DecimalNumber
  }

  struct Pattern: Sendable {
    let source: String
    let matcher: any PatternMatching
  }

  /// The values of an `enum`: texts by their bytes, others by hash.
  struct Enumeration: Sendable {
    var texts = KeyTable()
    var others: [Int: [Value]] = [:]
    var all: [Value] = []
  }

  /// `properties`, `patternProperties`, `additionalProperties`, `propertyNames` and `required`: one walk over members.
  struct ObjectPlan: Sendable {
    var keys = KeyTable()
    /// For each key its schema, or -1.
    var nodes: [Int] = []
    /// For each key its number among the required ones, or -1.
    var requirements: [Int] = []
    var required: [String] = []
    var patterns: [(pattern: Int, node: Int)] = []
    var additional = -1
    var names = -1

    /// The number of a key, made when it is new.
    mutating func number(of key: String) -> Int {
      let number = keys.insert(key.utf8)
      if number == nodes.count {
        nodes.append(-1)
        requirements.append(-1)
      }
      return number
    }
  }

  /// `prefixItems` and `items` (or their older spellings).
  struct ArrayPlan: Sendable {
    var prefix: [Int] = []
    var rest = -1
  }

  struct Contains: Sendable {
    let node: Int
    let minimum: Int
    let maximum: Int?
    /// 2020-12: items that match count as evaluated.
    let marks: Bool
  }

  struct Conditional: Sendable {
    let condition: Int
    let then: Int
    let otherwise: Int
  }

  struct Dependencies: Sendable {
    var names: [(key: String, needs: [String])] = []
    var schemas: [(key: String, node: Int)] = []
  }

  var constants: [Value] = []
  var enumerations: [Enumeration] = []
  var bounds: [Bound] = []
  var divisors: [Divisor] = []
  var patterns: [Pattern] = []
  var objects: [ObjectPlan] = []
  var arrays: [ArrayPlan] = []
  var contains: [Contains] = []
  var branches: [[Int]] = []
  var conditionals: [Conditional] = []
  var dependencies: [Dependencies] = []
}
