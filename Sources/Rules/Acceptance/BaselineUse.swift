/// A baseline while it is applied: which of its entries are used up.
///
/// Findings may come in parts, as long as those of one file come together: entries of one file never cover another's.
package struct BaselineUse: Sendable {
  private let entries: [Baseline.Entry]
  private var exact: [Baseline.Key: [Int]] = [:]
  private var alike: [[String]: [Int]] = [:]
  private var left: [Int]

  /// Nothing of the baseline is used yet.
  package init(_ baseline: Baseline) {
    entries = baseline.entries
    left = entries.map(\.count)
    for (index, entry) in entries.enumerated() {
      let key = Baseline.Key(entry)
      exact[key, default: []].append(index)
      alike[key.place, default: []].append(index)
    }
  }

  /// Marks the findings that are accepted; see `Baseline.apply`.
  package mutating func mark(_ findings: inout [Finding], reason: String) {
    for isExact in [true, false] {
      for index in findings.indices where findings[index].suppression == nil {
        guard let identity = findings[index].identity, !Baseline.unacceptable.contains(findings[index].family) else {
          continue
        }
        let key = Baseline.Key(findings[index], identity)
        let candidates = (isExact ? exact[key] : alike[key.place]) ?? []
        guard
          let match = candidates.first(where: {
            left[$0] > 0 && (isExact || entries[$0].identity.sharesContext(with: identity))
          })
        else { continue }
        left[match] -= 1
        findings[index].suppression = Finding.Suppression(kind: .baseline, reason: reason)
      }
    }
  }

  /// The entries, with their counts, that covered nothing.
  package var stale: [Baseline.Entry] {
    entries.indices.filter { left[$0] > 0 }.map { index in
      var entry = entries[index]
      entry.count = left[index]
      return entry
    }
  }
}
