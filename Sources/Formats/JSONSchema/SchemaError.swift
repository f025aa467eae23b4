/// One way in which an instance breaks its schema.
public struct SchemaError: Error, Sendable, Hashable {
  /// What is wrong, with what a message needs.
  public enum Problem: Sendable, Hashable {
    /// The value has another type.
    case wrongType(expected: [String], found: String)
    /// The value is not the one that `const` names.
    case notConstant(expected: String, found: String)
    /// The value is none of `enum`.
    case notListed(allowed: [String], found: String)
    /// A number is below its limit (or equal to an exclusive one).
    case tooSmall(found: String, limit: String, isExclusive: Bool)
    /// A number is above its limit (or equal to an exclusive one).
    case tooLarge(found: String, limit: String, isExclusive: Bool)
    /// A number is no multiple.
    case notMultiple(found: String, of: String)
    /// A text has too few characters (Unicode scalars).
    case tooShort(length: Int, minimum: Int)
    /// A text has too many characters (Unicode scalars).
    case tooLong(length: Int, maximum: Int)
    /// A text does not match its pattern.
    case patternMismatch(found: String, pattern: String)
    /// A text is not in its format.
    case badFormat(found: String, format: String)
    /// An array is too short.
    case tooFewItems(count: Int, minimum: Int)
    /// An array is too long.
    case tooManyItems(count: Int, maximum: Int)
    /// Two items of an array are equal; indexes from 0.
    case equalItems(first: Int, second: Int)
    /// Too few items match `contains`.
    case tooFewMatches(count: Int, minimum: Int)
    /// Too many items match `contains`.
    case tooManyMatches(count: Int, maximum: Int)
    /// An object has too few members.
    case tooFewProperties(count: Int, minimum: Int)
    /// An object has too many members.
    case tooManyProperties(count: Int, maximum: Int)
    /// A required property is absent.
    case missingProperty(name: String)
    /// A property is absent that another one needs.
    case missingDependency(name: String, neededBy: String)
    /// A property that the schema does not allow; the nearest name that it knows.
    case unexpectedProperty(name: String, suggestion: String?)
    /// A property whose own schema is `false`.
    case forbiddenProperty(name: String)
    /// An item behind the last that the schema allows.
    case unexpectedItem(index: Int)
    /// The name of a property is not allowed.
    case badPropertyName(name: String, reason: String)
    /// The schema is `false`: nothing is allowed here.
    case notAllowed
    /// No branch of `anyOf` or `oneOf` matches; `SchemaError.branch` says why the closest (from 0) does not.
    case noMatch(keyword: String, branches: Int, closest: Int?)
    /// More than one branch of `oneOf` matches; indexes from 0.
    case severalMatches([Int])
    /// The schema under `not` matches.
    case forbidden
    /// The check was given up at a named limit: the schema refers to itself too often.
    case limitExceeded(name: String, limit: Int)
  }

  /// Where the value stands in the instance: a JSON pointer, empty for the whole.
  public let instancePointer: String
  /// Where the value stands in the file.
  public let instancePosition: SourcePosition
  /// The schema that is broken: absolute URI (where it has one) and JSON pointer.
  public let schemaLocation: String
  /// What is wrong.
  public let problem: Problem
  /// For `noMatch`, the errors of the branch that came closest.
  public let branch: [SchemaError]

  /// The value that fails, as validators count faults: what is wrong with having a member or an item at all is a fault of
  /// the container.
  public var failingPointer: String {
    switch problem {
    case .unexpectedProperty, .unexpectedItem, .badPropertyName: JSONPointer.parent(of: instancePointer)
    default: instancePointer
    }
  }

  /// Levels below the root of the instance.
  let depth: Int
  /// Errors inside one another, this one counted.
  private let height: Int
  private static let mostHeight = 4

  init(
    instancePointer: String, instancePosition: SourcePosition, schemaLocation: String, problem: Problem,
    branch: [SchemaError], depth: Int
  ) {
    self.instancePointer = instancePointer
    self.instancePosition = instancePosition
    self.schemaLocation = schemaLocation
    self.problem = problem
    self.depth = depth
    // In recursive schemas each level has branches of its own: the levels between are left out, the innermost stay.
    self.branch = branch.flatMap { $0.height >= SchemaError.mostHeight ? $0.branch : [$0] }
    height = 1 + (self.branch.map(\.height).max() ?? 0)
  }
}

/// Why the branches of an `anyOf` or `oneOf` fail, boiled down to what helps a person: the branch that came closest, or
/// the types that would have been right.
struct BranchFailures {
  /// Levels below the root of the instance at which the branches apply.
  let level: Int
  private(set) var closest: Int?
  private(set) var errors: [SchemaError] = []
  private var expected: [String]? = []

  init(level: Int) {
    self.level = level
  }

  /// The types that the branches ask for, if having another one is all that is wrong with each of them.
  var types: [String]? { closest == nil ? nil : expected }

  mutating func add(_ branch: Int, _ found: [SchemaError]) {
    noteTypes(found)
    if closest != nil, rank(found) >= rank(errors) { return }
    closest = branch
    errors = found
  }

  /// Fewer mismatches first, then deeper errors, then fewer.
  private func rank(_ errors: [SchemaError]) -> (Int, Int, Int) {
    let mismatches = errors.count(where: isMismatch)
    let shallowest = errors.map(\.depth).min() ?? 0
    return (mismatches, -shallowest, errors.count)
  }

  /// Is this error of a kind that says "another branch was meant" rather than "this branch, but wrong"?
  private func isMismatch(_ error: SchemaError) -> Bool {
    switch error.problem {
    case .notConstant, .notListed: error.depth <= level + 1
    case .wrongType, .notAllowed: error.depth == level
    default: false
    }
  }

  private mutating func noteTypes(_ errors: [SchemaError]) {
    for error in errors where error.depth == level {
      if case .wrongType(let types, _) = error.problem {
        let known = expected ?? []
        if expected != nil { expected = known + types.filter { !known.contains($0) } }
        return
      }
    }
    expected = nil
  }
}
