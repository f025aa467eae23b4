package import Rules

/// Whether a proof is believable, for a person at a terminal: what it is taken for, then each tell with what to look at.
package struct ForensicsText {
  private let forensics: ProofForensics

  /// A rendering of one phase's forensics.
  package init(_ forensics: ProofForensics) { self.forensics = forensics }

  /// A line for the proof and one for each tell, indented, each with its line end.
  package var text: String {
    "  proof: \(forensics.mode.rawValue)\n"
      + forensics.tells.map { tell in
        "    \(tell.code.name) (\(tell.strength.rawValue)): \(printable(tell.explanation))\(place(tell))\n"
      }
      .joined()
  }

  private static let mostPlaces = 6

  private func place(_ tell: Tell) -> String {
    var places: [String] = []
    if !tell.events.isEmpty {
      let shown = tell.events.prefix(Self.mostPlaces).map(String.init).joined(separator: ", ")
      places.append("feed lines \(shown)" + (tell.events.count > Self.mostPlaces ? ", …" : ""))
    }
    places += tell.paths.prefix(Self.mostPlaces).map(printable)
    return places.isEmpty ? "" : " [\(places.joined(separator: "; "))]"
  }
}
