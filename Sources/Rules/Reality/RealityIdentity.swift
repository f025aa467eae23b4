import Formats

/// Whether the identifiers of a bundle can have come from a real run (REALITY_RULES section 4).
struct RealityIdentity {
  private var reasons = RealityReasons("IDENTITY")
  /// The well-formed values seen, with the field under which each was first seen.
  private var fields: [String: String] = [:]

  /// Judges the records, and the actions of the operators when their file is usable.
  static func reasons(_ export: AuditExport, actions: [Value]?) -> [RealityReason] {
    var identity = RealityIdentity()
    for record in export.records { identity.judge(record) }
    for (index, action) in (actions ?? []).enumerated() { identity.judge(action: action, line: index + 1) }
    identity.judgeReuse(export, actions: actions ?? [])
    return identity.reasons.all
  }

  private mutating func judge(_ record: AuditRecord) {
    let time = record.processInstant
    judge(record.auditID, "AUDIT_ID", isRequired: true, time, .auditExport, record.line)
    judge(record.correlationID, "CORRELATION_ID", isRequired: true, time, .auditExport, record.line)
    judge(record.idempotencyKey, "IDEMPOTENCY_KEY", isRequired: true, time, .auditExport, record.line)
    judge(record.beliefID, "BELIEF_ID", isRequired: record.kind == "belief_formed", time, .auditExport, record.line)
    judge(record.intentID, "INTENT_ID", isRequired: record.isDecision, time, .auditExport, record.line)
  }

  private mutating func judge(action: Value, line: Int) {
    judge(
      action.present("action_id"), "ACTION_ID", isRequired: true, action["process_time"]?.instant, .operatorActions,
      line)
  }

  private mutating func judge(
    _ value: Value?, _ field: String, isRequired: Bool, _ time: Instant?, _ artifact: RealityArtifact, _ line: Int
  ) {
    guard let value else {
      if isRequired { reasons.lie("MISSING_\(field)", "the \(name(field)) is missing", in: artifact, line: line) }
      return
    }
    guard let text = value.string, let identifier = RealityIdentifier(text, allowsDigest: field == "IDEMPOTENCY_KEY")
    else {
      reasons.lie(
        "MALFORMED_\(field)", "the \(name(field)) is no ULID and no UUID of version 4 or 7", in: artifact, line: line)
      return
    }
    if identifier.isHardcoded {
      reasons.lie(
        "HARDCODED_\(field)", "the \(name(field)) '\(text)' has too little variety to be real", in: artifact,
        line: line)
    }
    if let made = identifier.milliseconds, let time, abs(made - time.milliseconds) > 86_400_000 {
      reasons.lie(
        "IMPLAUSIBLE_TIME_\(field)",
        "the \(name(field)) '\(text)' was made at \(Timestamp(milliseconds: made)), more than a day from its process_time",
        in: artifact, line: line)
    }
    if let other = fields.updateValue(field, forKey: text), other != field {
      // The first field stays: a third one is then a conflict too, and the same one again is none.
      fields[text] = other
      reasons.lie(
        "REUSED_ACROSS_FIELDS", "'\(text)' stands as \(name(other)) and as \(name(field))", in: artifact, line: line)
    }
  }

  private func name(_ field: String) -> String { field.lowercased() }

  private mutating func judgeReuse(_ export: AuditExport, actions: [Value]) {
    let records = export.records
    judgeTwice(records.compactMap { Use($0.auditID, $0.line) }, "AUDIT_ID", "two records")
    judgeTwice(records.compactMap { Use($0.idempotencyKey, $0.line) }, "IDEMPOTENCY_KEY", "two records")
    judgeTwice(
      records.filter { $0.kind == "telemetry_ingested" }.compactMap { Use($0.correlationID, $0.line) },
      "CORRELATION_ID", "two telemetry_ingested records")
    judgeTwice(
      actions.enumerated().compactMap { index, action in Use(action.present("action_id"), index + 1) }.filter {
        RealityIdentifier($0.text, allowsDigest: false) != nil
      }, "ACTION_ID", "two actions", in: .operatorActions)
    judgeFlows(records, "BELIEF_ID", \.beliefID) { $0.kind == "belief_formed" }
    judgeFlows(records, "INTENT_ID", \.intentID, makes: \.isDecision)
  }

