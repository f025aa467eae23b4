import Rules

/// Takes findings as a scan comes upon them: file by file, in any order of files and from any thread.
protocol FindingTaker: Sendable {
  /// The findings of one file, in report order; a file may come again with findings of other rules.
  func take(_ findings: [Finding], of path: String)
}

extension FindingTaker {
  /// Takes findings of several files, in report order.
  func take(_ findings: [Finding]) {
    var start = 0
    while start < findings.count {
      let path = findings[start].location.path
      let end = findings[start...].firstIndex { $0.location.path != path } ?? findings.count
      take(Array(findings[start..<end]), of: path)
      start = end
    }
  }
}
