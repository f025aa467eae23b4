import Auditor
import Formats
import Reports
import Rules

extension Command {
  /// Each value and where it comes from.
  static let configExplain = Command(
    ["config", "explain"], summary: "Show every value that an audit would go by, and where it comes from",
    description: """
      Prints each value of the configuration of PATH (default: the working directory) with its origin: a line of \
      auditor.yaml, an option, a variable of the environment, a policy, what was found by looking, or nobody (default). \
      Give it the options that you would give to 'auditor audit'. With --policy, what the tree says and does not count \
      follows.
      """,
    operands: .optional("PATH"),
    flags: [.policy, .rules, .waivers, .baseline, .failOn, .format(["text", "json"]), .json],
    examples: [
      Example("auditor config explain", "the working directory"),
      Example("auditor config explain --policy /etc/auditor/policy.yaml service", "what a policy makes of it"),
      Example("auditor config explain --json | jq '.values[] | select(.origin != \"default\")'", "what somebody chose"),
    ]
  ) { arguments, console in
    var options = ConfigurationExplanation.Options()
    options.rulePacks = arguments.list(.rules)
    options.waivers = arguments.list(.waivers)
    options.baseline = arguments.value(.baseline)
    options.failOn = arguments.value(.failOn).flatMap(FailureThreshold.init(rawValue:))
    options.policy = try arguments.policy(besides: [.rules, .waivers, .baseline, .failOn])
    let explanation = try ConfigurationExplanation(
      root: arguments.operands.first ?? ".", options: options, environment: processEnvironment())
    let values = explanation.values.map { ($0.key, $0.value, $0.origin.words) }
    let report = ExplanationReport(values, explanation.overridden)
    if arguments.wantsJSON {
      console.write(report.json())
    } else {
      console.tell(report.text(TerminalStyle(hasColor: console.hasColor)))
    }
    return .clean
  }
}

extension ExplainedValue.Origin {
  /// The origin as people read it: `auditor.yaml:3`, `--fail-on`, `$HOME`.
  fileprivate var words: String {
    switch self {
    case .standard: "default"
    case .discovered: "found by looking"
    case .file(let path, let line): line.map { "\(path):\($0)" } ?? path
    case .policy(let path): "policy \(path)"
    case .flag(let name): name
    case .environment(let name): "$\(name)"
    }
  }
}
