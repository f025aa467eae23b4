import Formats
import Glibc
import Rules

/// Looks at files that claims name: whether they are there, may be read, and what their digest is. Each path is looked
/// at once in a run, however many phases name it.
struct EvidenceProbe {
  private struct Content {
    let state: DigestState
    let byteCount: Int
  }

  private let root: String
  private var states: [String: FileState] = [:]
  private var contents: [String: Content] = [:]
  private var realFolders: [String: String?] = [:]

  init(root: String) { self.root = root }

  /// The facts that a phase's claims ask for.
  mutating func facts(for claims: EvidenceClaims) -> EvidenceFacts {
    var facts = EvidenceFacts()
    for path in claims.pathsToInspect(root: root) {
      facts.states[path] = state(of: path)
      if isOutsideRoot(path) { facts.outsideRoot.insert(path) }
    }
    let hashed = claims.pathsToHash(root: root)
    hash(hashed)
    for path in hashed {
      facts.digests[path] = contents[path]?.state
      if isOutsideRoot(path) { facts.outsideRoot.insert(path) }
    }
    return facts
  }

  /// Whether something is at an absolute path, and may be read.
  mutating func state(of path: String) -> FileState {
    if let known = states[path] { return known }
    let found = Self.look(path)
    states[path] = found
    return found
  }

  /// Every file that decided something, if only by being there.
  mutating func inputs() -> [InputRecord] {
    hash(states.filter { $0.value == .readable }.keys.sorted())
    return contents.sorted { $0.key < $1.key }.compactMap { path, content in
      guard case .digest(let hex) = content.state else { return nil }
      return InputRecord(
        path: PathText.shown(path, root: root), role: "evidence", sha256: hex, byteCount: content.byteCount)
    }
  }

  /// Hashes what is not known yet, two files at a time.
  private mutating func hash(_ paths: [String]) {
    var unknown: [String] = []
    var seen: Set<String> = []
    for path in paths where contents[path] == nil && seen.insert(path).inserted {
      if path.utf8.contains(0) {
        // A NUL would cut the path short and hash another file.
        contents[path] = Content(state: .absent, byteCount: 0)
      } else {
        unknown.append(path)
      }
    }
    guard !unknown.isEmpty else { return }
    for (path, answer) in zip(unknown, FileDigest.sha256(of: unknown.map { Array($0.utf8) })) {
      contents[path] = Self.content(answer)
    }
  }

  private static func content(_ answer: FileDigest.Answer) -> Content {
    switch answer {
    case .success(let file): return Content(state: .digest(file.digest.hex), byteCount: file.byteCount)
    case .failure(let error):
      if case .system(let code) = error.reason, isAbsence(code) { return Content(state: .absent, byteCount: 0) }
      return Content(state: .unreadable, byteCount: 0)
    }
  }

  private mutating func isOutsideRoot(_ path: String) -> Bool {
    PathText.relative(real(path) ?? path, root: root) == nil
  }

  /// The path without links; nil when it does not exist. Evidence lies together, so that its folders are asked once.
  private mutating func real(_ path: String) -> String? {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return ResolvedPath.real(path) }
    let name = path[path.index(after: slash)...]
    if name.isEmpty || name == "." || name == ".." { return ResolvedPath.real(path) }
    let folder = String(path[..<slash])
    let known: String?
    if let cached = realFolders[folder] {
      known = cached
    } else {
      known = ResolvedPath.real(folder)
      realFolders[folder] = .some(known)
    }
    guard let known, known != "/", ResolvedPath.isNoLink(path) else { return ResolvedPath.real(path) }
    return "\(known)/\(name)"
  }

  private static func look(_ path: String) -> FileState {
    // A NUL would cut the path short and ask about another file.
    if path.utf8.contains(0) { return .absent }
    if unsafe access(path, F_OK) != 0 { return isAbsence(errno) ? .absent : .unreadable }
    return unsafe access(path, R_OK) == 0 ? .readable : .unreadable
  }

  private static func isAbsence(_ code: Int32) -> Bool {
    [ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG].contains(code)
  }
}
