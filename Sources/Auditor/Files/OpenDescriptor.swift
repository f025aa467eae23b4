import Glibc

/// An open file descriptor that closes itself: exactly one owner, no use after closing.
package struct OpenDescriptor: ~Copyable, Sendable {
  /// The number that system calls take; valid as long as this value lives.
  package let number: Int32

  /// Takes over a descriptor that a system call has just returned.
  init(owning number: Int32) {
    self.number = number
  }

  deinit { close(number) }
}
