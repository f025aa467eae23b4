package import Formats
package import Rules

/// Finds the rule packs of a run: the built-in ones, or those that were named.
package enum PackLoader {
  /// Rule packs could not be had.
  package enum Failure: Error, CustomStringConvertible {
    /// A named path could not be read.
    case unreadable(FileError)
    /// A named folder holds no pack, or a pack no rule.
    case empty(String)
    /// A pack is wrong; every problem is told.
    case malformed(RulePackError)
    /// Examples of a pack do not do what its rules promise.
    case failedExamples([PackExamples.Failure])

    /// A line a problem.
    package var description: String {
      switch self {
      case .unreadable(let error): "\(error)"
      case .empty(let path): "\(path): holds no rule; name a rule pack or a folder of *.yaml rule packs"
      case .malformed(let error): "\(error)"
      case .failedExamples(let failures):
        failures.map { "\($0.location): rule '\($0.ruleID)' does not load: \($0.message)" }.joined(separator: "\n")
      }
    }
  }

  /// The packs at these paths (files, or folders of `*.yaml`), or the built-in ones when there are none.
  ///
  /// Unless told otherwise, a named pack is used only when its examples hold; those of the built-in packs are run by `auditor rules test` and
  /// by this project's own tests.
  package static func load(
    _ paths: [String], below root: String = ".", today: CivilDate, runsExamples: Bool = true
  ) throws(Failure) -> RulePack {
    var sources: [PackSource] = []
    for path in paths { sources += try read(path, at: path.hasPrefix("/") || root == "." ? path : "\(root)/\(path)") }
    let pack: RulePack
    do throws(RulePackError) {
      pack = paths.isEmpty ? try RulePack.builtIn() : try RulePack(sources)
    } catch {
      throw .malformed(error)
    }
    if pack.rules.isEmpty { throw .empty(paths.joined(separator: ", ")) }
    let failures = paths.isEmpty || !runsExamples ? [] : PackExamples.failures(in: pack.rules, today: today)
    guard failures.isEmpty else { throw .failedExamples(failures) }
    return pack
  }

  private static func read(_ name: String, at path: String) throws(Failure) -> [PackSource] {
    do throws(FileError) {
      guard try FileStatus.of(path).isFolder else {
        return [PackSource(name: name, bytes: try FileReader.read(path))]
      }
      let files = try FolderListing.names(in: path).filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
      var sources: [PackSource] = []
      for file in files {
        sources.append(PackSource(name: "\(name)/\(file)", bytes: try FileReader.read("\(path)/\(file)")))
      }
      return sources
    } catch {
      throw .unreadable(error)
    }
  }
}
