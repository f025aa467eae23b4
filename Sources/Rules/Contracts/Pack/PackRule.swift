/// The rules of the contract lint, each named as LINT_RULES names it.
package enum PackRule: String, Sendable, CaseIterable {
  case fileInvalid = "FILE_INVALID"
  case idMissing = "ID_MISSING"
  case idDuplicate = "ID_DUPLICATE"
  case gateUnknown = "GATE_UNKNOWN"
  case outputUnknown = "OUTPUT_UNKNOWN"
  case notAuthorised = "NOT_AUTHORISED"
  case notRequired = "NOT_REQUIRED"
  case gateWithoutOutputs = "GATE_NO_OUTPUTS"
  case upstreamUnknown = "UPSTREAM_UNKNOWN"
  case gateCycle = "GATE_CYCLE"
  case templateWhitespace = "TEMPLATE_WHITESPACE"
  case templateToken = "TEMPLATE_TOKEN"
  case partitionUnused = "PARTITION_UNUSED"
  case templateBrace = "TEMPLATE_BRACE"
  case templateEscape = "TEMPLATE_ESCAPE"
  case scopePartitions = "SCOPE_PARTITIONS"
  case gateField = "GATE_FIELD"
  case gateLaw = "GATE_LAW"
  case gateOrdering = "GATE_ORDERING"
  case gatePathBase = "GATE_PATH_BASE"
  case gateFlagHashed = "GATE_FLAG_HASHED"
  case referenceFile = "REF_FILE"
  case referenceEscape = "REF_ESCAPE"
  case referenceAmbiguous = "REF_AMBIGUOUS"
  case referenceFragment = "REF_FRAGMENT"
  case contractInvalid = "CONTRACT_INVALID"
  case contractReference = "CONTRACT_REF"

  /// How grave a finding of the rule is among those of other areas: a warning where readers have to put up with it, an
  /// error where they are led astray.
  package var level: Severity {
    switch self {
    case .templateWhitespace, .partitionUnused, .scopePartitions: .warning
    default: .error
    }
  }

  /// What to do about a finding.
  package var remediation: String {
    switch self {
    case .fileInvalid: "Make the file one YAML document of the shape that the message names."
    case .idMissing: "Give the entry an id."
    case .idDuplicate: "Give each entry an id of its own; readers use the last of equal ones."
    case .gateUnknown, .upstreamUnknown: "Define the gate in the gate map, or name one that it defines."
    case .outputUnknown: "Put the output into the catalogue, or name one that it holds."
    case .notAuthorised: "Let the gate authorise the output, or stop requiring it."
    case .notRequired: "Let the output require the gate, or stop authorising it."
    case .gateWithoutOutputs: "Name the outputs that the gate stands for, or take the gate out."
    case .gateCycle: "Take one dependency of the circle away."
    case .templateWhitespace: "Write the template on one line, without blanks at its ends."
    case .templateToken:
      "Declare the token (a partition of the output, the scope of the gate), or take it out of the template."
    case .partitionUnused: "Use the partition in the template, or take it out of the list."
    case .templateBrace: "Write tokens as {name}, and no other braces."
    case .templateEscape: "Name a path below the root: no leading slash, no '..'."
    case .scopePartitions: "Name the scope by the partitions: scope_ and all of them, joined by _."
    case .gateField: "Fill in the field; without it the gate cannot be verified."
    case .gateLaw: "Name one of the laws that are known."
    case .gateOrdering: "Name an order that the law knows."
    case .gatePathBase: "Say bundle_root or run_root."
    case .gateFlagHashed: "Exclude the flag's name; a digest cannot be sealed in a file that it covers."
    case .referenceFile: "Name a file of the pack."
    case .referenceEscape: "Name a file of the pack by a path that stays below its root."
    case .referenceAmbiguous: "Name the file with its folder."
    case .referenceFragment: "Name a place that the file holds."
    case .contractInvalid: "Correct the schema; until then nothing can be checked by this contract."
    case .contractReference: "Name a schema of the pack."
    }
  }
}

extension PackRule {
  /// The rule as the rule id of a finding: `contracts.template-whitespace`.
  package var findingID: String {
    "contracts." + String(decoding: rawValue.utf8.map { $0 == UInt8(ascii: "_") ? 0x2D : $0 | 0x20 }, as: UTF8.self)
  }
}
