/// Named bounds on any one input, so that a hostile file ends in a located error and not in a dead machine.
public enum SourceLimits {
  /// The most bytes of one document that is read into memory whole (offsets are kept in 32 bits).
  public static let bytes = 1 << 30
  /// The most levels of nesting in JSON, YAML and Markdown.
  public static let depth = 1_000
  /// The most nodes that the aliases of one YAML stream may stand for.
  public static let expandedNodes = 10_000_000
}
