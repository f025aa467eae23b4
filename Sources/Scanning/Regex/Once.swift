import Synchronization

/// What is worked out when it is first asked for, once for all threads.
final class Once<Value: Sendable>: Sendable {
  private let known = Mutex<Value?>(nil)
  private let work: @Sendable () -> Value

  init(_ work: @escaping @Sendable () -> Value) {
    self.work = work
  }

  var value: Value {
    known.withLock { known in
      if let known { return known }
      let made = work()
      known = made
      return made
    }
  }
}
