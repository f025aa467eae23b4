package import Formats

/// One phase as the registry has it.
package struct RegistryEntry: Sendable, Hashable {
  /// What the entry requires.
  package enum Requires: Sendable, Hashable {
    /// No list is given: nothing is required.
    case none
    /// The phases that must be PROVEN.
    case phases([String])
    /// Something that is no list of names: the gate is closed until it is understood.
    case malformed
  }

  /// The phase.
  package let phaseID: String
  /// Where the entry's key stands.
  package let location: Location
  /// The entry is a mapping, or empty.
  package let isWellFormed: Bool
  /// The verdict as text; nil when absent.
  package let verdict: String?
  /// What must be PROVEN first.
  package let requires: Requires
  /// The report behind the verdict; nil when absent or no text.
  package let evidencePath: String?
  /// When the registry says that the phase was proven; nil when absent or no time.
  package let lastVerified: EventTime?
  /// The commit that the verdict is about; nil when absent or no text.
  package let commitSHA: String?
  /// A fixture does not count in the exit status of a run over all phases.
  package let isFixture: Bool

  init(phaseID: String, _ value: Value, at location: Location) {
    self.phaseID = phaseID
    self.location = location
    isWellFormed = value.kind == .object || value.isNull
    verdict = value["verdict"].flatMap(Self.text)
    requires = Self.requires(value["requires"])
    evidencePath = value["evidence_path"].flatMap { $0.kind == .string && !$0.textBytes.isEmpty ? $0.text : nil }
    lastVerified = value["last_verified_ts"].flatMap { EventTime.read($0).instant }
    commitSHA = value["commit_sha"].flatMap(Self.text)
    isFixture = Self.isFixture(value)
  }

  private static func text(_ value: Value) -> String? {
    switch value.kind {
    case .null, .array, .object: nil
    default: value.text
    }
  }

  private static func requires(_ value: Value?) -> Requires {
    guard let value, !value.isNull else { return .none }
    let names = value.elements.compactMap(text)
    return value.kind == .array && names.count == value.count ? .phases(names) : .malformed
  }

  private static func isFixture(_ value: Value) -> Bool {
    if let kind = value["kind"].flatMap(text), word(kind) == "fixture" { return true }
    guard let flag = value["is_fixture"] else { return false }
    if let isTrue = flag.boolean { return isTrue }
    if let number = flag.number { return number != 0 }
    return ["1", "true", "yes", "y", "on"].contains(word(flag.string ?? ""))
  }

  private static func word(_ text: String) -> String {
    ASCII.text(ASCII.trimmed(Array(text.utf8)[...])).lowercased()
  }
}

/// The registry of phases: `phases: {ID: {verdict, requires, …}}` (DoD rules, section 5).
package struct PhaseRegistry: Sendable {
  /// Why a registry cannot be understood.
  package struct Problem: Error, Sendable, Hashable {
    /// Where.
    package let location: Location
    /// What was found and what was expected.
    package let message: String
  }

  /// The registry file, as locations show it.
  package let path: String
  private var entries: [String: RegistryEntry] = [:]

  /// The registry of a project that has none.
  package init(path: String) { self.path = path }

  /// Reads a registry. Without `phases` it is empty.
  ///
  /// - Throws: `Problem` when it is no mapping, or names a phase twice.
  package init(_ stream: ValueStream, path: String) throws(Problem) {
    self.path = path
    guard stream.documents.count <= 1 else {
      throw Problem(location: Location(path: path), message: "the registry holds several YAML documents, expected one")
    }
    guard let root = stream.documents.first, !root.isNull else { return }
    guard root.kind == .object else { throw Self.problem("the registry is no mapping with 'phases'", root, path) }
    guard let phases = root["phases"], !phases.isNull else { return }
    guard phases.kind == .object else { throw Self.problem("'phases' is no mapping from phase to entry", phases, path) }
    for member in phases.members {
      guard entries[member.name] == nil else {
        throw Self.problem("the phase '\(member.name)' has two entries", member.key, path)
      }
      entries[member.name] = RegistryEntry(
        phaseID: member.name, member.value, at: Self.location(member.key, path))
    }
  }

  /// The entry of a phase, or nil.
  package func entry(_ phaseID: String) -> RegistryEntry? { entries[phaseID] }

  /// The phases that have an entry, sorted.
  package var phaseIDs: [String] { entries.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }

  /// What the registry says of a phase; without an entry it is only described.
  package func verdict(of phaseID: String) -> String { entries[phaseID]?.verdict ?? Verdict.designed.rawValue }

  private static func location(_ value: Value, _ path: String) -> Location {
    Location(path: path, line: value.position.line, column: value.position.column)
  }

  private static func problem(_ message: String, _ value: Value, _ path: String) -> Problem {
    Problem(location: location(value, path), message: message)
  }
}
