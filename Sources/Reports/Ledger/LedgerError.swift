package import Formats

/// A ledger could not be used: which one, why, and what to do.
package enum LedgerError: Error, Sendable {
  /// There is no file that can be opened, and what SQLite says of it.
  case absent(String, String)
  /// The file is no ledger.
  case notALedger(String)
  /// A newer auditor made it.
  case newer(String, version: Int64)
  /// It is not as it was written; nothing is added to it.
  case broken(String, LedgerBreak)
  /// SQLite refused.
  case database(String, SQLiteError)
  /// What is to be recorded is not what this reads.
  case report(String)
  /// A line of findings is not what this reads.
  case line(Int, String)
}

extension LedgerError: CustomStringConvertible {
  /// The file, what is wrong, and what to do.
  package var description: String {
    switch self {
    case .absent(let path, let reason):
      "\(path): there is no ledger that can be opened (\(reason)); 'auditor audit --ledger \(path)' makes one"
    case .notALedger(let path): "\(path): it is no ledger of auditor; name another file with --ledger"
    case .newer(let path, let version):
      "\(path): it has version \(version), this auditor knows \(LedgerSchema.version); use a newer auditor"
    case .broken(let path, let found): "\(path): \(found); nothing was recorded: 'auditor ledger verify' says more"
    case .database(let path, let error):
      error.kind == .busy
        ? "\(path): another process is writing to it for longer than anybody would wait; try again"
        : "\(path): \(error)"
    case .report(let problem): problem
    case .line(let number, let problem): "line \(number): \(problem)"
    }
  }
}

/// Where a ledger is not as it was written.
package struct LedgerBreak: Sendable, Hashable, CustomStringConvertible {
  /// The number of the first row that does not hold; nil where it is not about a row.
  package let row: Int64?
  /// The table of the row, where it is known.
  package let table: String?
  /// What is wrong.
  package let problem: String

  init(row: Int64? = nil, table: String? = nil, _ problem: String) {
    self.row = row
    self.table = table
    self.problem = problem
  }

  /// `row N (TABLE): PROBLEM`.
  package var description: String {
    guard let row else { return problem }
    return "row \(row)\(table.map { " (\($0))" } ?? ""): \(problem)"
  }
}
