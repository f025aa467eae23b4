package import Formats

/// What can be asked about registries.
package enum RegistryQuery: Sendable {
  /// All registries of the index.
  case registries
  /// The probes of a registry.
  case probes(registry: String)
  /// The profiles of a registry.
  case profiles(registry: String)
  /// One probe, and which profiles use it.
  case probe(registry: String, id: String)
  /// One profile, and its probes.
  case profile(registry: String, id: String)

  /// The registry that has to be read; nil for the index alone.
  package var registry: String? {
    switch self {
    case .registries: nil
    case .probes(let id), .profiles(let id), .probe(let id, _), .profile(let id, _): id
    }
  }

  /// The word of the command line.
  package var command: String {
    switch self {
    case .registries: "list-registries"
    case .probes: "list-probes"
    case .profiles: "list-profiles"
    case .probe: "describe-probe"
    case .profile: "describe-profile"
    }
  }
}

/// The answer to a query about registries. It tells what the files say; `lint-registry` judges them.
package struct RegistryListing: Sendable {
  /// What was found.
  package enum Content: Sendable {
    /// Nothing: see the errors.
    case nothing
    /// Registries.
    case registries([RegistryIndex.Entry])
    /// Probes by id.
    case probes([(id: String, value: Value)])
    /// Profiles by id.
    case profiles([(id: String, value: Value)])
    /// One probe and the ids of the profiles that use it.
    case probe(Value, usedBy: [String])
    /// One profile, and its probes by id; nil for one that the registry has not.
    case profile(Value, probes: [(id: String, value: Value?)])
  }

  /// What was asked.
  package let query: RegistryQuery
  /// What was found.
  package let content: Content
  /// Why not.
  package let errors: [LintError]

  /// A query that cannot be answered.
  package init(_ query: RegistryQuery, refusal errors: [LintError]) {
    self.query = query
    content = .nothing
    self.errors = LintError.once(errors)
  }

  /// The answer from the index alone.
  package init(_ query: RegistryQuery, index: RegistryIndex) {
    self.query = query
    content = .registries(index.entries)
    errors = LintError.once(index.errors.map(\.error))
  }

  /// The answer from one registry.
  package init(_ query: RegistryQuery, registry: Registry) {
    self.query = query
    let probes = registry.probes?.lastMembers.map { (id: $0.name, value: $0.value) } ?? []
    let profiles = registry.profiles?.lastMembers.map { (id: $0.name, value: $0.value) } ?? []
    var errors = registry.fileErrors
    switch query {
    case .registries: content = .registries([registry.entry])
    case .probes: content = registry.probes == nil ? .nothing : .probes(probes)
    case .profiles: content = registry.profiles == nil ? .nothing : .profiles(profiles)
    case .probe(let name, let id):
      if let probe = probes.first(where: { $0.id.isIdentical(to: id) }) {
        let users = profiles.filter { profile in
          profile.value["probe_refs"]?.strings.contains { $0.isIdentical(to: id) } ?? false
        }
        content = .probe(probe.value, usedBy: users.map(\.id))
      } else {
        content = .nothing
        if registry.probes != nil { errors.append(LintError(.notFound, "\(name):\(id)")) }
      }
    case .profile(let name, let id):
      if let profile = profiles.first(where: { $0.id.isIdentical(to: id) }) {
        let known = registry.probes?.byKey ?? [:]
        let refs = profile.value["probe_refs"]?.strings ?? []
        content = .profile(profile.value, probes: refs.map { (id: $0, value: known[$0.byteKey]) })
      } else {
        content = .nothing
        if registry.profiles != nil { errors.append(LintError(.notFound, "\(name):\(id)")) }
      }
    }
    self.errors = LintError.once(errors)
  }
}
