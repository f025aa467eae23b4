package import Formats

/// Where a ledger stood at a time, to be kept where whoever can write the ledger cannot: signed, or in a git note.
package struct LedgerAnchor: Sendable, Hashable {
  /// The payload type of anchors in an envelope.
  package static let payloadType = "application/vnd.auditor.ledger-anchor+json"

  /// The ledger's name.
  package let ledgerID: String
  /// The number of its rows.
  package let rowCount: Int64
  /// The link of the last of them.
  package let head: Digest
  /// When it was taken, as it says itself.
  package let time: String

  /// Where a ledger stands, as a check of it found.
  package init(_ verdict: LedgerVerdict, time: Timestamp) {
    ledgerID = verdict.id
    rowCount = verdict.rowCount
    head = verdict.head
    self.time = time.rfc3339
  }

  /// Reads an anchor; nil for everything else.
  package init?(_ line: [UInt8]) {
    guard let value = try? JSON.read(line), let id = value["auditor_ledger"]?.string,
      let rows = value["rows"]?.integer, let head = value["head"]?.string.flatMap({ Digest(hex: $0) })
    else { return nil }
    ledgerID = id
    rowCount = rows
    self.head = head
    time = value["time"]?.string ?? ""
  }

  /// One line of JSON.
  package var bytes: [UInt8] {
    var json = JSONWriter(.compact)
    json.beginObject()
    json.member("auditor_ledger", ledgerID)
    json.member("rows", Int(rowCount))
    json.member("head", head.hex)
    json.member("time", time)
    json.endObject()
    json.newline()
    return json.takeBytes()
  }

  /// What speaks against the ledger that was checked, with the links of the rows that anchors name; nil when it is the one
  /// that was anchored, grown perhaps.
  package func problem(in verdict: LedgerVerdict) -> String? {
    if verdict.id != ledgerID { return "it is about another ledger, \(ledgerID)" }
    guard let link = verdict.links[rowCount] else {
      return "the ledger had \(rowCount) rows then, and has \(verdict.rowCount) that hold now"
    }
    return link == head ? nil : "row \(rowCount) has another link than it had then: what stands before it was changed"
  }
}
