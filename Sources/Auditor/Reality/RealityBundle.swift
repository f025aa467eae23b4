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
  /// - Parameters:
  ///   - gates: the gates asked for; none: those that the bundle's claim names, or all.
  ///   - code: the code that made the bundle, where it was looked at.
  package func judge(gates: Set<Int> = [], code: RealityCode? = nil) -> RealityResult {
    examine(gates: gates, code: code).result
  }

  /// What judging a bundle gave, and from what.
  struct Examination {
    let result: RealityResult
    /// The files that were read, by their names in the bundle.
    let inputs: [InputRecord]
    /// The files that are there and could not be read, by the same names.
    let unreadable: [(name: String, why: String)]
  }

  /// The same, with what was read.
  func examine(gates: Set<Int> = [], code: RealityCode? = nil) -> Examination {
    let files = files()
    let documents = RealityDocuments(runID: runID, files: files)
    let questions = documents.questions
    var inputs: [InputRecord] = []
    var unreadable: [(name: String, why: String)] = []
    for artifact in RealityArtifact.allCases {
      switch files[artifact] {
      case .content(let bytes):
        inputs.append(
          InputRecord(
            path: artifact.fileName, role: "reality", sha256: SHA256.digest(bytes).hex, byteCount: bytes.count))
      case .unreadable(let why): unreadable.append((artifact.fileName, why))
      default: break
      }
    }
    for path in [questions.database?.path, questions.composeFile].compactMap({ $0 }) {
      if let input = input(path) { inputs.append(input) }
    }
    return Examination(
      result: RealityJudge.judge(documents, facts(questions), gates: gates, code: code), inputs: inputs,
      unreadable: unreadable)
  }

  /// The record of a file that a document names; nil where the bundle does not hold it.
  private func input(_ path: String) -> InputRecord? {
    guard RealityQuestions.isSafe(path), let root else { return nil }
    var walk = RootedWalk(root)
    guard let file = try? walk.open(Array(path.utf8)),
      let read = try? FileDigest.sha256(of: file.number, path: path)
    else { return nil }
    return InputRecord(path: path, role: "reality", sha256: read.digest.hex, byteCount: read.byteCount)
  }

  /// What a person can check of the bundle by hand.
  package func recipe(gates: Set<Int> = []) -> (recipe: RealityRecipe, result: RealityResult) {
    let examined = examine(gates: gates)
    let names = root.flatMap { try? FolderListing.names(in: $0.path) } ?? []
    let recipe = RealityRecipe(
      RealityDocuments(runID: runID, files: files()), targeted: examined.result.targeted, files: examined.inputs,
      xmlNames: names.filter { $0.hasSuffix(".xml") && FileKind(ofPath: "\(root?.path ?? "")/\($0)") == .file })
    return (recipe, examined.result)
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
