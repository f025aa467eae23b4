/// What is known of all matches of an expression without looking at a text.
struct ExpressionFacts {
  /// How many bytes match: at least, and at most (nil: without bound).
  struct Length: Equatable {
    var minimum = 0
    var maximum: Int? = 0

    static func + (left: Length, right: Length) -> Length {
      Length(
        minimum: saturated(left.minimum.addingReportingOverflow(right.minimum)),
        maximum: sum(left.maximum, right.maximum))
    }

    static func sum(_ left: Int?, _ right: Int?) -> Int? {
      guard let left, let right else { return nil }
      return saturated(left.addingReportingOverflow(right))
    }

    func repeated(_ repetition: Repetition) -> Length {
      var most: Int?
      if let maximum, let count = repetition.maximum {
        most = Length.saturated(maximum.multipliedReportingOverflow(by: count))
      } else if maximum == 0 || repetition.maximum == 0 {
        most = 0
      }
      return Length(
        minimum: Length.saturated(minimum.multipliedReportingOverflow(by: repetition.minimum)), maximum: most)
    }

    private static func saturated(_ result: (partialValue: Int, overflow: Bool)) -> Int {
      result.overflow ? .max : result.partialValue
    }
  }

  /// A set of literals that every match holds one of, and how far behind the match's beginning at most.
  struct Requirement {
    let set: LiteralSet
    var maximumOffset: Int?
    /// What looking for the set costs; nil for one that is not worth it.
    private let cost: Double?

    init(set: LiteralSet, maximumOffset: Int?) {
      self.set = set
      self.maximumOffset = maximumOffset
      cost = set.cost
    }

    /// The better one to look for.
    static func better(_ left: Requirement?, _ right: Requirement?) -> Requirement? {
      guard let left, let leftCost = left.cost else { return right?.cost == nil ? nil : right }
      guard let right, let rightCost = right.cost, rightCost < leftCost else { return left }
      return right
    }
  }

  private(set) var length = Length()
  /// All that can match, when it is few.
  private(set) var exact: LiteralSet? = .empty
  /// Where not all is known: what every match begins with one of.
  private var prefix: LiteralSet?
  /// Where not all is known: what every match ends with one of.
  private var suffix: LiteralSet?
  /// The best requirement of a part.
  private var required: Requirement?
  /// A match begins at the beginning of the text.
  private(set) var isAnchoredAtStart = false

  /// The best there is: the whole, or a part.
  private var best: Requirement? {
    Requirement.better(exact.map { Requirement(set: $0, maximumOffset: 0) }, required)
  }

  private var beginning: LiteralSet? { exact ?? prefix }

  private var end: LiteralSet? { exact ?? suffix }

  /// What to look for before matching; nil when nothing is worth it.
  var requiredLiterals: RequiredLiterals? {
    best.map { $0.set.required(maximumOffset: $0.maximumOffset) }
  }

  init(_ expression: Expression) {
    switch expression {
    case .empty: self.init()
    case .assertion(let assertion):
      self.init()
      isAnchoredAtStart = assertion == .startOfText
    case .anyByte:
      self.init()
      length = Length(minimum: 1, maximum: 1)
      exact = nil
    case .scalars(let set): self.init(set)
    case .capture(let inner, _): self.init(inner)
    case .concatenation(let parts): self.init(inOrder: ExpressionFacts.joined(parts))
    case .alternation(let alternatives): self.init(anyOf: alternatives.map { ExpressionFacts($0) })
    case .repetition(let inner, let repetition): self.init(repeating: ExpressionFacts(inner), repetition)
    }
  }

  /// What is known of the empty expression.
  private init() {}

  private init(_ set: ScalarSet) {
    func byteCount(_ value: UInt32) -> Int { value <= 0x7F ? 1 : value <= 0x7FF ? 2 : value <= 0xFFFF ? 3 : 4 }
    length = Length(minimum: byteCount(set.runs.first?.first ?? 0), maximum: byteCount(set.runs.last?.last ?? 0))
    exact = LiteralSet(set)
  }

  /// How many single characters are taken for one part.
  private static let run = 8

  /// The parts of a row; characters that stand together are one part, which spares most of the work on long words.
  private static func joined(_ parts: [Expression]) -> [ExpressionFacts] {
    var facts: [ExpressionFacts] = []
    var inRun = 0
    for part in parts {
      let next = ExpressionFacts(part)
      if case .scalars = part, let exact = next.exact, exact.literals.count == 1 {
        if inRun > 0, inRun < run, let longer = facts[facts.count - 1].exact?.followed(by: exact) {
          facts[facts.count - 1].exact = longer
          facts[facts.count - 1].length = facts[facts.count - 1].length + next.length
          inRun += 1
          continue
        }
        inRun = 1
      } else {
        inRun = 0
      }
      facts.append(next)
    }
    return facts
  }

