import Formats

/// Builds an expression with an explicit stack: a pattern of a million parentheses ends in an error, not in a crash.
struct ExpressionBuilder {
  /// An expression and what is known of it without walking it.
  struct Item {
    var expression: Expression
    /// Levels of the tree.
    var depth = 1
    /// The largest product of nested repeat counts inside.
    var weight = 1
    /// It can only match the empty text, so repeating it more than once adds nothing.
    var isZeroWidth = false
  }

  private struct Frame {
    var alternatives: [Item] = []
    var items: [Item] = []
    var captureIndex: Int?
  }

  private var frames = [Frame()]
  private(set) var groupNames: [String?] = [nil]

  /// Groups that are open.
  var openGroups: Int { frames.count - 1 }

  /// Whether there is something that a repetition could apply to.
  var hasOperand: Bool { !frames[frames.count - 1].items.isEmpty }

  mutating func append(_ set: ScalarSet) { append(Item(expression: .scalars(set))) }

  mutating func append(_ assertion: Assertion) {
    append(Item(expression: .assertion(assertion), isZeroWidth: true))
  }

  mutating func appendAnyByte() { append(Item(expression: .anyByte)) }

  mutating func alternate() {
    let last = frames.count - 1
    frames[last].alternatives.append(ExpressionBuilder.concatenation(frames[last].items))
    frames[last].items = []
  }

  /// Opens a group; a capturing one gets the next number.
  mutating func open(isCapturing: Bool, name: String? = nil) {
    var frame = Frame()
    if isCapturing {
      frame.captureIndex = groupNames.count
      groupNames.append(name)
    }
    frames.append(frame)
  }

  /// Closes the innermost group, or the whole pattern when none is open. False when the tree gets too deep.
  mutating func close() -> Bool {
    var item = ExpressionBuilder.whole(frames.removeLast())
    if let index = item.captureIndex {
      item.item.expression = .capture(item.item.expression, index: index)
      item.item.depth += 1
    }
    if frames.isEmpty { frames.append(Frame()) }
    append(item.item)
    return item.item.depth <= SourceLimits.depth
  }

  /// Repeats the last item. The result is the product of nested counts, for syntaxes that bound it.
  mutating func repeatLast(_ repetition: Repetition) -> Int {
    let last = frames.count - 1
    guard var item = frames[last].items.popLast() else { return 0 }
    var repetition = repetition
    let factor = repetition.maximum ?? repetition.minimum
    if repetition.minimum >= 2 || (repetition.maximum ?? 0) >= 2, factor > 0 {
      let (product, hasOverflown) = item.weight.multipliedReportingOverflow(by: factor)
      item.weight = hasOverflown ? .max : product
    }
    if item.isZeroWidth {
      repetition = Repetition(
        minimum: min(repetition.minimum, 1), maximum: repetition.maximum.map { min($0, 1) },
        isGreedy: repetition.isGreedy)
    }
    item.isZeroWidth = item.isZeroWidth || repetition.maximum == 0
    item.expression = .repetition(item.expression, repetition)
    item.depth += 1
    frames[last].items.append(item)
    return item.weight
  }

  /// The whole pattern, once every group is closed. Nil when the tree is too deep.
  mutating func finish() -> ParsedPattern? {
    guard close(), let item = frames.last?.items.last else { return nil }
    return ParsedPattern(expression: item.expression, groupNames: groupNames)
  }

  private mutating func append(_ item: Item) { frames[frames.count - 1].items.append(item) }

  private static func whole(_ frame: Frame) -> (item: Item, captureIndex: Int?) {
    let last = concatenation(frame.items)
    if frame.alternatives.isEmpty { return (last, frame.captureIndex) }
    return (alternation(frame.alternatives + [last]), frame.captureIndex)
  }

  private static func concatenation(_ items: [Item]) -> Item {
    if items.isEmpty { return Item(expression: .empty, isZeroWidth: true) }
    if items.count == 1 { return items[0] }
    return combine(items, .concatenation(items.map(\.expression)))
  }

  /// Alternatives that are all single code points are one set: which one is tried first makes no difference.
  private static func alternation(_ items: [Item]) -> Item {
    var runs: [ScalarSet.Run] = []
    for item in items {
      guard case .scalars(let set) = item.expression else {
        return combine(items, .alternation(items.map(\.expression)))
      }
      runs += set.runs
    }
    return Item(expression: .scalars(ScalarSet(runs)))
  }

  private static func combine(_ items: [Item], _ expression: Expression) -> Item {
    var combined = Item(expression: expression, isZeroWidth: true)
    for item in items {
      combined.depth = max(combined.depth, item.depth + 1)
      combined.weight = max(combined.weight, item.weight)
      combined.isZeroWidth = combined.isZeroWidth && item.isZeroWidth
    }
    return combined
  }
}
