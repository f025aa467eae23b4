/// What a tree shows to somebody who wants to begin auditing it.
package struct StartingFacts: Sendable, Hashable {
  /// A pipeline that runs checks.
  package enum Pipeline: String, Sendable, CaseIterable {
    /// GitHub Actions.
    case github
    /// GitLab CI.
    case gitlab
  }

  /// Every file of the tree, sorted; what is there is never written.
  package var paths: Set<String> = []
  /// How many files there are in each language, by its name.
  package var languages: [String: Int] = [:]
  /// The folder of definitions of done, where there are some.
  package var documents: String?
  /// Gate maps.
  package var gateMaps: [String] = []
  /// Contract schemas.
  package var contracts: [String] = []
  /// Interface packs.
  package var packs: [String] = []
  /// How many runtime evidence bundles there are.
  package var bundleCount = 0
  /// Where the tree's own feed and registry are, where they are in their usual places.
  package var feed: String?
  /// See `feed`.
  package var registry: String?
  /// Folders whose content somebody else wrote.
  package var foreignFolders: [String] = []
  /// The commit that the tree stands at; nil outside of git and before the first.
  package var commit: String?
  /// The pipeline that the tree or its remote suggests.
  package var pipeline: Pipeline?
  /// The day on which the files are written, `YYYY-MM-DD`.
  package var today = ""

  /// Nothing known yet.
  package init() {}

  /// Names of folders into which other people's sources are copied.
  package static let foreignNames: Set<String> = ["vendor", "third_party", "thirdparty", "node_modules", "external"]

  /// Folders of other people's sources among the paths of a tree: the outermost of each.
  package static func foreignFolders(in paths: some Sequence<String>) -> [String] {
    var found: Set<String> = []
    for path in paths {
      let parts = path.split(separator: "/").dropLast()
      if let index = parts.firstIndex(where: { foreignNames.contains(String($0)) }) {
        found.insert(parts[...index].joined(separator: "/"))
      }
    }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
