import Glibc

/// A way to run the binary as a user to whom permissions mean something.
package enum Unprivileged {
  private static let user: uid_t = 65534
  private static let dropping = [
    "setpriv", "--reuid=\(user)", "--regid=\(user)", "--clear-groups", "--",
  ]

  /// Why there is no such way, for tests that are skipped; nil when there is one.
  package static let obstacle: String? = {
    if geteuid() != 0 { return nil }
    guard let outcome = try? BuiltBinary.run(["--version"], in: "/", through: dropping) else {
      return "setpriv (util-linux) is not installed"
    }
    return outcome.status == 0 ? nil : "another user cannot run the binary: \(outcome.complaints)"
  }()

  package static var isPossible: Bool {
    if let obstacle { print("skipped: \(obstacle)") }
    return obstacle == nil
  }

  /// What to run the binary through.
  package static var wrapper: [String] { geteuid() == 0 ? dropping : [] }
}

extension Workspace {
  /// Makes everything in the workspace the unprivileged user's own.
  package func giveAway() throws {
    guard geteuid() == 0 else { return }
    let outcome = try start(["chown", "--recursive", "--no-dereference", "65534:65534", enclosure])
    if outcome.status != 0 { throw SystemCallFailed("chown", EPERM) }
  }
}
