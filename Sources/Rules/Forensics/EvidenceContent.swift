import Formats

/// What the bytes of an evidence file say, whoever cites it.
package struct EvidenceContent: Sendable {
  /// SHA-256 of the bytes, lower-case hexadecimal.
  let digest: String
  let byteCount: Int
  /// The latest time that a JSON object gives itself (FORENSICS_RULES section 1, "own time").
  let ownTime: FeedInstant?
  /// The longest duration that JSON states, anywhere.
  let longestDuration: Int64?
  /// The run ids that it names.
  let runIDs: [String]
  /// It holds something that two runs do not share.
  let hasUniqueMark: Bool
  /// Whether it says nothing but a verdict.
  let hollow: Hollow
  let bytes: [UInt8]
  let json: Value?

  /// It says when it was made.
  package var hasOwnTime: Bool { ownTime != nil }

  /// A file that says nothing but a verdict (`evidence-asserts-verdict`).
  enum Hollow: Sendable {
    case no
    case hollow
    /// Hollow, and what it says is PROVEN.
    case saysProven
  }

  /// Reads a file.
  package init(_ bytes: [UInt8]) {
    let json = try? JSON.read(bytes)
    let isStructured = json?.kind == .object || json?.kind == .array
    self.bytes = bytes
    self.json = isStructured ? json : nil
    digest = SHA256.digest(bytes).hex
    byteCount = bytes.count
    ownTime = json.flatMap(OwnTime.of)
    longestDuration = isStructured ? json.flatMap(StatedDuration.longest) : nil
    runIDs = isStructured ? Self.runIDs(json) : Self.runIDs(bytes)
    hasUniqueMark = EvidencePatterns.isMatch(EvidencePatterns.uniqueMark, in: bytes)
    hollow = HollowContent.judge(bytes, json)
  }

  /// Whether an id stands anywhere in the bytes.
  func holds(_ id: String) -> Bool {
    !id.isEmpty && String(decoding: bytes, as: UTF8.self).utf8.firstRange(of: id.utf8) != nil
  }

  private static func runIDs(_ json: Value?) -> [String] {
    var found: [String] = []
    json?.forEachMember { name, value in
      guard name == "run_id" else { return }
      switch value.kind {
      case .string, .integer, .real: found.append(value.text)
      default: break
      }
    }
    return found.filter { !$0.isEmpty }
  }

  private static func runIDs(_ bytes: [UInt8]) -> [String] {
    EvidencePatterns.groups(EvidencePatterns.runID, in: bytes).compactMap { groups in
      guard let range = groups.first else { return nil }
      let end = bytes[range].lastIndex { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "`") }
      return end.map { String(decoding: bytes[range.lowerBound...$0], as: UTF8.self) }
    }
  }
}

extension Value {
  /// Every member of every object, at any depth, with its key.
  func forEachMember(_ body: (String, Value) -> Void) {
    var open = [self]
    while let value = open.popLast() {
      for member in value.members {
        body(member.name, member.value)
        if member.value.kind == .object || member.value.kind == .array { open.append(member.value) }
      }
      for element in value.elements where element.kind == .object || element.kind == .array { open.append(element) }
    }
  }
}

/// The time that a JSON object gives itself, at the top or one level down.
enum OwnTime {
  private static let keys: Set<String> = [
    "generated_at", "created_at", "finished_at", "completed_at", "ts_utc", "ts", "timestamp", "ts_epoch_ms",
  ]
  /// Numbers below it (September 2001) are no instants: seconds since a start, counters.
  private static let leastEpochSecond = 1_000_000_000.0

  static func of(_ value: Value) -> FeedInstant? {
    guard value.kind == .object else { return nil }
    let inner = value.members.map(\.value).filter { $0.kind == .object }
    return ([value] + inner).flatMap(\.members).compactMap { member in
      keys.contains(member.name) ? time(member.value, isMilliseconds: member.name == "ts_epoch_ms") : nil
    }
    .max()
  }

  private static func time(_ value: Value, isMilliseconds: Bool) -> FeedInstant? {
    if let number = value.number {
      guard number >= (isMilliseconds ? leastEpochSecond * 1_000 : leastEpochSecond) else { return nil }
      let reading = isMilliseconds ? EventTime.read(milliseconds: value) : EventTime.read(value)
      return reading?.instant?.instant
    }
    guard value.kind == .string, hasZone(ASCII.trimmed(value.textBytes)) else { return nil }
    return EventTime.read(value).instant?.instant
  }

  /// A time of day that ends in `Z` or an offset: a local time tells no instant.
  private static func hasZone(_ text: ArraySlice<UInt8>) -> Bool {
    guard let separator = text.firstIndex(where: { $0 == 0x54 || $0 == 0x74 || $0 == 0x20 }) else { return false }
    let clock = text[(separator + 1)...]
    return clock.contains { $0 == 0x5A || $0 == 0x7A || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
  }
}

/// The durations that JSON states.
enum StatedDuration {
  private static let scales: [String: Double] = [
    "duration_ms": 1_000, "elapsed_ms": 1_000, "wall_ms": 1_000, "duration_s": 1e6, "elapsed_s": 1e6, "wall_s": 1e6,
    "duration_seconds": 1e6, "elapsed_seconds": 1e6,
  ]

  /// The longest in microseconds.
  static func longest(_ value: Value) -> Int64? {
    var longest: Int64?
    value.forEachMember { name, value in
      guard let scale = scales[name], let number = value.number, number.isFinite else { return }
      let length = Int64(exactly: (number * scale).rounded()) ?? (number > 0 ? Int64.max : 0)
      longest = max(longest ?? length, length)
    }
    return longest
  }
}
