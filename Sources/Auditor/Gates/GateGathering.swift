import Formats
import Glibc
import Rules

/// What was gathered for one gate before anything is hashed: the small files, read and judged step by step.
struct GateGathering: Sendable {
  /// How far the gate has come.
  enum State: Sendable {
    /// Nothing has to be hashed: the verdict stands.
    case settled(GateResult)
    /// Members have to be hashed and the digest compared with the sealed one.
    case hash(Work)
  }

  /// What is left to do for a verdict.
  struct Work: Sendable {
    let plan: HashPlan
    /// The bundle folder, below the root.
    let bundle: String
    /// The digest in the flag.
    let expected: String
    /// The index, below the root, where the gate has one.
    var index: String?
  }

  let gate: GateDefinition
  private var isSealing = false
  /// How far the gate has come.
  private(set) var state: State
  /// The flag and the index, when they were read.
  private(set) var inputs: [InputRecord] = []
  /// What the system refused to hand over.
  private(set) var failures: [FileError] = []

  /// Gathers, from below a root; reads the flag, and the index where the law needs it.
  init(_ gate: GateDefinition, root: RootedFolder, pins: GatePins) {
    self.gate = gate
    switch gate.paths(with: pins) {
    case .settled(let result):
      state = .settled(result)
    case .next(let paths):
      // Stands until the next line only: a struct is whole before its methods run.
      state = .hash(Work(plan: .bundleFiles, bundle: paths.bundle, expected: ""))
      state = gather(root, paths)
    }
  }

  /// Gathers what a flag would have to seal: as for verifying, but there need be no flag yet.
  init(sealing gate: GateDefinition, root: RootedFolder, pins: GatePins) {
    self.gate = gate
    isSealing = true
    switch gate.paths(with: pins) {
    case .settled(let result):
      state = .settled(result)
    case .next(let paths):
      state = .hash(Work(plan: .bundleFiles, bundle: paths.bundle, expected: ""))
      state = gather(root, paths)
    }
  }

  private mutating func gather(_ root: RootedFolder, _ paths: GatePaths) -> State {
    var flag = inspect(paths.flag, root)
    if isSealing, flag == .absent { flag = .file }
    let bundle = inspect(paths.bundle, root)
    let index = paths.index.map { inspect($0, root) }
    switch gate.presence(at: paths, flag: flag, bundle: bundle, index: index) {
    case .settled(let result): return .settled(result)
    case .next(let flagPath):
      // No digest of a flag is empty, so nothing that is hashed agrees with it.
      let sealed =
        isSealing
        ? ReadFact.bytes(Array("\(gate.law.digestField ?? "digest") =".utf8))
        : read(flagPath, root, role: "gate-flag")
      switch gate.sealedDigest(flag: sealed, at: paths, index: index) {
      case .settled(let result): return .settled(result)
      case .next((let expected, let indexPath)):
        let index = indexPath.map { read($0, root, role: "gate-index") }
        switch gate.hashPlan(expected: expected, index: index, at: paths) {
        case .settled(let result): return .settled(result)
        case .next(let plan):
          return .hash(Work(plan: plan, bundle: paths.bundle, expected: expected, index: paths.index))
        }
      }
    }
  }

  private mutating func inspect(_ path: String, _ root: RootedFolder) -> PathFact {
    do {
      switch try root.inspect(path) {
      case .file: return .file
      case .folder: return .folder
      case .special(let kind): return .unusable("it is a \(kind), not a regular file")
      }
    } catch {
      if error.isOutside { return .outsideRoot }
      if error.isAbsence { return .absent }
      failures.append(error)
      return .unusable(error.explanation)
    }
  }

  private mutating func read(_ path: String, _ root: RootedFolder, role: String) -> ReadFact {
    do {
      let bytes = try root.read(path, limit: SourceLimits.bytes)
      inputs.append(
        InputRecord(path: path, role: role, sha256: SHA256.digest(bytes).hex, byteCount: bytes.count))
      return .bytes(bytes)
    } catch {
      failures.append(error)
      return .failed(error.explanation)
    }
  }
}

extension FileError {
  /// The path leads outside its root.
  var isOutside: Bool { reason == .outsideRoot }

  /// Nothing is there: no such name, a file where a folder would have to be, or links that lead nowhere.
  var isAbsence: Bool {
    switch reason {
    case .system(ENOENT), .system(ENOTDIR), .system(ELOOP): true
    default: false
    }
  }
}