  private struct Use {
    let text: String
    let line: Int

    init?(_ value: Value?, _ line: Int) {
      guard let text = value?.string else { return nil }
      self.text = text
      self.line = line
    }
  }

  private mutating func judgeTwice(
    _ uses: [Use], _ field: String, _ what: String, in artifact: RealityArtifact = .auditExport
  ) {
    var first: [String: Int] = [:]
    for use in uses {
      if let line = first[use.text] {
        reasons.lie(
          "REUSED_\(field)", "\(what) have the \(name(field)) '\(use.text)', the first in line \(line)", in: artifact,
          line: use.line)
      } else {
        first[use.text] = use.line
      }
    }
  }

  /// A belief or an intent is made once, and belongs to one flow.
  private mutating func judgeFlows(
    _ records: [AuditRecord], _ field: String, _ id: (AuditRecord) -> Value?, makes: (AuditRecord) -> Bool
  ) {
    var flows: [String: String] = [:]
    var makers: Set<String> = []
    for record in records {
      guard let text = id(record)?.string else { continue }
      if makes(record), !makers.insert(text).inserted {
        reasons.lie(
          "REUSED_\(field)", "the \(name(field)) '\(text)' was made twice", in: .auditExport, line: record.line)
      }
      guard let flow = record.correlationID?.string else { continue }
      if let other = flows[text], other != flow {
        reasons.lie(
          "REUSED_\(field)", "the \(name(field)) '\(text)' stands in two flows, '\(other)' and '\(flow)'",
          in: .auditExport, line: record.line)
      } else {
        flows[text] = flow
      }
    }
  }
}

/// An identifier that a real run can have made: a ULID, a UUID of version 4 or 7, or for keys a SHA-256 digest.
struct RealityIdentifier {
  /// When it was made, for those that say so: milliseconds since 1970.
  let milliseconds: Int64?
  /// Whether it has too little variety to be real.
  let isHardcoded: Bool

  init?(_ text: String, allowsDigest: Bool) {
    let bytes = Array(text.utf8)
    switch bytes.count {
    case ULID.digitCount:
      // ULIDs are read in either case; evidence writes them in upper case.
      guard !bytes.contains(where: { (0x61...0x7A).contains($0) }), let ulid = try? ULID(parsing: bytes.span) else {
        return nil
      }
      milliseconds = Int64(exactly: ulid.milliseconds)
      isHardcoded = Self.isMonotonous(bytes.suffix(16))
    case 36:
      guard let digits = Self.uuidDigits(bytes) else { return nil }
      milliseconds = bytes[14] == UInt8(ascii: "7") ? Self.value(ofHex: digits.prefix(12)) : nil
      isHardcoded = Self.isMonotonous(digits[...])
    case Digest.hexCount where allowsDigest:
      guard Digest(hex: bytes.span) != nil else { return nil }
      milliseconds = nil
      isHardcoded = Self.isMonotonous(bytes[...])
    default: return nil
    }
  }

  /// The 32 digits of a lower-case UUID of version 4 or 7 and the usual variant.
  private static func uuidDigits(_ bytes: [UInt8]) -> [UInt8]? {
    guard [8, 13, 18, 23].allSatisfy({ bytes[$0] == UInt8(ascii: "-") }) else { return nil }
    let digits = bytes.enumerated().filter { ![8, 13, 18, 23].contains($0.offset) }.map(\.element)
    guard digits.allSatisfy({ ASCII.isDigit($0) || (0x61...0x66).contains($0) }),
      bytes[14] == UInt8(ascii: "4") || bytes[14] == UInt8(ascii: "7"), "89ab".utf8.contains(bytes[19])
    else { return nil }
    return digits
  }

  private static func value(ofHex digits: ArraySlice<UInt8>) -> Int64? {
    Int64(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  private static func isMonotonous(_ digits: ArraySlice<UInt8>) -> Bool { Set(digits).count < 4 }
}
