/// Something that could not be judged: never a pass, always told, exit status 4.
package struct Unevaluated: Sendable, Hashable {
  /// The part of the run that needed it.
  package enum Area: String, Sendable, Hashable, CaseIterable {
    /// Rule packs over files.
    case scan
    /// Definitions of done, feed and registry.
    case dod
    /// Gate maps and their gates.
    case gates
    /// Contract schemas.
    case contracts
    /// Runtime evidence bundles.
    case bundles
    /// Reality evidence bundles and the code that made them.
    case reality
    /// Evidence of scenario runs.
    case evidence
    /// The run's own configuration.
    case configuration
  }

  /// The part of the run that needed it.
  package let area: Area
  /// What could not be read: a path relative to the root where there is one, and a line where it is known.
  package let location: Location
  /// What failed, what was expected, what to do.
  package let message: String

  /// A thing that could not be judged.
  package init(area: Area, location: Location, message: String) {
    self.area = area
    self.location = location
    self.message = message
  }
}

extension Unevaluated {
  /// The total order of every report: area, path, line, message.
  package static func precedes(_ left: Unevaluated, _ right: Unevaluated) -> Bool {
    if left.area != right.area { return left.area.rawValue < right.area.rawValue }
    if left.location.path != right.location.path {
      return left.location.path.utf8.lexicographicallyPrecedes(right.location.path.utf8)
    }
    if left.location.line != right.location.line { return (left.location.line ?? 0) < (right.location.line ?? 0) }
    return left.message < right.message
  }
}
