import Glibc

/// Where an audit's reports go, and how: each file whole or not at all, an old one untouched until its successor is
/// complete.
package struct ReportSet: Sendable {
  private static let latest = "dod_report.latest.json"
  private static let junit = "junit.xml"
  private static let page = "report.html"
  private static let stampedEnding = "_dod_report.json"

  private let folder: String
  /// The audited tree, where the folder is one of it that nobody named: a link there may lead anywhere.
  private let tree: String?

  /// The reports of a folder that somebody named; it is made when needed.
  package init(folder: String) {
    self.folder = folder
    tree = nil
  }

  /// The reports of an audited tree, in its folder `reports`: never outside of the tree, whatever links stand there.
  package init(inTree root: String) {
    folder = ReportSet.folder(inTree: root)
    tree = root
  }

  /// Where the reports of an audited tree are when nobody says otherwise.
  package static func folder(inTree root: String) -> String { "\(root)/\(ownFolder)" }

  private static let ownFolder = "reports"

  /// Writes the report under its time and as `dod_report.latest.json`, the JUnit XML and the page.
  ///
  /// - Returns: the paths written, in that order.
  package func write(
    report: [UInt8], junit: [UInt8], page: [UInt8], time: ReportTime
  ) throws(FileError) -> [String] {
    let stamped = stampedPath(time)
    let paths = [stamped] + [ReportSet.latest, ReportSet.junit, ReportSet.page].map { "\(folder)/\($0)" }
    for (path, bytes) in zip(paths, [report, report, junit, page]) { try put(bytes, at: path) }
    return paths
  }

  /// Writes the page alone.
  ///
  /// - Returns: its path.
  package func write(page: [UInt8]) throws(FileError) -> String {
    let path = "\(folder)/\(ReportSet.page)"
    try put(page, at: path)
    return path
  }

  private func put(_ bytes: [UInt8], at path: String) throws(FileError) {
    guard let tree else { return try AtomicFile.write(bytes, to: path) }
    do throws(FileError) {
      let root = try RootedFolder(tree)
      let place = try root.locate(ReportSet.ownFolder)
      guard place.text.utf8.elementsEqual(place.path) else { throw FileError(.write, path: path, code: EILSEQ) }
      try root.write(bytes, to: "\(place.text)/\(path.dropFirst(folder.count + 1))")
    } catch {
      throw FileError(error.reason == .outsideRoot ? .write : error.operation, path: path, reason: error.reason)
    }
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
