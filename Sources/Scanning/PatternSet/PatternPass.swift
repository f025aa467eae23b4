import CKernels

/// What one thread needs to look for the patterns of a set, text after text. A value within `PatternSetSearch`, so that a
/// search is one access to an object and not one for each thing that it changes.
struct PatternPass {
  /// A box, so that an automaton is changed in place.
  private final class Automaton {
    var states: LazyDFA

    init(_ program: Program) { states = LazyDFA(program, .first) }
  }

  private let set: PatternSet
  /// By pattern, made when one first may match.
  private var automata: [Automaton?]
  /// Those of the groups of each selection that was looked for.
  private var automataOfGroups: [ObjectIdentifier: [Automaton]] = [:]
  private lazy var whole = set.selection(of: Array(set.programs.indices))
  /// By pattern: every line that begins before this offset is decided.
  private var decided: [Int]
  /// By pattern: the steps taken in this text.
  private var work: [Int]
  /// Patterns for which `decided` or `work` are not 0.
  private var touched: [Int] = []
  private var hits: [ck_hit]
  private var found: [LineMatch] = []
  /// The line that was last looked at, without its end.
  private var line = 0..<0

  init(_ set: PatternSet) {
    self.set = set
    automata = [Automaton?](repeating: nil, count: set.programs.count)
    decided = [Int](repeating: 0, count: set.programs.count)
    work = [Int](repeating: 0, count: set.programs.count)
    hits = [ck_hit](repeating: ck_hit(), count: 1_024)
  }

  var steps: Int {
    let all = automata.compactMap(\.self) + automataOfGroups.values.joined()
    return all.reduce(0) { $0 + $1.states.steps }
  }

  mutating func matches(in text: Span<UInt8>, among selection: PatternSelection? = nil) -> [LineMatch] {
    let selection = selection ?? whole
    begin()
    lookAtHits(of: selection, in: text)
    if !selection.groups.isEmpty { readAll(text, selection) }
    return found.count < 2
      ? found : found.sorted { ($0.pattern, $0.lineStart) < ($1.pattern, $1.lineStart) }
  }

  private mutating func begin() {
    for index in touched {
      decided[index] = 0
      work[index] = 0
    }
    touched.removeAll(keepingCapacity: true)
    found.removeAll(keepingCapacity: true)
    line = 0..<0
  }

  private mutating func automaton(_ index: Int) -> Automaton {
    if let known = automata[index] { return known }
    let made = Automaton(set.programs[index].program)
    automata[index] = made
    return made
  }
}

// Patterns with literals.
extension PatternPass {
  private mutating func lookAtHits(of selection: PatternSelection, in text: Span<UInt8>) {
    guard let literals = selection.literals else { return }
    if hits.count < literals.count + 1_024 {
      hits = [ck_hit](repeating: ck_hit(), count: literals.count + 1_024)
    }
    // The kernels count in 32 bits. Parts overlap by the longest literal; what is found twice is decided already.
    var base = 0
    while base < text.count {
      let end = min(text.count, base + PatternLimits.partBytes)
      let part = text.extracting(base..<end)
      var place = 0
      while place < part.count {
        let count = literals.find(in: part, from: &place, &hits)
        for index in 0..<count {
          let hit = hits[index]
          for use in selection.firstUse[Int(hit.id)]..<selection.firstUse[Int(hit.id) + 1] {
            look(selection.uses[use], at: base + Int(hit.start), in: text)
          }
        }
      }
      base = end == text.count ? end : end - PatternLimits.literalBytes
    }
  }

  /// Decides whether there is a match around a literal.
  private mutating func look(_ use: PatternSelection.Use, at start: Int, in text: Span<UInt8>) {
    let index = use.program
    if start < decided[index] { return }
    if work[index] == 0 { touched.append(index) }
    let automaton = automaton(index)
    let stepsBefore = automaton.states.steps
    let earliest = use.maximumOffset.map { start - $0 } ?? lineBounds(at: start, in: text).lowerBound
    // Never from within a line that is decided: what matches there would be taken for a match here.
    let end = automaton.states.end(
      in: text, max(earliest, decided[index], 0)..<text.count, isAnchored: false, latestStart: start, isEarliest: true)
    work[index] += automaton.states.steps - stepsBefore + 1
    if end != nil {
      add(index, lineBounds(at: start, in: text))
    } else if work[index] > PatternLimits.freeSteps + 2 * start {
      // Many literals in a long line, each followed or preceded far: one look at the whole line costs less.
      let line = lineBounds(at: start, in: text)
      decided[index] = line.upperBound
      if automaton.states.end(in: text, line, isAnchored: false, isEarliest: true) != nil { add(index, line) }
    }
  }

  private mutating func add(_ index: Int, _ line: Range<Int>) {
    found.append(LineMatch(pattern: index, lineStart: line.lowerBound))
    decided[index] = set.oneLineIsEnough[index] ? .max : line.upperBound
  }
}

// Patterns without.
extension PatternPass {
  private mutating func readAll(_ text: Span<UInt8>, _ selection: PatternSelection) {
    let automata = automataOfGroups[ObjectIdentifier(selection)] ?? selection.groups.map { Automaton($0.program) }
    automataOfGroups[ObjectIdentifier(selection)] = automata
    for (group, automaton) in zip(selection.groups, automata) { readAll(text, group, automaton) }
  }

  private mutating func readAll(_ text: Span<UInt8>, _ group: PatternSelection.Group, _ whole: Automaton) {
    var start = 0
    while start <= text.count {
      let end = whole.states.end(in: text, start..<text.count, isAnchored: false, isEarliest: true)
      guard let end else { return }
      let line = lineBounds(at: end, in: text)
      for member in group.members
      where automaton(member).states.end(in: text, line, isAnchored: false, isEarliest: true) != nil {
        found.append(LineMatch(pattern: member, lineStart: line.lowerBound))
      }
      let next = line.upperBound + 1
      let isPair = next < text.count && text[next - 1] == 0x0D && text[next] == 0x0A
      start = isPair ? next + 1 : next
    }
  }

  /// The line, without its end, in which or at whose end an offset stands.
  private mutating func lineBounds(at offset: Int, in text: Span<UInt8>) -> Range<Int> {
    if line.contains(offset) { return line }
    var start = offset
    // Between the two bytes of one line end.
    if offset > 0, offset < text.count, text[offset] == 0x0A, text[offset - 1] == 0x0D { start -= 1 }
    let end = unsafe text.withUnsafeBufferPointer { bytes in
      unsafe bytes.baseAddress.map { unsafe ck_line_end($0, start, bytes.count) } ?? 0
    }
    while start > 0, text[start - 1] != 0x0A, text[start - 1] != 0x0D { start -= 1 }
    line = start..<end
    return line
  }
}
