import Glibc

/// A program could not be run to its end: which one, and why.
package struct ProcessError: Error, Sendable, Hashable {
  /// What went wrong.
  package enum Reason: Sendable, Hashable {
    /// No absolute folder of `PATH` holds it.
    case notFound
    /// The system refused, with this error number.
    case system(Int32)
    /// It wrote more than the limit, in bytes, and was ended.
    case tooMuchOutput(limit: Int)
    /// It ran longer than the limit, in seconds, and was ended.
    case tooLong(limit: Int)
    /// This signal asked us to stop, so it was ended.
    case interrupted(String)
  }

  /// The program.
  package let program: String
  /// What went wrong.
  package let reason: Reason

  /// A program that could not be run to its end.
  package init(program: String, reason: Reason) {
    self.program = program
    self.reason = reason
  }
}

extension ProcessError: CustomStringConvertible {
  /// `PROGRAM: REASON`, with a hint where one helps.
  package var description: String {
    switch reason {
    case .notFound: "\(program): not found in PATH; install it"
    case .system(let code): "\(program): cannot run: \(unsafe String(cString: strerror(code))) (error \(code))"
    case .tooMuchOutput(let limit): "\(program): wrote more than \(limit) bytes and was ended"
    case .interrupted(let signal): "\(program): was ended because \(signal) asked this run to stop"
    case .tooLong(let limit): "\(program): ran longer than \(limit) seconds and was ended"
    }
  }
}
