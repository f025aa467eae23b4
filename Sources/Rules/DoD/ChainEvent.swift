package import Formats

/// One of the chosen events of a chain, with everything that taxonomy and evidence ask of it.
package struct ChainEvent: Sendable, Hashable {
  /// What every operational event must carry.
  package static let taxonomyKeys = [
    "phase_id", "emit_mode", "verifier_mode", "tool", "run_id", "ts_epoch_ms", "ts_utc",
  ]
  /// What every event of a chain should carry.
  static let essentialKeys = ["emit_mode", "verifier_mode", "ts_epoch_ms", "tool", "run_id"]

  /// Its line in the feed.
  package let source: Location
  /// Its precise time.
  package let time: EventTime?
  /// Which of the taxonomy's keys are there, whatever they hold.
  package let keys: Set<String>
  /// Emitted by a run and verified as operational proof.
  package let isOperational: Bool
  /// The run it belongs to, as JSON text, so that `1` and `"1"` differ; nil when absent.
  package let runID: String?
  /// What it claims about files.
  package let claims: EvidenceClaims

  /// Reads a chosen event.
  package init(_ value: Value, source: Location) {
    self.source = source
    time = ActivityEvent(value)?.preciseTime.instant
    keys = Set(Self.taxonomyKeys.filter { value[$0] != nil })
    isOperational =
      value["emit_mode"]?.string == "runtime_auto" && value["verifier_mode"]?.string == "operational_proof"
    runID = value["run_id"].map { $0.kind == .string ? "\"\($0.text)\"" : $0.sourceText }
    var claims = EvidenceClaims()
    if let evidence = value["evidence"] { claims.read(evidence: evidence, source) }
    if let hashes = value["hashes"] { claims.read(hashes: hashes, source) }
    self.claims = claims
  }
}

extension EvidenceClaims {
  /// The paths that the `evidence` of an event names.
  init(evidence value: Value) {
    self.init()
    read(evidence: value, Location(path: ""))
  }

  /// A path, a list of paths or objects, or an object with `file`, `path` or `report`.
  fileprivate mutating func read(evidence: Value, _ source: Location) {
    switch evidence.kind {
    case .array: for element in evidence.elements { read(item: element, source) }
    case .null: break
    default: read(item: evidence, source)
    }
  }

  private mutating func read(item: Value, _ source: Location) {
    switch item.kind {
    case .string:
      let raw = ASCII.text(ASCII.trimmed(item.textBytes))
      if !raw.isEmpty { paths.append(EvidencePath(raw: raw, source: source)) }
    case .object:
      for key in ["file", "path", "report"] {
        guard let value = item[key], !value.isNull else { continue }
        if value.kind == .string { read(item: value, source) } else { refuse("evidence '\(key)' is no text", source) }
      }
    default:
      refuse("evidence \(item.sourceText.prefix(40)) names no file; write a path, or an object with 'path'", source)
    }
  }

  /// An object from paths to digests.
  fileprivate mutating func read(hashes: Value, _ source: Location) {
    if hashes.isNull { return }
    guard hashes.kind == .object else { return refuse("'hashes' is no object from paths to digests", source) }
    for member in hashes.members {
      if member.value.kind == .string {
        self.hashes.append(HashClaim(rawPath: member.name, writtenDigest: member.value.textBytes, source: source))
      } else {
        refuse("the digest of '\(member.name)' is no text", source)
      }
    }
  }

  mutating func refuse(_ message: String, _ source: Location) {
    unreadable.append(Unreadable(message: message, source: source))
  }
}
