import Formats
import Rules

/// A policy that decided over a tree's configuration, as reports tell it.
struct PolicyText {
  private let policy: AppliedPolicy

  init(_ policy: AppliedPolicy) {
    self.policy = policy
  }

  /// The member `policy` of an open object.
  func write(to json: inout JSONWriter) {
    json.object("policy") { json in
      json.member("path", policy.path)
      json.member("sha256", policy.sha256)
      json.list("overridden", policy.overridden) { override, json in
        json.beginObject()
        json.member("key", override.key)
        json.member("what", override.what)
        json.member("path", override.location.path)
        json.member("line", override.location.line)
        json.endObject()
      }
    }
  }

  /// For a person: a heading, and a line for everything that does not count.
  func text(_ style: TerminalStyle) -> String {
    let count = policy.overridden.count
    let words =
      count == 0
      ? "the tree says nothing against it" : "\(count) of the tree's own do\(count == 1 ? "es" : "") not count"
    var text = style.strong("Policy") + "\n  \(printable(policy.path)): \(words)\n"
    for override in policy.overridden {
      let place = printable(override.location.description)
      text += "  \(style.doubtful(place))  \(override.key): \(printable(override.what))\n"
    }
    return text
  }
}
