import Glibc

/// How a command ended, and the same end for this process.
package struct CommandEnd: Sendable, Hashable {
  /// The status that a shell shows: the exit status, or 128 and the number of the signal.
  package let status: Int32
  /// The signal that ended it, or nil.
  package let signal: Int32?
  /// Why it could not even be started, or nil.
  package let failure: ProcessError?

  /// A command that could not be started.
  init(notStarted failure: ProcessError, status: Int32) {
    self.status = status
    signal = nil
    self.failure = failure
  }

  /// What `waitpid` says.
  init(waitStatus: Int32) {
    let number = waitStatus & 0x7F
    signal = number == 0 ? nil : number
    status = number == 0 ? (waitStatus >> 8) & 0xFF : 128 + number
    failure = nil
  }

  /// It ran, and said that it succeeded.
  package var isSuccess: Bool { status == 0 }

  /// Ends this process as the command ended: with its exit status, or by its signal, without a core file of our own.
  package func leave() -> Never {
    if let signal {
      var none = rlimit(rlim_cur: 0, rlim_max: 0)
      unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
      Glibc.signal(signal, SIG_DFL)
      var set = sigset_t()
      unsafe sigemptyset(&set)
      unsafe sigaddset(&set, signal)
      kill(getpid(), signal)
      unsafe pthread_sigmask(SIG_UNBLOCK, &set, nil)
    }
    exit(status)
  }
}
