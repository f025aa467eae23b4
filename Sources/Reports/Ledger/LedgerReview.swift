import Formats
package import Rules

/// A checked ledger beside the anchors that say where it once stood.
package struct LedgerReview {
  /// One anchor, and who vouches for it.
  package struct Anchor: Sendable {
    let source: String
    let signer: String?
    let anchor: LedgerAnchor?
    let refusal: String?

    /// A signed one; `signer` is the allowed signer who signed it.
    package init(_ envelope: Envelope, source: String, signer: String?, refusal: String?) {
      self.source = source
      self.signer = signer
      anchor = envelope.payloadType == LedgerAnchor.payloadType ? LedgerAnchor(envelope.payload) : nil
      self.refusal = signer == nil ? refusal : anchor == nil ? "it is no anchor of a ledger" : nil
    }

    /// A line of a note.
    package init(note: [UInt8], source: String) {
      self.source = source
      signer = nil
      refusal = nil
      anchor = LedgerAnchor(note)
    }
  }

  private let verdict: LedgerVerdict
  private let anchors: [(anchor: Anchor, problem: String?)]
  private let lacksNote: Bool

  /// - Parameters:
  ///   - verdict: with the links of the rows that the anchors name.
  ///   - needsNote: a note was asked for, so that having none is worth a word.
  package init(_ verdict: LedgerVerdict, _ anchors: [Anchor], needsNote: Bool) {
    self.verdict = verdict
    // A repository may hold notes about other ledgers, and a note of people.
    let meant = anchors.filter { $0.signer != nil || $0.refusal != nil || $0.anchor?.ledgerID == verdict.id }
    self.anchors = meant.map { ($0, $0.refusal ?? $0.anchor?.problem(in: verdict)) }
    lacksNote = needsNote && !meant.contains { $0.signer == nil && $0.refusal == nil }
  }

  /// The rows whose links anchors are compared with.
  package static func rows(of anchors: [Anchor]) -> Set<Int64> { Set(anchors.compactMap { $0.anchor?.rowCount }) }

  /// 1 for a broken ledger or one that was not anchored so, 2 where no anchor was found that was asked for.
  package var exitStatus: ExitStatus {
    if !verdict.isIntact || anchors.contains(where: { $0.problem != nil }) { return .findings }
    return lacksNote ? .incomplete : .clean
  }

  /// For a person.
  package var text: String {
    var text = verdict.text
    for (anchor, problem) in anchors {
      let place = printable(anchor.source) + (anchor.signer.map { ", signed by \(printable($0))" } ?? "")
      let rows = anchor.anchor.map { "\($0.rowCount) rows of \(printable($0.time))" } ?? "anchor"
      text += problem.map { "REFUSED \(rows) in \(place): \(printable($0))\n" } ?? "HOLDS   \(rows) in \(place)\n"
    }
    if lacksNote {
      text += "no git note tells where this ledger stood; 'auditor ledger anchor --git-note' writes one\n"
    }
    return text
  }

  /// For programs.
  package var json: [UInt8] {
    JSONWriter.document { json in
      json.beginObject()
      verdict.write(to: &json)
      json.list("anchors", anchors) { entry, json in
        json.beginObject()
        json.member("source", entry.anchor.source)
        json.member("signer", entry.anchor.signer)
        json.member("rows", entry.anchor.anchor.map { Int($0.rowCount) })
        json.member("time", entry.anchor.anchor?.time)
        json.member("problem", entry.problem)
        json.endObject()
      }
      json.endObject()
    }
  }
}
