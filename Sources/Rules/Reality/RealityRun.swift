/// A reality evidence bundle of an audited tree, with what it came to.
package struct RealityRun: Sendable {
  /// Its folder, relative to the audited root.
  package let path: String
  /// What it proves.
  package let result: RealityResult

  /// A judged bundle.
  package init(path: String, result: RealityResult) {
    self.path = path
    self.result = result
  }

  /// Where a reason of it stands, relative to the audited root.
  package func place(of reason: RealityReason) -> Location {
    guard let name = reason.path else { return Location(path: path) }
    return Location(path: reason.isAboutCode || path == "." ? name : "\(path)/\(name)", line: reason.line)
  }
}
