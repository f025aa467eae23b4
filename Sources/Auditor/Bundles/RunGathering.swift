import Formats
import Glibc
import Rules

/// Reads a run once: every file through one open descriptor, digest and document made of the same bytes.
struct RunGathering: ~Copyable {
  /// What was read of one path.
  private struct Reading {
    let artifact: ArtifactFact
    /// The content, where it was asked for.
    let document: FileFact
  }

  private let place: RunPlace
  private var walk: RootedWalk
  private var readings: [[UInt8]: Reading] = [:]
  /// What was read, for the record.
  private(set) var inputs: [InputRecord] = []
  /// What the system refused to hand over.
  private(set) var failures: [FileError] = []

  init(_ place: RunPlace, root: BundleRoot) {
    self.place = place
    walk = RootedWalk(root.folder)
  }

  /// Reads status, index, documents, and everything that the index names.
  mutating func facts() -> RunFacts {
    let status = document(place.path(.runStatus))
    let index = document(place.index)
    var documents: [CoreArtifact: FileFact] = [:]
    for artifact in CoreArtifact.contentDocuments { documents[artifact] = document(place.path(artifact)) }
    let core = CoreArtifact.allCases.map(place.path)
    var artifacts: [[UInt8]: ArtifactFact] = [:]
    for path in core + IndexRepair.knownPaths(index, at: place.index) {
      artifacts[path.byteKey] = read(path, isDocument: false).artifact
    }
    let impactMap = place.path(RunFile.impactMap)
    return RunFacts(
      place: place, status: status, index: index, documents: documents, artifacts: artifacts,
      hasImpactMap: isRegular(impactMap))
  }

  private mutating func document(_ path: String) -> FileFact { read(path, isDocument: true).document }

  private mutating func isRegular(_ path: String) -> Bool {
    guard let found = try? walk.locate(Array(path.utf8)) else { return false }
    return found.kind == .file && found.isBelow(Array(place.directory.utf8))
  }

  private mutating func read(_ path: String, isDocument: Bool) -> Reading {
    if let known = readings[path.byteKey] { return known }
    let reading: Reading
    do throws(FileError) {
      reading = try readAnew(path, isDocument: isDocument)
    } catch {
      if error.isOutside {
        reading = Reading(artifact: .outsideRoot, document: .outside)
      } else if error.isAbsence {
        reading = Reading(artifact: .absent, document: .absent)
      } else {
        failures.append(error)
        reading = Reading(artifact: .unreadable(error.explanation), document: .unreadable(error.explanation))
      }
    }
    readings[path.byteKey] = reading
    return reading
  }

  private mutating func readAnew(_ path: String, isDocument: Bool) throws(FileError) -> Reading {
    let found = try walk.locate(Array(path.utf8))
    guard found.isBelow(Array(place.directory.utf8)) else { return Reading(artifact: .outsideRun, document: .outside) }
    switch found.kind {
    case nil: return Reading(artifact: .absent, document: .absent)
    case .folder?: return Reading(artifact: .irregular("folder"), document: .irregular("folder"))
    case .special(let kind)?: return Reading(artifact: .irregular(kind), document: .irregular(kind))
    case .file?: break
    }
    let file = try walk.openSettled(Array(path.utf8))
    // Links may have been changed since the path was looked at.
    let real = RootedPlace(path: walk.canonicalPath, kind: .file)
    guard real.isBelow(Array(place.directory.utf8)) else { return Reading(artifact: .outsideRun, document: .outside) }
    if isDocument || SelfStatement.isStated(in: path) {
      let bytes = try FileReader.read(file.number, path: path, limit: SourceLimits.bytes)
      let content = ArtifactFact.Content(
        byteCount: bytes.count, sha256: SHA256.digest(bytes).hex,
        schemaVersion: SelfStatement.schemaVersion(of: bytes, path: path))
      record(path, content)
      return Reading(artifact: .file(content), document: isDocument ? .bytes(bytes) : .absent)
    }
    let digested = try FileDigest.sha256(of: file.number, path: path)
    let content = ArtifactFact.Content(
      byteCount: digested.byteCount, sha256: digested.digest.hex, schemaVersion: nil)
    record(path, content)
    return Reading(artifact: .file(content), document: .absent)
  }

  private mutating func record(_ path: String, _ content: ArtifactFact.Content) {
    inputs.append(
      InputRecord(path: path, role: "bundle", sha256: content.sha256, byteCount: content.byteCount))
  }
}
