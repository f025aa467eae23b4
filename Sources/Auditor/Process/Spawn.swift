import Glibc

/// Starts a program with `posix_spawn`.
struct Spawn {
  let path: String
  let program: String

  /// The process id of the running child.
  func start(
    _ arguments: [String], _ environment: [String: String], _ ends: ChildEnds
  ) throws(ProcessError) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    unsafe posix_spawn_file_actions_adddup2(&actions, ends.theirs.input, STDIN_FILENO)
    unsafe posix_spawn_file_actions_adddup2(&actions, ends.theirs.output, STDOUT_FILENO)
    unsafe posix_spawn_file_actions_adddup2(&actions, ends.theirs.errorOutput, STDERR_FILENO)
    // This process ignores two signals; a child must not inherit that.
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGPIPE)
    unsafe sigaddset(&signals, SIGXFSZ)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    // Nor what the calling thread blocks: a shell that never hears of its children waits for them for ever.
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    var words = unsafe ([program] + arguments).map { unsafe strdup($0) }
    var variables = unsafe environment.sorted { $0.key < $1.key }.map { unsafe strdup("\($0.key)=\($0.value)") }
    defer { unsafe (words + variables).forEach { unsafe free($0) } }
    unsafe words.append(nil)
    unsafe variables.append(nil)
    var child: pid_t = 0
    let code = unsafe posix_spawn(&child, path, &actions, &attributes, words, variables)
    guard code == 0 else { throw ProcessError(program: program, reason: .system(code)) }
    return child
  }
}