  private init(inOrder parts: [ExpressionFacts]) {
    // What the text up to here ends with one of, and how far behind the beginning that begins.
    var row = (set: LiteralSet.empty, maximumOffset: Int?(0))
    var isExact = true
    isAnchoredAtStart = ExpressionFacts.beginsAtStart(parts)
    for part in parts {
      let before = length.maximum
      if let exact = part.exact, exact.isWorthAppending(to: row.set), let longer = row.set.followed(by: exact) {
        row.set = longer
      } else {
        let reaching = part.beginning?.asBoundary.flatMap(row.set.followed)
        if isExact { prefix = reaching ?? row.set }
        isExact = false
        required = Requirement.better(required, Requirement(set: row.set, maximumOffset: row.maximumOffset))
        if let reaching {
          required = Requirement.better(required, Requirement(set: reaching, maximumOffset: row.maximumOffset))
        }
        var inside = part.required
        inside?.maximumOffset = Length.sum(before, part.required?.maximumOffset)
        required = Requirement.better(required, inside)
        row = part.rowAfter(before)
      }
      length = length + part.length
    }
    exact = isExact ? row.set : nil
    suffix = isExact ? nil : row.set
    required = Requirement.better(required, Requirement(set: row.set, maximumOffset: row.maximumOffset))
  }

  /// What a row begins with after this part, which itself begins at most so far behind the beginning.
  private func rowAfter(_ before: Int?) -> (set: LiteralSet, maximumOffset: Int?) {
    if let exact { return (exact, before) }
    let set = suffix?.asBoundary ?? .empty
    return (set, Length.sum(before, length.maximum).map { max(0, $0 - set.minimumLength) })
  }

  private static func beginsAtStart(_ parts: [ExpressionFacts]) -> Bool {
    for part in parts {
      if part.isAnchoredAtStart { return true }
      if part.length.maximum != 0 { return false }
    }
    return false
  }

  private init(anyOf alternatives: [ExpressionFacts]) {
    guard let first = alternatives.first else { return }
    length = first.length
    isAnchoredAtStart = alternatives.allSatisfy(\.isAnchoredAtStart)
    exact = first.exact
    required = first.best
    prefix = first.beginning
    suffix = first.end
    for other in alternatives.dropFirst() {
      length.minimum = min(length.minimum, other.length.minimum)
      if let maximum = length.maximum, let others = other.length.maximum {
        length.maximum = max(maximum, others)
      } else {
        length.maximum = nil
      }
      exact = exact.flatMap { mine in other.exact.flatMap(mine.union) }
      required = ExpressionFacts.either(required, other.best)
      prefix = prefix.flatMap { mine in other.beginning.flatMap(mine.union) }
      suffix = suffix.flatMap { mine in other.end.flatMap(mine.union) }
    }
  }

  private static func either(_ left: Requirement?, _ right: Requirement?) -> Requirement? {
    guard let left, let right, let set = left.set.union(right.set) else { return nil }
    guard let first = left.maximumOffset, let second = right.maximumOffset else {
      return Requirement(set: set, maximumOffset: nil)
    }
    return Requirement(set: set, maximumOffset: max(first, second))
  }

  private init(repeating inner: ExpressionFacts, _ repetition: Repetition) {
    length = inner.length.repeated(repetition)
    guard repetition.minimum > 0 else {
      exact = repetition.maximum == 1 ? inner.exact.flatMap { LiteralSet.empty.union($0) } : nil
      if repetition.maximum == 0 { exact = .empty }
      return
    }
    isAnchoredAtStart = inner.isAnchoredAtStart
    required = inner.required
    guard let once = inner.exact else {
      exact = nil
      prefix = inner.prefix
      suffix = inner.suffix
      return
    }
    var times = 1
    var row = once
    while times < repetition.minimum, let longer = row.followed(by: once), longer.maximumLength > row.maximumLength {
      row = longer
      times += 1
    }
    let isWhole = times == repetition.minimum && repetition.maximum == times
    exact = isWhole ? row : nil
    prefix = row
    suffix = row
    if !isWhole { required = Requirement.better(required, Requirement(set: row, maximumOffset: 0)) }
  }
}
