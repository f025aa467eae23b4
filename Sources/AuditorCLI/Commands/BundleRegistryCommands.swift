import Auditor
import Formats
import Reports
import Rules

extension Command {
  /// The queries about registries: they tell what the files say, and judge nothing.
  static let bundleListRegistries = query(
    "list-registries", "List the registries of an index", operand: nil,
    example: "auditor bundle list-registries --registry-index registries.json"
  ) { _, _ in .registries }

  /// The probes of a registry.
  static let bundleListProbes = query(
    "list-probes", "List the probes of a registry, with what they try and in which lanes", operand: nil,
    example: "auditor bundle list-probes --registry-index registries.json --registry fs"
  ) { registry, _ in .probes(registry: registry) }

  /// The profiles of a registry.
  static let bundleListProfiles = query(
    "list-profiles", "List the profiles of a registry, with their policy files", operand: nil,
    example: "auditor bundle list-profiles --registry-index registries.json --registry fs"
  ) { registry, _ in .profiles(registry: registry) }

  /// One probe.
  static let bundleDescribeProbe = query(
    "describe-probe", "Show one probe, and the profiles that use it", operand: "PROBE",
    example: "auditor bundle describe-probe fs:read-hosts --registry-index registries.json --registry fs"
  ) { registry, id in .probe(registry: registry, id: id) }

  /// One profile.
  static let bundleDescribeProfile = query(
    "describe-profile", "Show one profile, and its probes", operand: "PROFILE",
    example: "auditor bundle describe-profile fs:deny-all --registry-index registries.json --registry fs --json"
  ) { registry, id in .profile(registry: registry, id: id) }

  private static let registryIndex = Flag("registry-index", .value("INDEX"), help: "The list of registries, JSON")
  private static let registry = Flag("registry", .value("ID"), help: "The registry")

  private static func query(
    _ name: String, _ summary: String, operand: String?, example: String,
    _ make: @escaping @Sendable (_ registry: String, _ id: String) -> RegistryQuery
  ) -> Command {
    let isIndexOnly = name == "list-registries"
    return Command(
      ["bundle", name], summary: summary,
      description: """
        \(summary): what the files say, unjudged ('bundle lint-registry' judges them). Files with doubled keys, of \
        another version, or outside of ROOT are refused. The exit status is 0 for an answer, 1 for a refusal or an id \
        that is not there, and 4 when the index cannot be read.
        """,
      operands: operand.map { .one($0) } ?? .none,
      flags: [.bundleRoot, registryIndex] + (isIndexOnly ? [] : [registry]) + [.format(["text", "json"]), .json],
      examples: [Example(example, summary)]
    ) { arguments, console in
      guard let index = arguments.value(registryIndex) else { throw UsageError.missingValue(flag: registryIndex.usage) }
      let id = isIndexOnly ? "" : arguments.value(registry)
      guard let id else { throw UsageError.missingValue(flag: registry.usage) }
      let work = RegistryWork(index: index, root: arguments.value(.bundleRoot) ?? ".")
      let listing = work.answer(make(id, arguments.operands.first ?? ""))
      console.tell(arguments, text: listing.text) { listing.write(to: &$0) }
      return listing.exitStatus
    }
  }
}
