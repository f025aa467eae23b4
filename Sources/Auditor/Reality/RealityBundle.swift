import Formats
import Glibc
package import Rules

/// A reality evidence bundle on disk: gathers what is judged, and leaves everything as it was (REALITY_RULES section 2).
package struct RealityBundle {
  /// The name of the folder: the run id.
  package let runID: String
  /// The folder, or nil when there is none.
  private let root: RootedFolder?

  /// Finds a bundle. One that does not exist is a bundle without artifacts.
  ///
  /// - Throws: `FileError` when the folder is there and cannot be opened.
  package init(_ path: String) throws(FileError) {
    do {
      let root = try RootedFolder(path)
      self.root = root
      runID = Self.name(of: path) ?? root.realComponents.last.map { String(decoding: $0, as: UTF8.self) } ?? "/"
    } catch {
      guard [.system(ENOENT), .system(ENOTDIR)].contains(error.reason) else { throw error }
      root = nil
      runID = Self.name(of: path) ?? path
    }
  }

  /// Reads, asks and judges.
  ///
  /// - Parameter gates: the gates asked for; none: those that the bundle's claim names, or all.
  package func judge(gates: Set<Int> = []) -> RealityResult {
    let documents = RealityDocuments(runID: runID, files: files())
    return RealityJudge.judge(documents, facts(documents.questions), gates: gates)
  }

  /// Shows whether the bundle's gates can fail: mutates a copy in memory and judges each mutation.
  package func prove(gates: Set<Int> = []) -> GateProof {
    let files = files()
    let facts = facts(RealityDocuments(runID: runID, files: files).questions)
    return RealityMutations(runID: runID, files: files, facts: facts, gates: gates).prove()
  }

  private func facts(_ questions: RealityQuestions) -> RealityFacts {
    RealityFacts(
      database: questions.database.map(database), composeDigest: questions.composeFile.flatMap(digest))
  }

  /// The last component of a path as it is written; nil for `.`, `..` and `/`, which name no folder.
  private static func name(of path: String) -> String? {
    guard let last = path.utf8.split(separator: UInt8(ascii: "/")).last.map({ String(decoding: $0, as: UTF8.self) }),
      last != ".", last != ".."
    else { return nil }
    return last
  }

  private func files() -> [RealityArtifact: RealityFile] {
    guard let root else { return [:] }
    var files: [RealityArtifact: RealityFile] = [:]
    for artifact in RealityArtifact.allCases { files[artifact] = read(artifact.fileName, in: root) }
    return files
  }

  private func read(_ name: String, in root: RootedFolder) -> RealityFile {
    do {
      return .content(try root.read(name))
    } catch {
      switch error.reason {
      case .outsideRoot: return .outside
      case .notRegular, .system(ELOOP), .system(ENOTDIR): return .notRegular
      // A link to nothing is there, and is no file.
      case .system(ENOENT): return FileKind(ofPath: "\(root.path)/\(name)") == nil ? .absent : .notRegular
      default: return .unreadable(error.explanation)
      }
    }
  }

  /// The digest of a file that a document names, when the bundle holds it.
  private func digest(of path: String) -> Digest? {
    guard RealityQuestions.isSafe(path), let root, let bytes = try? root.read(path) else { return nil }
    return SHA256.digest(bytes)
  }

  private func database(_ question: RealityDatabaseQuestion) -> RealityDatabase {
    guard question.isSafe else { return .outside }
    guard let root else { return .absent }
    var walk = RootedWalk(root)
    do {
      let file = try walk.open(Array(question.path.utf8))
      guard Self.hasHeader(file.number) else { return .unreadable("it is no SQLite database") }
    } catch {
      switch error.reason {
      case .outsideRoot: return .outside
      case .system(EACCES), .system(EIO): return .unreadable(error.explanation)
      default: return .absent
      }
    }
    let folder = root.realComponents.map { "/" + String(decoding: $0, as: UTF8.self) }.joined()
    return RealityDatabaseReader.count("\(folder)/\(String(decoding: walk.canonicalPath, as: UTF8.self))", question)
  }

  /// SQLite takes an empty file for an empty database; as evidence it is none.
  private static func hasHeader(_ descriptor: Int32) -> Bool {
    var header = [UInt8](repeating: 0, count: 16)
    let count = unsafe header.withUnsafeMutableBytes { buffer in unsafe pread(descriptor, buffer.baseAddress, 16, 0) }
    return count == 16 && header == Array("SQLite format 3\0".utf8)
  }
}
