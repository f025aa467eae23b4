/// Names of phases.
package enum PhaseID {
  /// A document `DOD__<PHASE>.md` can have this name.
  package static func isPartOfFileName(_ name: String) -> Bool {
    !name.isEmpty && !name.utf8.contains(UInt8(ascii: "/")) && !name.utf8.contains(0)
  }

  /// It can also be an event's `phase_id` that is found again: no control characters, no blanks around it.
  package static func isUsable(_ name: String) -> Bool {
    isPartOfFileName(name) && !name.utf8.contains { $0 < 0x20 || $0 == 0x7F } && name.utf8.first != 0x20
      && name.utf8.last != 0x20
  }
}
