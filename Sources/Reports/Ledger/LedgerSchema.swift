/// The tables of a ledger whose rows are links of its chain. Rows are only ever added.
enum LedgerTable: String, CaseIterable {
  /// A finding that appeared, changed or is gone.
  case finding
  /// The verdict on a phase in a run.
  case phase
  /// The status of a gate in a run.
  case gate
  /// A run; it stands behind the rows of its findings, phases and gates.
  case run
  /// An operator's decision about a phase.
  case signoff

  /// The columns between `seq`, which comes first, and `hash`, which comes last.
  var columns: [String] {
    switch self {
    case .finding:
      ["run", "change", "fingerprint", "rule", "level", "path", "line", "message", "accepted", "until", "owner"]
    case .phase: ["run", "phase", "verdict", "missing"]
    case .gate: ["run", "gate", "status"]
    case .run:
      [
        "number", "id", "target", "tool", "version", "rules_sha256", "time", "recorded", "as_of", "commit_name",
        "scope",
        "is_complete", "exit_status", "report_sha256", "first_seq", "files_scanned", "unevaluated", "errors",
        "warnings",
        "notes", "accepted", "appeared", "fixed",
      ]
    case .signoff:
      [
        "id", "target", "phase", "verdict", "decision", "actor", "reason", "event_time", "process_time", "commit_name",
        "requires", "report_sha256", "statement_sha256",
      ]
    }
  }

  /// Reads every row of the chain in order.
  var reading: String {
    "SELECT \((["seq"] + columns + ["hash"]).joined(separator: ", ")) FROM \(rawValue) ORDER BY seq"
  }

  /// Adds a row.
  var adding: String {
    let names = ["seq"] + columns + ["hash"]
    let places = Array(repeating: "?", count: names.count).joined(separator: ", ")
    return "INSERT INTO \(rawValue)(\(names.joined(separator: ", "))) VALUES(\(places))"
  }
}

/// What a ledger file looks like, version by version.
enum LedgerSchema {
  /// `AULG`: how `file` and SQLite tell a ledger from other databases.
  static let applicationID = 0x4155_4C47

  /// What each version adds to the one before it; `user_version` says how many have been applied.
  ///
  /// SQLite keeps these texts as they are, so that a schema that somebody changed is seen.
  static let migrations: [[String]] = [[ledger, finding, phase, gate, run, signoff, byFingerprint, byTarget, history]]

  /// The version that this build writes.
  static var version: Int { migrations.count }

  /// The index of findings, which a run with many new ones makes anew.
  static let fingerprintIndex = "finding_by_fingerprint"
  static let byFingerprint = "CREATE INDEX finding_by_fingerprint ON finding(fingerprint)"

  private static let ledger = """
    CREATE TABLE ledger(
      only_row INTEGER PRIMARY KEY CHECK(only_row = 1), id TEXT NOT NULL, row_count INTEGER NOT NULL, head BLOB NOT NULL
    ) STRICT
    """

  private static let finding = """
    CREATE TABLE finding(
      seq INTEGER PRIMARY KEY, run INTEGER NOT NULL, change TEXT NOT NULL, fingerprint BLOB NOT NULL,
      rule TEXT NOT NULL, level TEXT NOT NULL, path TEXT NOT NULL, line INTEGER, message TEXT,
      accepted TEXT, until TEXT, owner TEXT, hash BLOB NOT NULL
    ) STRICT
    """

  private static let phase = """
    CREATE TABLE phase(
      seq INTEGER PRIMARY KEY, run INTEGER NOT NULL, phase TEXT NOT NULL, verdict TEXT NOT NULL,
      missing INTEGER NOT NULL, hash BLOB NOT NULL
    ) STRICT
    """

  private static let gate = """
    CREATE TABLE gate(
      seq INTEGER PRIMARY KEY, run INTEGER NOT NULL, gate TEXT NOT NULL, status TEXT NOT NULL, hash BLOB NOT NULL
    ) STRICT
    """

  private static let run = """
    CREATE TABLE run(
      seq INTEGER PRIMARY KEY, number INTEGER NOT NULL, id TEXT NOT NULL, target TEXT NOT NULL,
      tool TEXT NOT NULL, version TEXT NOT NULL, rules_sha256 TEXT NOT NULL, time INTEGER NOT NULL,
      recorded INTEGER NOT NULL, as_of TEXT, commit_name TEXT, scope TEXT NOT NULL, is_complete INTEGER NOT NULL,
      exit_status INTEGER NOT NULL, report_sha256 TEXT, first_seq INTEGER NOT NULL, files_scanned INTEGER NOT NULL,
      unevaluated INTEGER NOT NULL, errors INTEGER NOT NULL, warnings INTEGER NOT NULL, notes INTEGER NOT NULL,
      accepted INTEGER NOT NULL, appeared INTEGER NOT NULL, fixed INTEGER NOT NULL, hash BLOB NOT NULL
    ) STRICT
    """

  private static let signoff = """
    CREATE TABLE signoff(
      seq INTEGER PRIMARY KEY, id TEXT NOT NULL, target TEXT NOT NULL, phase TEXT NOT NULL, verdict TEXT NOT NULL,
      decision TEXT NOT NULL, actor TEXT NOT NULL, reason TEXT, event_time INTEGER NOT NULL,
      process_time INTEGER NOT NULL, commit_name TEXT, requires TEXT NOT NULL, report_sha256 TEXT NOT NULL,
      statement_sha256 TEXT, hash BLOB NOT NULL
    ) STRICT
    """

  private static let byTarget = "CREATE INDEX run_by_target ON run(target, number)"

  /// First seen, last seen and fixed, for whoever asks the file with SQL. A finding that is open was seen by the last
  /// complete run of its target; one that is fixed, by the last complete run before the one that missed it.
  private static let history = """
    CREATE VIEW finding_history AS
    WITH event AS (
      SELECT r.target, r.number, r.time, f.seq, f.change, f.fingerprint, f.rule, f.level, f.path, f.accepted, f.until
      FROM finding f JOIN run r ON r.number = f.run),
    latest AS (
      SELECT target, fingerprint, min(time) AS first_seen, max(seq) AS seq FROM event GROUP BY target, fingerprint)
    SELECT e.target, lower(hex(e.fingerprint)) AS fingerprint, e.rule, e.level, e.path, e.accepted, e.until, l.first_seen,
      max(coalesce((SELECT max(p.time) FROM run p WHERE p.target = e.target AND p.is_complete = 1
        AND (e.change <> 'fixed' OR p.number < e.number)), l.first_seen), l.first_seen) AS last_seen,
      CASE e.change WHEN 'fixed' THEN e.time END AS fixed
    FROM latest l JOIN event e ON e.seq = l.seq
    """
}
