import EndToEnd
import Formats

/// Reads what stands in the folder of reports after a run: nothing but whole reports.
struct ReportReading {
  private let workspace: Workspace
  private let folder: String

  init(_ workspace: Workspace, _ run: HostileRun) {
    self.workspace = workspace
    folder = "../\(run.reports)"
  }

  func broken() -> [BrokenPromise] {
    workspace.names(in: folder).compactMap { name in
      let path = "\(folder)/\(name)"
      do {
        try read(name, at: path)
        return nil
      } catch {
        return .brokenReport(path, "\(error)")
      }
    }
  }

  private struct Unreadable: Error, CustomStringConvertible {
    let description: String
  }

  private func read(_ name: String, at path: String) throws {
    if name.hasSuffix(".tmp") { throw Unreadable(description: "left over") }
    if name.hasSuffix("dod_report.json") || name == "dod_report.latest.json" { _ = try workspace.json(of: path) }
    if name == "junit.xml" {
      let summary = try JUnitSummary(workspace.bytes(of: path))
      if !summary.isConsistent { throw Unreadable(description: "its totals are not its own") }
      // Where it is installed, a reader that is not ours looks too.
      let outcome = try workspace.start([
        "sh", "-c", "! command -v xmllint || xmllint --huge --nonet --noout \"$0\"", path,
      ])
      if outcome.status != 0 { throw Unreadable(description: outcome.complaints) }
    }
    if name == "report.html" {
      let text = String(validating: try workspace.bytes(of: path), as: UTF8.self)
      let isClean = text?.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" || $0 == "\t" }
      if isClean != true { throw Unreadable(description: "it is no UTF-8 or holds control characters") }
    }
  }
}
