/// Some members of a set, made ready to be looked for in one pass over a text: texts of one kind need not be searched for
/// what only concerns another. Immutable, shared by threads.
public final class PatternSelection: Sendable {
  /// A pattern that is looked for by a literal.
  struct Use {
    let program: Int
    /// How far in front of the literal a match begins at most; nil when there is no bound.
    let maximumOffset: Int?
  }

  /// Patterns that are looked for by reading every byte.
  struct Group {
    let program: Program
    let members: [Int]
  }

  /// Nil when no pattern is looked for by literals.
  let literals: LiteralTables?
  /// What the literals stand for, literal by literal; `firstUse` says where those of each begin, and of one more.
  let uses: [Use]
  let firstUse: [Int]
  let groups: [Group]

  init(_ members: [Int], of programs: [LineProgram], _ kernel: LiteralKernel) {
    var literals: [RequiredLiterals.Literal] = []
    var numbers: [RequiredLiterals.Literal: Int] = [:]
    var uses: [[Use]] = []
    var others: [Int] = []
    for index in members {
      guard let required = programs[index].required, required.isWorthLooking,
        literals.count + required.places.count <= PatternLimits.setLiterals
      else {
        others.append(index)
        continue
      }
      for (literal, maximumOffset) in required.places {
        if numbers[literal] == nil {
          numbers[literal] = literals.count
          literals.append(literal)
          uses.append([])
        }
        if let number = numbers[literal] {
          uses[number].append(Use(program: index, maximumOffset: maximumOffset))
        }
      }
    }
    self.uses = Array(uses.joined())
    var ends = [0]
    for one in uses { ends.append((ends.last ?? 0) + one.count) }
    firstUse = ends
    let tables = literals.isEmpty ? nil : LiteralTables(literals, kernel)
    self.literals = tables
    if tables == nil { others = members }
    groups = PatternSelection.groups(of: others, programs)
  }

  /// Each group's program is bounded, and so is what a state of its automaton may cost.
  private static func groups(of members: [Int], _ programs: [LineProgram]) -> [Group] {
    var groups: [[Int]] = []
    var size = 0
    for member in members {
      let states = programs[member].program.states.count
      if groups.isEmpty || size + states > PatternLimits.groupStates {
        groups.append([])
        size = 0
      }
      groups[groups.count - 1].append(member)
      size += states
    }
    return groups.map { Group(program: .union($0.map { programs[$0].program }), members: $0) }
  }
}

extension RequiredLiterals {
  /// Whether the literals are long and rare enough to look for them rather than to read every byte.
  fileprivate var isWorthLooking: Bool {
    minimumLength >= 2 && literals.reduce(0) { $0 + $1.share(of: $1.bytes.indices) } < 1.0 / 400
  }
}
