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

  init(root: String) { self.root = root }

  /// The facts that a phase's claims ask for.
  mutating func facts(for claims: EvidenceClaims) -> EvidenceFacts {
    var facts = EvidenceFacts()
    for path in claims.pathsToInspect(root: root) {
      facts.states[path] = state(of: path)
      if isOutsideRoot(path) { facts.outsideRoot.insert(path) }
    }
    for path in claims.pathsToHash(root: root) {
      facts.digests[path] = digest(of: path)
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

  /// Every file whose content decided something.
  var inputs: [InputRecord] {
    contents.sorted { $0.key < $1.key }.compactMap { path, content in
      guard case .digest(let hex) = content.state else { return nil }
      return InputRecord(
        path: PathText.shown(path, root: root), role: "evidence", sha256: hex, byteCount: content.byteCount)
    }
  }

  private mutating func digest(of path: String) -> DigestState {
    if let known = contents[path] { return known.state }
    let found = Self.hash(path)
    contents[path] = found
    return found.state
  }

  private func isOutsideRoot(_ path: String) -> Bool {
    PathText.relative(ResolvedPath.real(path) ?? path, root: root) == nil
  }

  private static func look(_ path: String) -> FileState {
    // A NUL would cut the path short and ask about another file.
    if path.utf8.contains(0) { return .absent }
    if unsafe access(path, F_OK) != 0 { return isAbsence(errno) ? .absent : .unreadable }
    return unsafe access(path, R_OK) == 0 ? .readable : .unreadable
  }

  private static func hash(_ path: String) -> Content {
    if path.utf8.contains(0) { return Content(state: .absent, byteCount: 0) }
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return Content(state: isAbsence(errno) ? .absent : .unreadable, byteCount: 0) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return Content(state: .unreadable, byteCount: 0)
    }
    var hasher = SHA256()
    var total = 0
    var chunk = [UInt8](repeating: 0, count: min(1 << 20, max(1, Int(status.st_size) + 1)))
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count < 0 { return Content(state: .unreadable, byteCount: total) }
      if count == 0 { return Content(state: .digest(hasher.finalize().hex), byteCount: total) }
      hasher.update(chunk.span.extracting(0..<count))
      total += count
    }
  }

  private static func isAbsence(_ code: Int32) -> Bool {
    [ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG].contains(code)
  }
}
