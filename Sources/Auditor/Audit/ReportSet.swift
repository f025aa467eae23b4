import Glibc

/// Where an audit's reports go, and how: each file whole or not at all, an old one untouched until its successor is
/// complete.
package struct ReportSet: Sendable {
  private static let latest = "dod_report.latest.json"
  private static let junit = "junit.xml"
  private static let page = "report.html"
  private static let stampedEnding = "_dod_report.json"

  private let folder: String

  /// The reports of a folder; it is made when needed.
  package init(folder: String) {
    self.folder = folder
  }

  /// Writes the report under its time and as `dod_report.latest.json`, the JUnit XML and the page.
  ///
  /// - Returns: the paths written, in that order.
  package func write(
    report: [UInt8], junit: [UInt8], page: [UInt8], time: ReportTime
  ) throws(FileError) -> [String] {
    let stamped = stampedPath(time)
    let paths = [stamped] + [ReportSet.latest, ReportSet.junit, ReportSet.page].map { "\(folder)/\($0)" }
    try AtomicFile.write(report, to: paths[0])
    try AtomicFile.write(report, to: paths[1])
    try AtomicFile.write(junit, to: paths[2])
    try AtomicFile.write(page, to: paths[3])
    return paths
  }

  /// Writes the page alone.
  ///
  /// - Returns: its path.
  package func write(page: [UInt8]) throws(FileError) -> String {
    let path = "\(folder)/\(ReportSet.page)"
    try AtomicFile.write(page, to: path)
    return path
  }

  /// Whether a path is one that runs write into a folder of reports: such a file says nothing about the audited tree, and
  /// reading it would make each report differ from the last.
  package static func writes(_ path: String, into folder: String) -> Bool {
    let prefix = folder.isEmpty ? "" : folder + "/"
    guard path.hasPrefix(prefix) else { return false }
    let name = path.dropFirst(prefix.count)
    return !name.contains("/") && (isReport(name) || isReport(AtomicFile.destination(ofTemporary: name)))
  }

  private static func isReport(_ name: Substring?) -> Bool {
    guard let name else { return false }
    return name == latest || name == junit || name == page || name.hasSuffix(stampedEnding)
  }

  /// Two runs within one moment get two names; a fixed clock writes the same file again.
  private func stampedPath(_ time: ReportTime) -> String {
    var moment = time
    while !time.isFixed, unsafe access(path(moment), F_OK) == 0 { moment.microseconds += 1 }
    return path(moment)
  }

  private func path(_ time: ReportTime) -> String { "\(folder)/\(time.compact)\(ReportSet.stampedEnding)" }
}
