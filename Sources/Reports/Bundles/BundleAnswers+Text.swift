import Formats
package import Rules

extension BundleError {
  /// One line: the code, the path, what it means, and the particulars.
  var line: String {
    let place = path.map { printable($0) + ": " } ?? ""
    let more = detail.map { " (\(printable($0)))" } ?? ""
    return "  \(padded(code.rawValue, 24))  \(place)\(code.meaning)\(more)\n"
  }
}

extension [BundleError] {
  fileprivate var lines: String { map(\.line).joined() }
}

extension BundleValidation {
  /// The verdict on one line, then what stands against it.
  package var text: String {
    guard let place else { return "INVALID  no bundle\n" + errors.lines }
    let facts = [
      runID.map { "run \(printable($0))" }, state?.rawValue, isCommitted ? "committed" : "not committed",
      indexStatus.map { "index \(printable($0.text))" },
    ].compactMap { $0 }.joined(separator: ", ")
    return "\(isValid ? "VALID" : "INVALID")  \(printable(place.shown))  \(facts)\n" + errors.lines
  }
}

extension BundleOpening {
  /// What is there and what is not; never a verdict.
  package var text: String {
    switch self {
    case .refused(let error): return "cannot be opened\n" + [error].lines
    case .view(let view):
      var text = "UNVERIFIED  \(printable(view.place.shown))  \(view.state?.rawValue ?? "state unknown"), "
      text += view.hasIndex ? "index present\n" : "no index: never committed\n"
      let lists = [
        ("missing", view.missing), ("digest mismatch", view.digestMismatches), ("size mismatch", view.sizeMismatches),
        ("no digest", view.undigested), ("refused path", view.refusedPaths),
        ("declared missing", view.declaredMissing), ("problem", view.problems.map(\.rawValue)),
      ]
      for (what, paths) in lists {
        for path in paths { text += "  \(padded(what, 16))  \(printable(path))\n" }
      }
      return text + "nothing here may be trusted; 'auditor bundle validate' gives a verdict\n"
    }
  }
}

extension ReindexAnswer {
  /// What was done, or why not.
  package var text: String {
    let directory = place.map { printable($0.shown) } ?? "no bundle"
    switch status {
    case "ok": return "OK  \(directory)  the index describes the bytes\n"
    case "repaired":
      return "REPAIRED  \(directory)  the index describes the bytes; repair_log.json says what was wrong before\n"
    default: return "REFUSED  \(directory)  nothing was written\n" + errors.lines
    }
  }
}

extension PromotionAnswer {
  /// Where the packet went, and whether its evidence may be used.
  package var text: String {
    var text = ""
    if let out {
      text = "EMITTED  \(printable(out))\n"
    } else {
      text = "REFUSED  no packet was written\n" + errors.lines
    }
    guard let promotability else { return text }
    text += promotability.isPromotable ? "promotable: decision-stage evidence may be used\n" : "not promotable:\n"
    for reason in promotability.reasons { text += "  \(padded(reason.rawValue, 33))  \(reason.meaning)\n" }
    return text
  }
}
