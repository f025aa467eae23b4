/// Why a gate has its status, as data; `description` words it for people.
package enum GateReason: Sendable, Equatable {
  /// The parts of a gate's evidence.
  package enum Part: String, Sendable {
    /// The file that carries the sealed digest.
    case flag
    /// The folder of evidence.
    case bundle = "bundle folder"
    /// The list of what is sealed.
    case index
    /// A file that the law hashes.
    case member
  }

  /// The digests agree.
  case digestsAgree(members: Int)
  /// The digests differ.
  case digestsDiffer(members: Int)
  /// The digests agree, and some members are not what the index says of them.
  case membersDiffer(count: Int, of: Int)
  /// A template is absent, or has places that no pin fills.
  case unresolved(Part, template: String?)
  /// A part is not there.
  case absent(Part, path: String)
  /// The law needs an index and the map names none.
  case noIndexTemplate
  /// A part lies outside the root; it was not read.
  case outsideRoot(Part, path: String)
  /// A part is there and cannot be read or understood.
  case unreadable(Part, path: String, problem: String)
  /// The map names no law, or an unknown one.
  case unknownLaw(String?)
  /// The map names an unknown place where listed paths start.
  case unknownPathBase
  /// The evidence is empty.
  case nothingToHash

  /// The reason as a word for programs.
  package var code: String {
    switch self {
    case .digestsAgree: "DIGEST_MATCH"
    case .digestsDiffer: "DIGEST_MISMATCH"
    case .membersDiffer: "MEMBER_DIGEST_MISMATCH"
    case .unresolved: "UNRESOLVED_TEMPLATE"
    case .absent(let part, _): "\(part.code)_ABSENT"
    case .noIndexTemplate: "NO_INDEX_TEMPLATE"
    case .outsideRoot: "PATH_ESCAPE"
    case .unreadable(let part, _, _): "\(part.code)_UNREADABLE"
    case .unknownLaw, .unknownPathBase: "UNSUPPORTED_METHOD"
    case .nothingToHash: "EMPTY_EVIDENCE"
    }
  }
}

extension GateReason.Part {
  /// The part as the beginning of a reason code.
  var code: String {
    switch self {
    case .flag: "FLAG"
    case .bundle: "BUNDLE"
    case .index: "INDEX"
    case .member: "MEMBER"
    }
  }
}

extension GateReason: CustomStringConvertible {
  /// One line: what was found and, where it helps, what to do.
  package var description: String {
    switch self {
    case .digestsAgree(let members):
      "\(counted(members)) hashed, digest as sealed"
    case .digestsDiffer(let members):
      "the evidence is not what was sealed (\(counted(members)) hashed)"
    case .membersDiffer(let count, let members):
      "the digest is as sealed, but \(count) of \(counted(members)) are not what the index says"
    case .unresolved(let part, let template?):
      "the path of the \(part.rawValue) needs more pins: \(template); give each {name} with --pin name=value"
    case .unresolved(let part, nil):
      "the gate map does not say where the \(part.rawValue) lies"
    case .absent(let part, let path): "no \(part.rawValue) at \(path)"
    case .noIndexTemplate: "the law needs an index and the gate map names none (index_path_template)"
    case .outsideRoot(let part, let path): "the \(part.rawValue) \(path) leads outside the root; it was not read"
    case .unreadable(let part, let path, let problem): "cannot read the \(part.rawValue) \(path): \(problem)"
    case .unknownLaw(let name?): "hashing law '\(name)' is unknown"
    case .unknownLaw(nil): "the gate map names no hashing law (verification_method.kind)"
    case .unknownPathBase: "path_base is neither bundle_root nor run_root"
    case .nothingToHash: "there is nothing to hash; an empty seal proves nothing"
    }
  }

  private func counted(_ members: Int) -> String { members == 1 ? "1 member" : "\(members) members" }
}
