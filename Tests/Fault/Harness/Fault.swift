import Glibc

/// One thing that goes wrong: which call, from which one on, how often, and how.
struct Fault: Sendable, CustomStringConvertible {
  /// How a call goes wrong.
  enum Kind: Sendable, Hashable {
    /// It fails with this error number.
    case error(Int32)
    /// It is given half of what it asks for.
    case short
    /// The process gets this signal, and the call goes on.
    case signal(Int32)
    /// Each look at the clock (`clock`) tells a time so many seconds before the last one.
    case back(Int)
  }

  let call: String
  /// The first call that goes wrong, from 1.
  let first: Int
  /// How many; 0 for all that follow.
  var count = 1
  let kind: Kind

  /// As the library reads it.
  var setting: String {
    let action =
      switch kind {
      case .error(let code): "e\(code)"
      case .short: "short"
      case .signal(let number): "s\(number)"
      case .back(let seconds): "b\(seconds)"
      }
    return "\(call):\(first):\(count):\(action)"
  }

  var description: String {
    let what =
      switch kind {
      case .error(let code): String(cString: strerror(code))
      case .short: "half"
      case .signal(let number): "signal \(number)"
      case .back(let seconds): "\(seconds) s back at each look"
      }
    return "\(call) \(first)\(count == 0 ? " and all that follow" : ""): \(what)"
  }

  /// Whether a kind of failure is one that a call can meet.
  static func canMeet(_ call: String, _ kind: Kind) -> Bool {
    switch kind {
    case .short: ["read", "pread", "write", "pwrite"].contains(call)
    case .error(ENOSPC):
      ["open", "openat", "write", "pwrite", "fsync", "rename", "link", "mkdir", "ftruncate"].contains(call)
    case .error(EMFILE): ["open", "openat", "opendir", "pipe", "spawn"].contains(call)
    case .error(EAGAIN): ["write", "read", "thread", "spawn", "flock"].contains(call)
    case .error, .signal: true
    case .back: call == "clock"
    }
  }
}
