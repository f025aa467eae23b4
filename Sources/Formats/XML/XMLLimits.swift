/// Named bounds on XML documents, where libxml2 takes time that grows faster than its input.
public enum XMLLimits {
  /// The most attributes of one element, namespace declarations included: libxml2 compares each with all others.
  public static let attributes = 1_000
  /// The most namespace declarations that are in scope at once: libxml2 looks through all of them for each prefix.
  public static let namespaces = 1_000
}
