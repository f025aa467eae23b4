import Glibc
import Synchronization

/// Whether this process was asked to stop while it was at work that can be told half done: nothing more is begun then, what
/// is open is closed, what was found so far is told as a part, and the process ends by the signal.
///
/// Outside of `heeded` a signal does what it does to any program. A second one always does.
package enum Interruption {
  private static let signals = [SIGHUP, SIGINT, SIGTERM]
  private static let received = Atomic<Int32>(0)
  private static let heeding = Mutex(Heeding())

  private struct Heeding {
    /// How much of what is going on heeds signals, on any thread.
    var depth = 0
    /// What the signals did before.
    var earlier: [(number: Int32, action: sigaction?)] = []
  }

  /// Does work that looks for `isAsked` as it goes on.
  package static func heeded<Result: ~Copyable, Failure: Error>(
    _ work: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    begin()
    defer { _ = end() }
    return try work()
  }

  /// Does work that is short and must not be left half done: a signal ends the process once it is over.
  package static func delayed<Result: ~Copyable, Failure: Error>(
    _ work: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    begin()
    defer { if end() { leave() } }
    return try work()
  }

  private static func begin() {
    // What a handler touches has to be there before.
    _ = isAsked
    heeding.withLock { heeding in
      heeding.depth += 1
      if heeding.depth == 1 { heeding.earlier = signals.map { (number: $0, action: catching($0)) } }
    }
  }

  /// Whether nothing that goes on heeds signals any more. Once one was noted, the next is to end the process: what was set
  /// before is not set again.
  private static func end() -> Bool {
    heeding.withLock { heeding in
      heeding.depth -= 1
      guard heeding.depth == 0 else { return false }
      for index in heeding.earlier.indices where !isAsked {
        guard var action = heeding.earlier[index].action else { continue }
        unsafe sigaction(heeding.earlier[index].number, &action, nil)
      }
      return true
    }
  }

  /// Whether to stop.
  package static var isAsked: Bool { received.load(ordering: .relaxed) != 0 }

  /// The name of the signal that asked; nil when none did.
  package static var name: String? {
    switch received.load(ordering: .relaxed) {
    case 0: nil
    case SIGHUP: "SIGHUP"
    case SIGINT: "SIGINT"
    default: "SIGTERM"
    }
  }

  /// Ends the process by the signal that asked, if one did.
  package static func leave() {
    let number = received.load(ordering: .relaxed)
    if number != 0 { CommandEnd(waitStatus: number).leave() }
  }

  /// Throws when somebody has asked to stop; `path` is what will not be read.
  static func check(_ operation: FileError.Operation, _ path: String) throws(FileError) {
    if let name { throw FileError(operation, path: path, reason: .interrupted(name)) }
  }

  /// Notes a signal from now on, once; what it did before, or nil where nothing was changed. One that was ignored (`nohup`)
  /// stays so.
  private static func catching(_ number: Int32) -> sigaction? {
    var earlier = sigaction()
    var action = sigaction()
    unsafe sigemptyset(&action.sa_mask)
    // Not restarted: what waits for standard input has to hear of it.
    action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
    unsafe action.__sigaction_handler.sa_handler = { number in Interruption.received.store(number, ordering: .relaxed) }
    guard unsafe sigaction(number, nil, &earlier) == 0 else { return nil }
    let isIgnored = unsafe unsafeBitCast(earlier.__sigaction_handler.sa_handler, to: Int.self) == 1
    guard !isIgnored, unsafe sigaction(number, &action, nil) == 0 else { return nil }
    return earlier
  }
}
