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

  /// Writes the report under its time and as `dod_report.latest.json`, the JUnit XML and the page. None of them changes
  /// before all are on the disk, and of two runs at once one puts all of its files in place before the other.
  ///
  /// - Returns: the paths written, in that order.
  package func write(
    report: [UInt8], junit: [UInt8], page: [UInt8], time: ReportTime
  ) throws(FileError) -> [String] {
    let folder = try realFolder()
    let lock = try FolderLock.ifPossible(folder)
    PlacedFile.removeLeftovers(in: folder) { ReportSet.isReport($0) }
    let stamped = stampedPath(time)
    let paths = [stamped] + [ReportSet.latest, ReportSet.junit, ReportSet.page].map { "\(self.folder)/\($0)" }
    var files: [ReportFile] = []
    for (path, bytes) in zip(paths, [report, report, junit, page]) { files.append(try stage(bytes, at: path)) }
    for file in files { try file.commit() }
    _ = consume lock
    return paths
  }

  /// Writes the page alone.
  ///
  /// - Returns: its path.
  package func write(page: [UInt8]) throws(FileError) -> String {
    let path = "\(folder)/\(ReportSet.page)"
    try Interruption.delayed { () throws(FileError) in try stage(page, at: path).commit() }
    return path
  }

  /// The folder itself, as the process sees it. That of a tree lies in the tree.
  private func realFolder() throws(FileError) -> String {
    guard let tree else { return folder }
    let place = try inTree(folder) { root throws(FileError) in try ReportSet.place(in: root, folder) }
    return "\(tree)/\(place)"
  }

  private static func place(in root: RootedFolder, _ path: String) throws(FileError) -> String {
    let place = try root.locate(ReportSet.ownFolder)
    guard place.text.utf8.elementsEqual(place.path) else { throw FileError(.write, path: path, code: EILSEQ) }
    return place.text
  }

  private func stage(_ bytes: [UInt8], at path: String) throws(FileError) -> ReportFile {
    guard tree != nil else { return ReportFile(try AtomicFile.staged(bytes, for: path)) }
    return try inTree(path) { root throws(FileError) in
      ReportFile(
        try root.stage(bytes, for: "\(try ReportSet.place(in: root, path))/\(path.dropFirst(folder.count + 1))"))
    }
  }

  /// Does something below the tree's root; errors are told by the path as it is known.
  private func inTree<Result>(
    _ path: String, _ body: (RootedFolder) throws(FileError) -> Result
  ) throws(FileError) -> Result {
    do throws(FileError) {
      return try body(try RootedFolder(tree ?? "."))
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
    return !name.contains("/") && (isReport(name) || isReport(PlacedFile.destination(of: name)))
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

/// A report that is written and waits to be put in its place.
private final class ReportFile {
  private let named: PlacedFile?
  private var inTree: StagedFile?

  init(_ file: PlacedFile) {
    named = file
    inTree = nil
  }

  init(_ file: consuming StagedFile) {
    named = nil
    inTree = consume file
  }

  func commit() throws(FileError) {
    try named?.commit()
    if let file = inTree.take() { try file.commit() }
  }
}
