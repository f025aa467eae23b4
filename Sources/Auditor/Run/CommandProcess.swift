import Glibc

/// A command that runs as if nobody stood beside it: it has the standard descriptors, environment, working folder, process
/// group and signal mask that auditor was started with.
package enum CommandProcess {
  /// What a shell answers for a command that is not found, and for one that cannot be run.
  private static let statuses: (notFound: Int32, notRunnable: Int32) = (127, 126)
  /// Sent to auditor alone, these are meant for the command.
  private static let forwarded = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM]

  /// Runs a command to its end.
  ///
  /// - Parameter words: the program, looked up as a shell does, and its arguments, byte for byte.
  package static func run(_ words: [[UInt8]]) -> CommandEnd {
    let signals = HeldSignals(forwarded + [SIGCHLD])
    let child: pid_t
    do throws(ProcessError) {
      child = try start(words, mask: signals.previous)
    } catch {
      guard case .system(let code) = error.reason else { return CommandEnd(notStarted: error, status: 126) }
      return CommandEnd(notStarted: error, status: code == ENOENT ? statuses.notFound : statuses.notRunnable)
    }
    while true {
      let signal = signals.next()
      if let status = ended(child) { return CommandEnd(waitStatus: status) }
      if let signal, signal.number != SIGCHLD, !signal.isFromTerminal { kill(child, signal.number) }
    }
  }

  private static func ended(_ child: pid_t) -> Int32? {
    var status: Int32 = 0
    let answer = unsafe waitpid(child, &status, WNOHANG)
    // A child that is nobody's any more has ended, and nobody knows how.
    if answer < 0, errno == ECHILD { return 0xFF << 8 }
    return answer == child ? status : nil
  }

  private static func start(_ words: [[UInt8]], mask: sigset_t) throws(ProcessError) -> pid_t {
    let name = String(decoding: words.first ?? [], as: UTF8.self)
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var mask = mask
    unsafe posix_spawnattr_setsigmask(&attributes, &mask)
    // This process ignores two signals; the command must not inherit that.
    var defaults = sigset_t()
    unsafe sigemptyset(&defaults)
    unsafe sigaddset(&defaults, SIGPIPE)
    unsafe sigaddset(&defaults, SIGXFSZ)
    unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    var arguments: [UnsafeMutablePointer<CChar>?] = unsafe []
    for word in words { unsafe arguments.append(strdup(word.map { CChar(bitPattern: $0) } + [0])) }
    defer { unsafe arguments.forEach { unsafe free($0) } }
    guard let program = unsafe arguments.first, let program = unsafe program else {
      throw ProcessError(program: name, reason: .notFound)
    }
    unsafe arguments.append(nil)
    var child: pid_t = 0
    let code = unsafe posix_spawnp(&child, program, nil, &attributes, arguments, environ)
    guard code == 0 else { throw ProcessError(program: name, reason: .system(code)) }
    return child
  }
}

/// Signals that wait until they are asked for, for as long as the process lives: what is being recorded is not cut short.
private struct HeldSignals {
  /// What was blocked before.
  let previous: sigset_t
  private let held: sigset_t

  init(_ numbers: [Int32]) {
    // Ignored, as some programs start others, it would take the command's exit status with it.
    signal(SIGCHLD, SIG_DFL)
    var held = sigset_t()
    var previous = sigset_t()
    unsafe sigemptyset(&held)
    for number in numbers { unsafe sigaddset(&held, number) }
    unsafe pthread_sigmask(SIG_BLOCK, &held, &previous)
    self.held = held
    self.previous = previous
  }

  /// The next signal; nil when the wait was broken off.
  func next() -> (number: Int32, isFromTerminal: Bool)? {
    var held = held
    var info = unsafe siginfo_t()
    let number = unsafe sigwaitinfo(&held, &info)
    // What a terminal sends goes to the whole process group, so the command has it already.
    return number > 0 ? (number, unsafe info.si_code == SI_KERNEL) : nil
  }
}
