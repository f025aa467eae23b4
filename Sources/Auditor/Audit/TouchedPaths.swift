import Rules

/// The paths that a change touched, removed ones included: what an audit of a change is about.
struct TouchedPaths {
  /// Relative to the root.
  private let paths: Set<String>

  init(_ subject: ScanSubject) {
    paths = Set((subject.changes ?? [:]).keys.map { String(decoding: $0, as: UTF8.self) })
  }

  /// Whether one of these is touched, or lies below one of these folders.
  func meet(_ names: [String?]) -> Bool {
    names.contains { name in
      guard let name else { return false }
      if name == "." || name.isEmpty { return !paths.isEmpty }
      let folder = name.hasSuffix("/") ? name : name + "/"
      return paths.contains(name) || paths.contains { $0.hasPrefix(folder) }
    }
  }

  /// Whether a verdict rests on something touched: a file that was read, or one that is missing and was there.
  func meet(_ outcome: DoDOutcome) -> Bool {
    if outcome.inputs.contains(where: { paths.contains($0.path) }) { return true }
    let missing = outcome.phases.flatMap(\.missing).map(\.code)
    return paths.contains { path in missing.contains { $0.hasSuffix(":\(path)") } }
  }
}
