import Formats
import Rules

/// Looks at what documents and the registry point to, below the root only; each path once in a run.
struct ClaimProbe {
  /// The most bytes of a report that is read for its verdicts.
  private static let reportBytes = 1 << 26

  private let folder: RootedFolder?
  private var isPresent: [String: Bool] = [:]
  private var reports: [String: [String: String]] = [:]

  /// A root that cannot be opened holds nothing.
  init(root: String) { folder = try? RootedFolder(root) }

  /// Those of some relative paths that do not exist below the root.
  mutating func absent(_ paths: [String]) -> Set<String> {
    Set(paths.filter { !exists($0) })
  }

  /// What a report says of a phase; nil where it is no report, or says nothing of it.
  mutating func verdict(of phaseID: String, inReport path: String) -> String? {
    if let known = reports[path] { return known[phaseID] }
    let verdicts = read(path)
    reports[path] = verdicts
    return verdicts[phaseID]
  }

  /// What may not be looked at is not called absent.
  private mutating func exists(_ path: String) -> Bool {
    if let known = isPresent[path] { return known }
    var found = folder != nil
    do throws(FileError) {
      _ = try folder?.inspect(path)
    } catch {
      found = !InputFile.isAbsent(error) && !error.isOutside
    }
    isPresent[path] = found
    return found
  }

  /// Artifacts need not be reports, so what is no JSON says nothing.
  private func read(_ path: String) -> [String: String] {
    guard path.utf8.count <= 4_096, let bytes = try? folder?.read(path, limit: Self.reportBytes),
      let report = try? JSON.read(bytes), let phases = report["phases"], phases.kind == .object
    else { return [:] }
    var verdicts: [String: String] = [:]
    for member in phases.members { verdicts[member.name] = member.value["verdict"]?.string }
    return verdicts
  }
}
