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
