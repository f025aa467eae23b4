import Synchronization

/// How many findings a cache still remembers. Files whose findings find no room are read again by the next scan: a tree
/// that is full of findings costs time then, not memory.
final class CacheRoom: Sendable {
  /// The most findings of one root that are remembered.
  static let findings = 5_000

  private let left: Atomic<Int>

  /// What a cache leaves free.
  init(_ content: CacheContent?) {
    let known = content?.candidates.reduce(0) { $0 + ($1?.judgement.findings.count ?? 0) } ?? 0
    left = Atomic(CacheRoom.findings - known)
  }

  /// Whether there is room for an entry in the place of another one.
  func take(_ entry: CacheEntry, insteadOf old: CacheEntry?) -> Bool {
    let more = entry.judgement.findings.count - (old?.judgement.findings.count ?? 0)
    if more <= 0 || left.subtract(more, ordering: .relaxed).newValue >= 0 { return true }
    left.add(more, ordering: .relaxed)
    return false
  }
}
