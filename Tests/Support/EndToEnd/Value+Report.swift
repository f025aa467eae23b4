import Formats

extension Value {
  /// A value deep in a report: `report.at("summary", "junit", "tests")`.
  package func at(_ path: String...) -> Value? {
    path.reduce(Optional(self)) { $0?[$1] }
  }

  /// The texts of one member over a list of objects: the rule ids of findings, the paths of gaps.
  package func texts(of key: String) -> [String] { elements.map { $0[key]?.text ?? "" } }

  /// Gaps as `AREA PATH:LINE MESSAGE`, one text each.
  package var gaps: [String] {
    self["unevaluated"]?.elements.map { gap in
      let line = gap["line"]?.integer.map { ":\($0)" } ?? ""
      return "\(gap["area"]?.text ?? "") \(gap["path"]?.text ?? "")\(line) \(gap["message"]?.text ?? "")"
    } ?? []
  }
}
