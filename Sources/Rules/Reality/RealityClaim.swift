/// `PASS_FAIL.txt`: what a run claims of itself (REALITY_RULES section 5). Compared with what was computed, never used
/// instead of it.
struct RealityClaim {
  /// What a gate's line says.
  enum GateResult: String {
    case pass = "PASS"
    case fail = "FAIL"
    case notTargeted = "NOT_TARGETED"
  }

  /// The gates that the claim is about.
  private(set) var targeted: Set<Int> = []
  /// The claimed status, when there is exactly one.
  private(set) var finalStatus: RealityStatus?
  /// What the last line of each gate says.
  private(set) var results: [Int: GateResult] = [:]
  /// What makes the claim malformed, in words; nil when it is well-formed.
  private(set) var problem: String?

  init(_ bytes: [UInt8]) {
    var statuses: Set<RealityStatus> = []
    var contradicted: Set<Int> = []
    for line in bytes.split(separator: 0x0A) {
      var text = String(decoding: line, as: UTF8.self)
      if text.utf8.last == 0x0D { text.unicodeScalars.removeLast() }
      if let value = Self.value(of: text, after: ["TARGET GATES:", "TARGET GATE:"]) {
        targeted.formUnion(Self.gates(in: value))
      } else if let value = Self.value(of: text, after: ["FINAL STATUS:"]) {
        if let status = RealityStatus(rawValue: value) { statuses.insert(status) }
      } else if let (gate, result) = Self.gateLine(text) {
        if let before = results[gate], before != result { contradicted.insert(gate) }
        results[gate] = result
        if result != .notTargeted { targeted.insert(gate) }
      }
    }
    finalStatus = statuses.count == 1 ? statuses.first : nil
    if let gate = contradicted.min() {
      problem = "gate \(gate) has two different results"
    } else if results.isEmpty {
      problem = "no line 'GATE n: PASS' or 'GATE n: FAIL'"
    } else if statuses.count != 1 {
      problem = statuses.isEmpty ? "no line 'FINAL STATUS: …'" : "more than one final status"
    }
  }

  /// What follows one of the heads, spaces around it dropped.
  private static func value(of line: String, after heads: [String]) -> String? {
    guard let head = heads.first(where: line.hasPrefix) else { return nil }
    var rest = line.dropFirst(head.count).drop { $0 == " " }
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }

  /// The numbers 1 to 7 between anything that is no digit; all of them for `ALL`.
  private static func gates(in value: String) -> [Int] {
    if value == "ALL" { return Array(1...7) }
    return value.utf8.split { !ASCII.isDigit($0) }.compactMap { digits in
      Int(String(decoding: digits, as: UTF8.self)).flatMap { (1...7).contains($0) ? $0 : nil }
    }
  }

  /// `GATE 3: PASS optional words`.
  private static func gateLine(_ line: String) -> (Int, GateResult)? {
    let bytes = Array(line.utf8)
    guard line.hasPrefix("GATE "), bytes.count > 7, let gate = Int(String(decoding: bytes[5..<6], as: UTF8.self)),
      (1...7).contains(gate), bytes[6] == UInt8(ascii: ":")
    else { return nil }
    let word = bytes[7...].drop { $0 == 0x20 }.prefix { $0 != 0x20 }
    return GateResult(rawValue: String(decoding: word, as: UTF8.self)).map { (gate, $0) }
  }
}
