package import Formats
package import Rules

extension BundleError {
  /// `code`, `path`, and `detail` where there is more to say.
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("code", code.rawValue)
    json.member("path", path)
    if let detail { json.member("detail", detail) }
    json.endObject()
  }
}

extension JSONWriter {
  /// The member `errors`.
  mutating func errors(_ errors: [BundleError]) {
    list("errors", errors) { error, json in error.write(to: &json) }
  }
}

extension BundleValidation {
  /// The answer as one object.
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("command", "bundle.validate")
    json.member("ok", isValid)
    json.member("bundle_dir", place?.shown)
    json.member("run_id", runID)
    json.member("committed", isCommitted)
    json.member("state", state?.rawValue)
    json.member("index_status", indexStatus)
    json.errors(errors)
    json.endObject()
  }
}

extension BundleOpening {
  /// The answer as one object.
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("command", "bundle.open")
    json.member("integrity", "unverified")
    json.member("promotable_decision_stage", false)
    switch self {
    case .refused(let error):
      json.member("bundle_dir", String?.none)
      json.errors([error])
    case .view(let view):
      json.member("bundle_dir", view.place.shown)
      json.member("artifact_index_present", view.hasIndex)
      json.member("run_status_present", view.hasStatus)
      json.member("state", view.state?.rawValue)
      json.member("missing", view.missing)
      json.member("digest_mismatches", view.digestMismatches)
      json.member("size_mismatches", view.sizeMismatches)
      json.member("undigested", view.undigested)
      json.member("refused_paths", view.refusedPaths)
      json.member("declared_missing", view.declaredMissing)
      json.member("problems", view.problems.map(\.rawValue))
      json.list("errors", [BundleError]()) { error, json in error.write(to: &json) }
    }
    json.endObject()
  }
}

extension ReindexAnswer {
  /// The answer as one object.
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("command", "bundle.reindex")
    json.member("mode", mode.rawValue)
    json.member("status", status)
    json.member("bundle_dir", place?.shown)
    json.errors(errors)
    json.endObject()
  }
}

extension PromotionAnswer {
  /// The answer as one object; `packet` only when one was written.
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("command", "bundle.promote")
    json.member("status", out == nil ? "refused" : "emitted")
    json.member("out", out)
    json.key("promotability")
    if let promotability { promotability.write(to: &json) } else { json.null() }
    if let packet {
      json.key("packet")
      packet.write(to: &json)
    }
    json.errors(errors)
    json.endObject()
  }
}
