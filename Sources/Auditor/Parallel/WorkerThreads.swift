import Glibc

/// Threads of the system for work that keeps a core busy: no pool, no queue, gone when the work is done.
package enum WorkerThreads {
  /// The cores that this process may use.
  package static var coreCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Runs a body so many times at once and returns when all have ended. The calling thread runs one of them; where the
  /// system gives no thread the caller does that part too, later.
  package static func run(_ count: Int, _ body: @escaping @Sendable () -> Void) {
    var started: [pthread_t] = []
    var missing = 0
    for _ in 1..<max(1, count) {
      var thread = pthread_t()
      let box = unsafe Unmanaged.passRetained(Work(body))
      let failed = unsafe pthread_create(&thread, nil, runWork, box.toOpaque())
      if failed == 0 {
        started.append(thread)
      } else {
        unsafe box.release()
        missing += 1
      }
    }
    for _ in 0...missing { body() }
    for thread in started { pthread_join(thread, nil) }
  }
}

private final class Work: Sendable {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) {
    self.body = body
  }
}

/// Owns the work that it is handed: each box is retained once for its thread.
private func runWork(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context = unsafe context else { return nil }
  unsafe Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
  return nil
}
