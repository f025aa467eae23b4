/// Named bounds on databases that are evidence: other people's files.
public enum SQLiteLimits {
  /// The most steps of SQLite's virtual machine on one connection; some seconds of work.
  public static let evidenceSteps = 200_000_000
  /// The most bytes of one value or row.
  public static let valueBytes = 1 << 26
  /// The most bytes of a pattern of `LIKE` or `GLOB`, whose cost can grow with every sign.
  public static let patternBytes: Int32 = 200
}
