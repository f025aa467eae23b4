/// The order of the checks, as pure steps: each takes the facts that the one before asked for. Whoever gathers the
/// facts makes no judgement, and no step reads anything.
extension GateDefinition {
  /// Step 1: where the evidence lies. Templates that pins do not fill are MISSING, also where the law would not read
  /// that file.
  package func paths(with pins: GatePins) -> GateStep<GatePaths> {
    guard let flag = flagTemplate?.filled(with: pins) else { return .settled(unresolved(.flag, flagTemplate)) }
    guard let bundle = bundleTemplate?.filled(with: pins) else {
      return .settled(unresolved(.bundle, bundleTemplate))
    }
    guard let indexTemplate else { return .next(GatePaths(flag: flag, bundle: bundle, index: nil)) }
    guard let index = indexTemplate.filled(with: pins) else { return .settled(unresolved(.index, indexTemplate)) }
    return .next(GatePaths(flag: flag, bundle: bundle, index: index))
  }

  /// Steps 2 and 3: whether flag and bundle are there. A path that leads outside the root outweighs what is absent.
  /// Goes on with the path of the flag to read.
  package func presence(
    at paths: GatePaths, flag: PathFact, bundle: PathFact, index: PathFact?
  ) -> GateStep<String> {
    let parts: [(GateReason.Part, String, PathFact?)] = [
      (.flag, paths.flag, flag), (.bundle, paths.bundle, bundle), (.index, paths.index ?? "", index),
    ]
    for (part, path, fact) in parts where fact == .outsideRoot {
      return .settled(GateResult(self, .conflict, .outsideRoot(part, path: path)))
    }
    for (part, path, fact) in parts.prefix(2) where fact == .absent {
      return .settled(GateResult(self, .missing, .absent(part, path: path)))
    }
    switch bundle {
    case .file: return .settled(conflict(.bundle, paths.bundle, "it is a file, not a folder"))
    case .unusable(let problem): return .settled(conflict(.bundle, paths.bundle, problem))
    case .absent, .outsideRoot, .folder: break
    }
    switch flag {
    case .folder: return .settled(conflict(.flag, paths.flag, "it is a folder, not a file"))
    case .unusable(let problem): return .settled(conflict(.flag, paths.flag, problem))
    case .absent, .outsideRoot, .file: return .next(paths.flag)
    }
  }

  /// Steps 4 to 6: the sealed digest, a law that is known, and an index where the law needs one. Goes on with the
  /// sealed digest and the path of the index to read, nil when the law reads none.
  package func sealedDigest(
    flag: ReadFact, at paths: GatePaths, index: PathFact?
  ) -> GateStep<(expected: String, indexPath: String?)> {
    let expected: String
    switch flag {
    case .failed(let problem): return .settled(conflict(.flag, paths.flag, problem))
    case .bytes(let bytes):
      do {
        expected = try GateFlag.digest(in: bytes, field: law.digestField)
      } catch {
        return .settled(conflict(.flag, paths.flag, "\(error)"))
      }
    }
    guard let kind = law.kind else {
      return .settled(GateResult(self, .conflict, .unknownLaw(law.name), expected: expected))
    }
    if kind == .bundle { return .next((expected, nil)) }
    if kind == .indexedFiles, law.pathBase == nil {
      return .settled(GateResult(self, .conflict, .unknownPathBase, expected: expected))
    }
    guard let indexPath = paths.index, let index else {
      return .settled(GateResult(self, .missing, .noIndexTemplate, expected: expected))
    }
    switch index {
    case .absent: return .settled(GateResult(self, .missing, .absent(.index, path: indexPath), expected: expected))
    case .folder: return .settled(conflict(.index, indexPath, "it is a folder, not a file", expected))
    case .unusable(let problem): return .settled(conflict(.index, indexPath, problem, expected))
    case .outsideRoot, .file: return .next((expected, indexPath))
    }
  }

  /// Step 6, continued: what the law hashes, given the index where it needs one.
  package func hashPlan(expected: String, index: ReadFact?, at paths: GatePaths) -> GateStep<HashPlan> {
    guard let index, let indexPath = paths.index else { return .next(.bundleFiles) }
    switch index {
    case .failed(let problem): return .settled(conflict(.index, indexPath, problem, expected))
    case .bytes(let bytes):
      do {
        if law.kind == .memberDigests {
          let joined = try GateIndex.joinedDigests(in: bytes, law: law)
          return .next(.text(joined.text, members: joined.count))
        }
        return .next(.files(try GateIndex.files(in: bytes, law: law)))
      } catch {
        return .settled(conflict(.index, indexPath, "\(error)", expected))
      }
    }
  }

  /// Steps 7 to 9: the verdict. Digests are compared as text, byte for byte.
  package func verdict(expected: String, hashed: HashFact) -> GateResult {
    switch hashed {
    case .absent(let path):
      return GateResult(self, .missing, .absent(.member, path: path), expected: expected)
    case .outsideRoot(let path):
      return GateResult(self, .conflict, .outsideRoot(.member, path: path), expected: expected)
    case .unreadable(let path, let problem):
      return conflict(.member, path, problem, expected)
    case .nothing, .digest(_, members: 0):
      return GateResult(self, .conflict, .nothingToHash, expected: expected)
    case .digest(let actual, let members):
      let agrees = actual.utf8.elementsEqual(expected.utf8)
      return GateResult(
        self, agrees ? .pass : .fail, agrees ? .digestsAgree(members: members) : .digestsDiffer(members: members),
        expected: expected, actual: actual)
    }
  }

  /// The verdict where each member was compared with its index too: a gate whose index tells another digest for one of its
  /// members than the file has does not pass, for whoever trusts the index would trust a file that nobody sealed.
  package func verdict(expected: String, hashed: HashFact, members: MemberComparison) -> GateResult {
    var result = verdict(expected: expected, hashed: hashed)
    if result.status == .pass, !members.differing.isEmpty {
      result = GateResult(
        self, .fail, .membersDiffer(count: members.differing.count, of: members.compared), expected: expected,
        actual: result.actualDigest)
    }
    result.differingMembers = members.differing
    result.comparedMembers = members.compared
    return result
  }

  /// Whether the flag lies among the files that the law hashes: then no digest in it can ever be right.
  package func hashesItsFlag(at paths: GatePaths) -> Bool {
    guard law.kind == .bundle else { return false }
    let bundle = plainParts(paths.bundle)
    let flag = plainParts(paths.flag)
    guard flag.count > bundle.count, flag.starts(with: bundle), let name = flag.last else { return false }
    return !law.excludedNames.contains(name)
  }

  private func plainParts(_ path: String) -> [[UInt8]] {
    path.utf8.split(separator: UInt8(ascii: "/")).map(Array.init).filter { $0 != Array(".".utf8) }
  }

  private func unresolved(_ part: GateReason.Part, _ template: PathTemplate?) -> GateResult {
    GateResult(self, .missing, .unresolved(part, template: template?.text))
  }

  private func conflict(
    _ part: GateReason.Part, _ path: String, _ problem: String, _ expected: String? = nil
  ) -> GateResult {
    GateResult(self, .conflict, .unreadable(part, path: path, problem: problem), expected: expected)
  }
}
