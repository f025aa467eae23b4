import Formats

/// Whether probes and profiles have the members that they must have (BUNDLE_RULES section 11).
struct RegistryEntryCheck {
  /// What a member must be.
  enum Shape {
    case text
    case textOrNull
    case integerOrNull
    case texts
    case lanes
    /// One of some words; anything else is out of range, whatever its type.
    case word(of: [String])
  }

  /// One kind of entry.
  struct Kind {
    let idKey: String
    let required: [(key: String, shape: Shape)]
    let optional: [(key: String, shape: Shape)]
    let notObject: LintCode
    let unexpectedKey: LintCode
    let missingKey: LintCode
    let idMismatch: LintCode
    let fieldType: LintCode
    let outOfRange: LintCode
  }

  static let probe = Kind(
    idKey: "probe_id",
    required: [
      ("probe_id", .text), ("name", .text), ("operation", .text), ("target", .text),
      ("expected", .word(of: ["allow", "deny"])), ("supports_lanes", .lanes), ("expected_primary_ops", .texts),
      ("expected_predicates", .texts), ("capabilities_required", .texts), ("controls_supported", .texts),
    ],
    optional: [
      ("expectation_id", .textOrNull), ("mode", .textOrNull), ("driver", .textOrNull), ("syscall", .textOrNull),
      ("attr_payload", .textOrNull), ("anchor_ctx_id", .textOrNull), ("filter_name", .textOrNull),
      ("filter_type", .integerOrNull),
    ],
    notObject: .probeNotObject, unexpectedKey: .probeUnexpectedKey, missingKey: .probeMissingKey,
    idMismatch: .probeIDMismatch, fieldType: .probeFieldType, outOfRange: .probeExpectedInvalid)

  static let profile = Kind(
    idKey: "profile_id",
    required: [
      ("profile_id", .text), ("profile_path", .text), ("mode", .word(of: ["sbpl", "blob"])), ("probe_refs", .texts),
      ("key_specific_rules", .texts), ("family", .textOrNull), ("semantic_group", .textOrNull), ("notes", .textOrNull),
    ],
    optional: [],
    notObject: .profileNotObject, unexpectedKey: .profileUnexpectedKey, missingKey: .profileMissingKey,
    idMismatch: .profileIDMismatch, fieldType: .profileFieldType, outOfRange: .profileModeInvalid)

  private static let controls = ["baseline", "allow_default", "deny_default"]

  /// What is wrong with an entry's members.
  ///
  /// - Parameter subject: `REGISTRY:ID`.
  static func errors(of entry: Value, id: String, subject: String, as kind: Kind) -> [LintError] {
    guard entry.kind == .object else { return [LintError(kind.notObject, subject)] }
    var errors: [LintError] = []
    let known = kind.required + kind.optional
    for member in entry.members where !known.contains(where: { $0.key.isIdentical(to: member.name) }) {
      errors.append(LintError(kind.unexpectedKey, "\(subject).\(member.name)"))
    }
    for (key, _) in kind.required where entry[key] == nil {
      errors.append(LintError(kind.missingKey, "\(subject).\(key)"))
    }
    if let own = entry[kind.idKey], own.string?.isIdentical(to: id) != true {
      errors.append(LintError(kind.idMismatch, subject, detail: "it says \(own.shown)"))
    }
    for (key, shape) in known {
      guard let value = entry[key] else { continue }
      if case .word(let words) = shape {
        if !words.contains(where: { value.string?.isIdentical(to: $0) == true }) {
          errors.append(LintError(kind.outOfRange, subject, detail: "found \(value.shown)"))
        }
      } else if !shape.fits(value) {
        errors.append(LintError(kind.fieldType, "\(subject).\(key)", detail: "found \(value.kindName)"))
      }
    }
    if let unknown = entry["controls_supported"]?.strings.first(where: { !controls.contains($0) }) {
      errors.append(LintError(.probeControlUnknown, subject, detail: "found '\(unknown)'"))
    }
    return errors
  }
}

extension RegistryEntryCheck.Shape {
  func fits(_ value: Value) -> Bool {
    switch self {
    case .text: value.kind == .string
    case .textOrNull: value.kind == .string || value.isNull
    case .integerOrNull: value.isWholeNumber || value.isNull
    case .texts: value.kind == .array && value.elements.allSatisfy { $0.kind == .string }
    case .lanes:
      value.kind == .object && value.count == Lane.allCases.count
        && Lane.allCases.allSatisfy { value[$0.rawValue]?.kind == .boolean }
    case .word(let words): value.string.map(words.contains) ?? false
    }
  }
}

extension Value {
  /// The texts of a list; others are left out.
  var strings: [String] { elements.compactMap(\.string) }
}
