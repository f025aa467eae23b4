@testable import Auditor
import Formats
import Rules

extension FuzzTarget {
  static let policy = FuzzTarget(
    name: "policy",
    promise: "problems lie within; a policy that is read survives writing; nothing that it names is opened"
  ) { bytes in
    do throws(ConfigurationError) {
      let policy = try read(bytes)
      let again = try read(written(policy))
      expect(parts(of: again) == parts(of: policy), "a policy that was written is read as another")
      expect(again.allowed == policy.allowed && again.failOn == policy.failOn, "what is allowed is another")
    } catch {
      let positions = PositionCheck(bytes)
      expect(!error.problems.isEmpty, "refused, and no problem is told")
      for problem in error.problems { positions.check(problem.position, "'\(problem.message)'") }
    }
  }

  private static func read(_ bytes: [UInt8]) throws(ConfigurationError) -> Policy {
    try Policy(bytes, path: "policy.yaml", realPath: "/policy.yaml")
  }

  private static func parts(of policy: Policy) -> [[String]] {
    [policy.rulePacks, policy.waivers, policy.disabled, policy.exclude]
  }

  private static func written(_ policy: Policy) -> [UInt8] {
    var json = JSONWriter(.compact)
    json.beginObject()
    json.member("rules", policy.rulePacks)
    json.member("waivers", policy.waivers)
    json.member("disable", policy.disabled)
    json.member("fail_on", policy.failOn.rawValue)
    json.object("scan") { $0.member("exclude", policy.exclude) }
    json.member("allow", policy.allowed.map(\.rawValue).sorted())
    json.endObject()
    return json.takeBytes()
  }
}
