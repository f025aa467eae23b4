import Formats
import Rules

/// Finds the files that references of an interface pack mean (LINT_RULES section 5).
struct PackSearch {
  /// Why no file was found.
  struct Refusal: Error, CustomStringConvertible {
    let rule: PackRule
    let message: String
    var description: String { message }
  }

  private let root: RootedFolder
  private let files: PackFiles
  /// Every file below the data engine's folder and the platform's contracts, by its name; made when a bare name has to be looked for.
  private var byName: [[UInt8]: [String]]?

  init(_ root: RootedFolder, _ files: PackFiles) {
    self.root = root
    self.files = files
  }

  /// The path of the file that a reference means.
  ///
  /// - Parameter more: where to look when none of the rule's own steps finds anything.
  /// - Throws: `FileError` for what the system refuses.
  mutating func find(
    _ reference: PackReference, more: [PackReference.Step] = []
  ) throws(FileError) -> Result<String, Refusal> {
    if let rule = reference.refusal {
      let message = rule == .referenceFile ? "the reference names no file" : "'\(reference.file)' is absolute"
      return .failure(Refusal(rule: rule, message: message))
    }
    for step in reference.steps + more {
      switch step {
      case .path(let path):
        do throws(FileError) {
          if try files.isFile(path) { return .success(path) }
        } catch {
          guard error.isOutside else { throw error }
          return .failure(Refusal(rule: .referenceEscape, message: "'\(reference.file)' leads out of the pack root"))
        }
      case .name(let name, let folder):
        let hits = try paths(named: name, below: folder)
        if hits.isEmpty { continue }
        if let path = reference.choose(among: hits) { return .success(path) }
        return .failure(
          Refusal(rule: .referenceAmbiguous, message: "'\(name)' is any of \(hits.joined(separator: ", "))"))
      }
    }
    return .failure(Refusal(rule: .referenceFile, message: "the pack has no file '\(reference.file)'"))
  }

  /// The contracts of the pack, in byte order of each of the two folders.
  func contractPaths() throws(FileError) -> [String] {
    try children(of: PackLayout.boundaryContracts)
      + filePaths(below: PackLayout.platformContracts)
      .filter { $0.utf8.reversed().starts(with: PackLayout.contractEnding.utf8.reversed()) }
  }

  /// The JSON files that show what contracts mean.
  func examplePaths() throws(FileError) -> [String] {
    try filePaths(below: PackLayout.examples).filter { $0.utf8.reversed().starts(with: ".json".utf8.reversed()) }
  }

  /// The contracts that lie directly in a folder.
  private func children(of folder: String) throws(FileError) -> [String] {
    try filePaths(below: folder).filter { path in
      !path.utf8.dropFirst(folder.utf8.count + 1).contains(UInt8(ascii: "/"))
        && path.utf8.reversed().starts(with: PackLayout.contractEnding.utf8.reversed())
    }
  }

  /// The files with a name below a folder, in byte order.
  private mutating func paths(named name: String, below folder: String) throws(FileError) -> [String] {
    if byName == nil { byName = try listed() }
    return (byName?[Array(name.utf8)] ?? []).filter { $0.utf8.starts(with: "\(folder)/".utf8) }
  }

  private func listed() throws(FileError) -> [[UInt8]: [String]] {
    var listed: [[UInt8]: [String]] = [:]
    for path in try filePaths(below: PackLayout.engine) + filePaths(below: PackLayout.platformContracts) {
      let name = path.utf8.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? []
      listed[name, default: []].append(path)
    }
    return listed
  }

  /// Every file and every link that may be one, below a folder, in byte order; none when the folder is not there.
  private func filePaths(below folder: String) throws(FileError) -> [String] {
    do {
      guard try root.inspect(folder) == .folder else { return [] }
    } catch {
      if error.isAbsence { return [] }
      throw error
    }
    let kinds: [TreeEntry.Kind] = [.file, .linkToFile, .linkOutsideRoot]
    return try root.tree(folder).filter { kinds.contains($0.kind) }
      .map { String(decoding: joined(Array(folder.utf8), $0.path), as: UTF8.self) }
  }
}
