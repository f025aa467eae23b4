package import Formats

extension LedgerVerdict {
  /// Whether every link holds.
  package var isIntact: Bool { firstBreak == nil }

  /// The verdict for a person.
  package var text: String {
    var text = ""
    if let firstBreak {
      text += "BROKEN  \(printable("\(firstBreak)"))\n"
      if rowCount > 0 { text += "\(rowCount) rows before it hold; the last of them has the link \(head)\n" }
      return text
    }
    text += "INTACT  ledger \(id): \(rowCount) rows, \(runCount) runs, \(signOffCount) sign-offs\n"
    text += "head    \(head)\n"
    return text
  }

  /// The verdict as the members of an open object.
  package func write(to json: inout JSONWriter) {
    json.member("ledger", id)
    json.member("status", isIntact ? "INTACT" : "BROKEN")
    json.member("rows", Int(rowCount))
    json.member("runs", Int(runCount))
    json.member("signoffs", Int(signOffCount))
    json.member("head", head.hex)
    json.key("first_break")
    if let firstBreak {
      json.beginObject()
      json.member("row", firstBreak.row.map { Int($0) })
      json.member("table", firstBreak.table)
      json.member("problem", firstBreak.problem)
      json.endObject()
    } else {
      json.null()
    }
  }
}
