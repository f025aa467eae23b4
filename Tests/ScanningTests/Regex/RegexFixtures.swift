import Scanning

/// What is found, as texts: the matches, or for one match its groups ("-" for a group that took no part).
func found(_ pattern: Pattern, in text: String) -> [String] {
  let bytes = Array(text.utf8)
  return pattern.matches(in: bytes.span).map { String(decoding: bytes[$0.range], as: UTF8.self) }
}

func groups(_ pattern: Pattern, in text: String) -> [String] {
  let bytes = Array(text.utf8)
  return pattern.firstMatch(in: bytes.span)?.groups.map { group in
    group.map { String(decoding: bytes[$0], as: UTF8.self) } ?? "-"
  } ?? []
}

/// Numbers that look random and are the same in every run (SplitMix64).
struct SeededNumbers {
  var state: UInt64

  mutating func next(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
  }

  mutating func pick<Element>(_ choices: [Element]) -> Element { choices[next(below: choices.count)] }

  /// A pattern over a small alphabet, with everything that is hard for an automaton in it.
  mutating func pattern(depth: Int) -> String {
    let atoms = ["a", "b", "ab", "é", ".", "[ab]", "[^a]", "\\w", "\\W", "x", "\\C"]
    let conditions = ["^", "$", "\\b", "\\B", "(?m:^)", "(?m:$)", "\\A", "\\z"]
    let counts = ["*", "+", "?", "*?", "+?", "??", "{2}", "{0,2}", "{1,}?"]
    if depth == 0 { return next(below: 5) == 0 ? pick(conditions) : pick(atoms) }
    let first = pattern(depth: depth - 1)
    switch next(below: 6) {
    case 0: return first + "|" + pattern(depth: depth - 1)
    case 1: return "(" + first + ")" + pick(counts)
    case 2: return "(?:" + first + ")" + pick(counts)
    case 3: return "(" + first + "|)"
    default: return first + pattern(depth: depth - 1)
    }
  }

  mutating func text() -> [UInt8] {
    var text: [UInt8] = []
    for _ in 0..<next(below: 14) {
      text += pick([Array("a".utf8), Array("b".utf8), Array("é".utf8), [0x0A], [0x20], [0xFF], [0xC3], Array("x".utf8)])
    }
    return text
  }
}
