import Auditor
import Formats
import Reports
import Rules

extension Command {
  /// Is a plan fit to be run?
  static let bundleLintPlan = Command(
    ["bundle", "lint-plan"], summary: "Lint a runtime plan with the registry that it uses; nothing is run",
    description: """
      Checks a plan's members, lanes, preflight profile, and every profile and probe that it uses. Doubled keys and paths \
      that lead out of ROOT are errors. The exit status is 0 for a clean plan, 1 when something is wrong, and 4 when the \
      plan or the registry index cannot be read.
      """,
    operands: .one("PLAN"), flags: [.bundleRoot, registryIndex, .format(["text", "json"]), .json],
    examples: [
      Example("auditor bundle lint-plan probe/plan.json --registry-index registries.json", "one plan, before it is run")
    ]
  ) { arguments, console in
    let lint = RegistryWork(index: try index(arguments), root: root(arguments)).lintPlan(arguments.operands[0])
    console.tell(arguments, text: lint.text) { lint.write(to: &$0) }
    return lint.exitStatus
  }

  /// What identifies a plan.
  static let bundlePlanDigest = Command(
    ["bundle", "plan-digest"], summary: "Print the digest that identifies a plan, as manifests record it",
    description: """
      Prints the SHA-256 of the plan's canonical form: plan and registry id, profiles, lanes, controls and preflight \
      profile, sorted, whatever the layout of the file. A plan with doubled keys has none.
      """,
    operands: .one("PLAN"), flags: [.bundleRoot, .format(["text", "json"]), .json],
    examples: [
      Example("auditor bundle plan-digest probe/plan.json", "compare it with plan_digest of a run_manifest.json")
    ]
  ) { arguments, console in
    let plan = RegistryWork.plan(arguments.operands[0], root: root(arguments))
    if plan.digest == nil, !arguments.wantsJSON {
      console.complain(plan.digestText)
    } else {
      console.tell(arguments, text: plan.digestText) { plan.writeDigest(to: &$0) }
    }
    return plan.exitStatus
  }

  /// Are registries fit to be used?
  static let bundleLintRegistry = Command(
    ["bundle", "lint-registry"], summary: "Lint probe and profile registries",
    description: """
      Checks every registry of an index, or one: versions, ids, members and their types, files of profiles, references \
      to probes. No registry's errors stop another's.
      """,
    flags: [.bundleRoot, registryIndex, registry, .format(["text", "json"]), .json],
    examples: [
      Example("auditor bundle lint-registry --registry-index registries.json", "all registries"),
      Example("auditor bundle lint-registry --registry-index registries.json --registry fs --json", "one, as JSON"),
    ]
  ) { arguments, console in
    let lint = RegistryWork(index: try index(arguments), root: root(arguments)).lintRegistries(
      arguments.value(registry))
    console.tell(arguments, text: lint.text) { lint.write(to: &$0) }
    return lint.exitStatus
  }

  private static let registryIndex = Flag("registry-index", .value("INDEX"), help: "The list of registries, JSON")
  private static let registry = Flag("registry", .value("ID"), help: "Only this registry (default: all)")

  private static func index(_ arguments: Arguments) throws(UsageError) -> String {
    guard let path = arguments.value(registryIndex) else { throw .missingValue(flag: registryIndex.usage) }
    return path
  }

  private static func root(_ arguments: Arguments) -> String { arguments.value(.bundleRoot) ?? "." }
}
