/// Git could not answer. Each says what to do.
package enum GitError: Error, Sendable, Hashable {
  /// The program could not be run.
  case process(ProcessError)
  /// Git refuses the repository because another user owns it.
  case dubiousOwnership(folder: String)
  /// The repository's own configuration says that its work tree is another folder than the one it was found in.
  case workTreeElsewhere(folder: String)
  /// Something that git reads of the repository is no file.
  case irregularFile(String)
  /// Git stopped with a message.
  case failed(command: String, message: String)
  /// What is asked for needs a repository, and there is none.
  case noRepository(folder: String)
  /// The repository has no work tree, so nothing in it can have changed.
  case bareRepository(folder: String)
  /// The repository has no commit to compare with.
  case noCommit
  /// A name that stands for no commit here.
  case unknownRevision(String, isShallow: Bool)
  /// Two histories without a common commit, or one that was cut off before it.
  case noMergeBase(String, and: String, isShallow: Bool)
}

extension GitError: CustomStringConvertible {
  /// What failed and what to do.
  package var description: String {
    switch self {
    case .process(let error): "\(error)"
    case .dubiousOwnership(let folder):
      "git refuses the repository at \(folder): another user owns it (dubious ownership); "
        + "if you trust it: git config --global --add safe.directory \(folder)"
    case .workTreeElsewhere(let folder):
      "the repository at \(folder) says that its work tree is another folder (core.worktree); nothing is read or written "
        + "there; run in that folder, or take the setting out"
    case .irregularFile(let file): "git would wait for ever: \(file), not a file; remove it"
    case .failed(let command, let message): "git \(command) failed: \(message)"
    case .noRepository(let folder):
      "\(folder) is in no git repository, so what changed cannot be told; run inside of one, or scan without "
        + "--diff and --staged"
    case .bareRepository(let folder): "the repository at \(folder) has no work tree; run in a checkout of it"
    case .noCommit:
      "the repository has no commit yet, so nothing can be compared with it; use --staged, or scan everything"
    case .unknownRevision(let name, let isShallow):
      "'\(name)' is no commit of this repository; name one revision, such as origin/main"
        + (isShallow
          ? "; this clone is shallow: git fetch --unshallow (in CI: fetch-depth 0)"
          : ", and fetch it first: git fetch origin")
    case .noMergeBase(let name, let other, let isShallow):
      isShallow
        ? "\(other) and '\(name)' have no common commit in this shallow clone; "
          + "fetch the history: git fetch --unshallow (in CI: fetch-depth 0)"
        : "\(other) and '\(name)' have no common commit; compare with a revision of the same history"
    }
  }
}
