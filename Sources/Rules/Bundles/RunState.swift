import Formats

/// Where a run is in its life (BUNDLE_RULES section 3).
package enum RunState: String, Sendable, CaseIterable {
  /// Still writing: strict readers refuse it, whatever else is there.
  case inProgress = "in_progress"
  /// The work is finished; the index is still the barrier.
  case complete
  /// The run failed; never promotable.
  case failed
}

/// What `run_status.json` says.
struct RunStatus: Sendable {
  /// The state; nil when the file is absent or unusable.
  let state: RunState?
  /// The document when it has a known state.
  let document: Value?
  /// Why strict readers stop at an unusable file.
  let error: BundleError?

  init(_ facts: RunFacts) {
    let path = facts.place.path(.runStatus)
    let read = BundleDocument(facts.status)
    if case .outside = read {
      self.init(error: BundleError(.pathEscape, path: path))
    } else if let complaint = read.complaint {
      self.init(error: BundleError(.runStatusUnreadable, path: path, detail: complaint))
    } else if let object = read.object {
      let state = object["state"]?.string.flatMap { RunState(rawValue: Self.trimmed($0)) }
      self.init(
        state: state, document: state == nil ? nil : object,
        error: state != nil
          ? nil
          : BundleError(.runStatusUnreadable, path: path, detail: "state is none of in_progress, complete, failed")
      )
    } else {
      self.init()
    }
  }

  private init(state: RunState? = nil, document: Value? = nil, error: BundleError? = nil) {
    self.state = state
    self.document = document
    self.error = error
  }

  /// Why a strict reader stops here: the file is unusable, or the run is still being written.
  var terminal: BundleError? { error ?? (state == .inProgress ? BundleError(.inProgress) : nil) }

  private static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars.drop { $0.properties.isWhitespace }
    guard let last = scalars.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
    return String(String.UnicodeScalarView(scalars[...last]))
  }
}
