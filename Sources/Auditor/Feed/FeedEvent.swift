package import Formats
import Rules

/// An event that auditor itself adds to an activity feed, as one JSON object (DoD rules, sections 3 and 7): it carries
/// everything that a taxonomy may ask for.
package struct FeedEvent: Sendable {
  /// Who vouches for an event.
  package enum Emitter: Sendable, Hashable {
    /// What runs reports about itself.
    case runtime
    /// A tool that stood beside it.
    case wrapper

    var emitMode: String { self == .runtime ? "runtime_auto" : "tool_wrapped" }

    var verifierMode: String { self == .runtime ? "operational_proof" : "tool_wrapped" }
  }

  /// What is the same in all events of a run.
  package struct Run: Sendable {
    /// The phase that the run is about.
    package let phaseID: String
    /// The run.
    package let runID: String
    /// What emits the events, as `tool` names it.
    package let tool: String
    /// Who vouches for them.
    package let emitter: Emitter

    /// A run.
    package init(phaseID: String, runID: String, tool: String, emitter: Emitter) {
      self.phaseID = phaseID
      self.runID = runID
      self.tool = tool
      self.emitter = emitter
    }
  }

  /// One line of JSON, without its line end; secrets are masked.
  package let bytes: [UInt8]

  /// An event.
  ///
  /// - Parameters:
  ///   - milliseconds: when it took place, since 1970.
  ///   - members: writes what else there is to say.
  package init(
    _ action: String, of run: Run, milliseconds: Int64, _ members: (inout JSONWriter) -> Void = { _ in }
  ) {
    var json = JSONWriter()
    json.beginObject()
    json.member("ts_utc", Timestamp(milliseconds: milliseconds).rfc3339Milliseconds)
    json.key("ts_epoch_ms")
    json.integer(milliseconds)
    json.member("phase_id", run.phaseID)
    json.member("action", action)
    json.member("emit_mode", run.emitter.emitMode)
    json.member("verifier_mode", run.emitter.verifierMode)
    json.member("tool", run.tool)
    json.member("run_id", run.runID)
    members(&json)
    json.endObject()
    bytes = SecretMask.masked(json.takeBytes())
  }
}
