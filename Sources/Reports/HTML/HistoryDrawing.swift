import Formats
import Rules

/// Runs, or days, as a drawing: phases by verdict as columns, where there are any, open errors as a line below.
struct HistoryDrawing {
  private let runs: [PastRun]
  private let unit: String
  private static let width = 640
  private static let left = 48
  private static let height = 96
  private static let gap = 34

  init(_ runs: ArraySlice<PastRun>, unit: String = "run") {
    self.runs = Array(runs)
    self.unit = unit
  }

  private var hasPhases: Bool { runs.contains { $0.verdicts.values.contains { $0 > 0 } } }
  /// Where the line begins.
  private var lineTop: Int { hasPhases ? 8 + Self.height + Self.gap : 8 }

  func write(to html: inout HTMLWriter) {
    guard let first = runs.first, let last = runs.last else { return }
    let width = Self.width
    let total = lineTop + Self.height + Self.gap + 8
    html.block("div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": "History"]) { html in
      html.block(
        "svg",
        [
          "role": "img", "aria-labelledby": "history-name history-about", "viewBox": "0 0 \(width) \(total)",
          "width": "\(width)", "height": "\(total)",
        ]
      ) { html in
        html.block("title", ["id": "history-name"], text: title)
        html.block("desc", ["id": "history-about"], text: about(first, last))
        if hasPhases { writeColumns(&html) }
        writeErrors(&html)
        html.block("text", ["x": "\(Self.left)", "y": "\(total - 4)"], text: day(first))
        html.block(
          "text", ["x": "\(Self.left + runs.count * step)", "y": "\(total - 4)", "class": "end"], text: day(last))
      }
    }
    html.block("p", ["class": "legend"]) { html in
      guard hasPhases else { return html.text("Open errors.") }
      for verdict in Verdict.allCases {
        html.chip(verdict.rawValue, Tone(verdict))
        html.gap()
      }
      html.text("phases, above; open errors, below.")
    }
  }

  /// Few runs stand in broad columns, many in narrow ones.
  private var step: Int { min(72, (Self.width - Self.left - 8) / max(1, runs.count)) }
  private var column: Int { step * 3 / 4 }

  private func day(_ run: PastRun) -> String { String(run.time.rfc3339.prefix(10)) }

  private var title: String {
    (hasPhases ? "Phases by verdict, and open errors, " : "Open errors, ") + "\(unit) by \(unit)"
  }

  private func about(_ first: PastRun, _ last: PastRun) -> String {
    "\(counted(runs.count, unit)) from \(first.time.rfc3339) to \(last.time.rfc3339); PROVEN went from "
      + "\(first.verdicts[.proven, default: 0]) to \(last.verdicts[.proven, default: 0]), open errors from "
      + "\(first.openFindings[.error, default: 0]) to \(last.openFindings[.error, default: 0])."
  }

  private func writeColumns(_ html: inout HTMLWriter) {
    let most = max(1, runs.map { $0.verdicts.values.reduce(0, +) }.max() ?? 1)
    writeScale(top: 8, most: most, what: "phases", &html)
    for (place, run) in runs.enumerated() {
      var bottom = 8 + Self.height
      for verdict in Verdict.allCases {
        let tall = run.verdicts[verdict, default: 0] * Self.height / most
        guard tall > 0 else { continue }
        bottom -= tall
        html.void(
          "rect",
          [
            "class": "bar \(Tone(verdict).rawValue)", "x": "\(Self.left + place * step)", "y": "\(bottom)",
            "width": "\(column)", "height": "\(tall)",
          ])
      }
    }
  }

  private func writeErrors(_ html: inout HTMLWriter) {
    let top = lineTop
    let errors = runs.map { $0.openFindings[.error, default: 0] }
    let most = max(1, errors.max() ?? 1)
    writeScale(top: top, most: most, what: "errors", &html)
    let points = errors.enumerated().map { place, count in
      "\(Self.left + place * step + column / 2),\(top + Self.height - count * Self.height / most)"
    }
    html.void("polyline", ["class": "errors", "points": points.joined(separator: " ")])
    for point in points {
      let parts = point.split(separator: ",").map(String.init)
      html.void("circle", ["class": "errors", "cx": parts.first, "cy": parts.last, "r": "2"])
    }
  }

  private func writeScale(top: Int, most: Int, what: String, _ html: inout HTMLWriter) {
    html.block("text", ["x": "\(Self.left - 6)", "y": "\(top + 10)", "class": "end"], text: grouped(most))
    html.block("text", ["x": "\(Self.left - 6)", "y": "\(top + Self.height)", "class": "end"], text: "0")
    html.void(
      "line",
      [
        "class": "axis", "x1": "\(Self.left - 2)", "y1": "\(top + Self.height)",
        "x2": "\(Self.left + runs.count * step)", "y2": "\(top + Self.height)",
      ])
    html.block("text", ["x": "\(Self.left)", "y": "\(top + Self.height + 14)", "class": "what"], text: what)
  }
}
