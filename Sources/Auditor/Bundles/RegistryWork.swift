import Formats
package import Rules

/// What the commands on plans and registries do: read them below a root, and have them judged. Writes nothing.
package struct RegistryWork: Sendable {
  private let root: String
  private let index: String

  /// Work with the registry index at a path, below a root; both as the process sees them.
  package init(index: String, root: String) {
    self.index = index
    self.root = root
  }

  /// Section 11: judges all registries, or one.
  package func lintRegistries(_ wanted: String?) -> RegistryLint {
    do throws(BundleError) {
      let root = try BundleRoot(root)
      let (index, errors) = readIndex(root)
      guard let index else { return RegistryLint(refusal: errors) }
      let registries = RegistryLint.selection(index, wanted).map { read($0, root) }
      let paths = registries.flatMap(\.profilePaths)
      return RegistryLint(index, wanted: wanted, registries: registries, files: files(paths, root))
    } catch {
      return RegistryLint(refusal: [LintError(.rootUnreadable, detail: error.detail)])
    }
  }

  /// Section 10: judges a plan and what it uses.
  package func lintPlan(_ path: String) -> PlanLint {
    do throws(BundleError) {
      let root = try BundleRoot(root)
      let plan = Self.readPlan(path, root)
      var lint = PlanLint(plan, preflight: plan.preflightPath.map(root.file) ?? .absent)
      guard lint.needsRegistry, let id = plan.registryID else { return lint }
      let (index, errors) = readIndex(root)
      guard let index else {
        lint.refuse(errors)
        return lint
      }
      guard let entry = index.entry(id) else {
        lint.refuseRegistry(index)
        return lint
      }
      let registry = read(entry, root)
      lint.judge(registry, files: files(registry.profilePaths, root))
      return lint
    } catch {
      var lint = PlanLint(Plan(.absent, at: nil), preflight: .absent)
      lint.refuse([LintError(.rootUnreadable, detail: error.detail)])
      return lint
    }
  }

  /// Answers a query about registries from what their files say.
  package func answer(_ query: RegistryQuery) -> RegistryListing {
    do throws(BundleError) {
      let root = try BundleRoot(root)
      let (index, errors) = readIndex(root)
      guard let index else { return RegistryListing(query, refusal: errors) }
      guard let id = query.registry else { return RegistryListing(query, index: index) }
      guard let entry = index.entry(id) else {
        return RegistryListing(query, refusal: [LintError(.registryNotFound, id)])
      }
      return RegistryListing(query, registry: read(entry, root))
    } catch {
      return RegistryListing(query, refusal: [LintError(.rootUnreadable, detail: error.detail)])
    }
  }

  /// Reads a plan below a root, for its digest.
  package static func plan(_ path: String, root: String) -> Plan {
    do throws(BundleError) {
      return readPlan(path, try BundleRoot(root))
    } catch {
      return Plan(.unreadable(error.detail ?? ""), at: nil)
    }
  }

  private static func readPlan(_ path: String, _ root: BundleRoot) -> Plan {
    let (below, fact) = root.file(atCommandLinePath: path)
    return Plan(fact, at: below)
  }

  private func readIndex(_ root: BundleRoot) -> (index: RegistryIndex?, errors: [LintError]) {
    let (below, fact) = root.file(atCommandLinePath: index)
    return RegistryIndex.read(fact, at: below ?? index)
  }

  private func read(_ entry: RegistryIndex.Entry, _ root: BundleRoot) -> Registry {
    let facts = [entry.probes, entry.profiles].map { SafePath.isSafe($0) ? root.file($0) : .outside }
    return Registry(entry, probes: facts[0], profiles: facts[1])
  }

  private func files(_ paths: [String], _ root: BundleRoot) -> [[UInt8]: FileFact] {
    var files: [[UInt8]: FileFact] = [:]
    for path in paths where files[path.byteKey] == nil { files[path.byteKey] = root.file(path) }
    return files
  }
}
