/// Git could not answer. Each says what to do.
package enum GitError: Error, Sendable, Hashable {
  /// The program could not be run.
  case process(ProcessError)
  /// Git refuses the repository because another user owns it.
  case dubiousOwnership(folder: String)
  /// Git stopped with a message.
  case failed(command: String, message: String)
}

extension GitError: CustomStringConvertible {
  /// What failed and what to do.
  package var description: String {
    switch self {
    case .process(let error): "\(error)"
    case .dubiousOwnership(let folder):
      "git refuses the repository at \(folder): another user owns it; "
        + "if you trust it: git config --global --add safe.directory \(folder)"
    case .failed(let command, let message): "git \(command) failed: \(message)"
    }
  }
}
