import Formats
package import Rules

/// One value that decides how a tree is judged, and who says so.
package struct ExplainedValue: Sendable, Hashable {
  /// Who says it.
  package enum Origin: Sendable, Hashable {
    /// Nobody: it is always so.
    case standard
    /// Nobody wrote it down; the tree was looked through.
    case discovered
    /// The tree's own configuration.
    case file(path: String, line: Int?)
    /// A policy from outside.
    case policy(path: String)
    /// The command line.
    case flag(String)
    /// A variable of the environment.
    case environment(String)
  }

  /// The key, as `auditor.yaml` spells it; an element of a list has that of the list.
  package let key: String
  /// The value; in words and in parentheses where there is none.
  package let value: String
  /// Who says it.
  package let origin: Origin
}

/// Explains a tree's configuration: each value that an audit with the same options would go by.
package struct ConfigurationExplanation {
  /// Options that win over the configuration.
  package struct Options: Sendable {
    /// `--rules`.
    package var rulePacks: [String] = []
    /// `--waivers`.
    package var waivers: [String] = []
    /// `--baseline`.
    package var baseline: String?
    /// `--fail-on`.
    package var failOn: FailureThreshold?
    /// `--policy`.
    package var policy: Policy?

    /// No options.
    package init() {}
  }

  /// In the order of `auditor.yaml`.
  package private(set) var values: [ExplainedValue] = []
  /// What the tree says and does not count, because of a policy.
  package let overridden: [AppliedPolicy.Override]
  private let configuration: Configuration
  private let own: Configuration
  private let options: Options
  private let environment: [String: String]

  /// Explains the configuration of a root.
  ///
  /// - Throws: `FileError`, `ConfigurationError`, `Policy.InTree`.
  package init(root: String, options: Options, environment: [String: String]) throws {
    self.options = options
    self.environment = environment
    let inputs = try RootedInputs(root: root)
    let listing = try TreeWalk().list(root)
    let found = Discovery.look(through: listing.files)
    let own = try Configuration.read(inputs)?.0 ?? found
    self.own = own
    try options.policy?.check(isOutsideOf: root)
    let bundles = BundleSurvey.directories(among: listing.files.map(\.rawPath)).map {
      String(decoding: $0, as: UTF8.self)
    }
    let ruling = options.policy.map { PolicyRuling($0, over: own, found: found, bundles: bundles) }
    configuration = ruling?.configuration ?? own
    overridden = ruling?.applied.overridden ?? []
    explainJudgement()
    explainSections()
    explainEnvironment()
  }

  private mutating func explainJudgement() {
    if let failOn = options.failOn {
      add("fail_on", failOn.rawValue, .flag("--fail-on"))
    } else if let failOn = configuration.failOn {
      let isOwn = own.failOn == failOn && own.isExplicit
      add("fail_on", failOn.rawValue, isOwn ? written("fail_on") : origin("fail_on"))
    } else {
      add("fail_on", FailureThreshold.error.rawValue, .standard)
    }
    list(
      "rules", options.rulePacks.isEmpty ? configuration.rulePacks : options.rulePacks,
      flag: options.rulePacks.isEmpty ? nil : "--rules", policy: options.policy?.rulePacks ?? [], none: "(built in)")
    list("disable", configuration.disabled, policy: options.policy?.disabled ?? [], none: "(none)")
    list("scan.include", configuration.include, none: "(everything)")
    list("scan.exclude", configuration.exclude, policy: options.policy?.exclude ?? [], none: "(nothing)")
    list(
      "waivers", options.waivers.isEmpty ? configuration.waivers : options.waivers,
      flag: options.waivers.isEmpty ? nil : "--waivers", policy: options.policy?.waivers ?? [], none: "(none)")
    if let baseline = options.baseline {
      add("baseline", baseline, .flag("--baseline"))
    } else if let baseline = configuration.baseline {
      add("baseline", baseline, written("baseline"))
    } else {
      add("baseline", "(none)", .standard)
    }
  }

  private mutating func explainSections() {
    if let section = configuration.dod {
      let places: [(key: String, value: String?, standard: String, variable: String)] = [
        ("docs", section.docs, "docs/dod", "DOD_DOCS_DIR"),
        ("feed", section.feed, DoDSettings.standardFeed, "LUKA_ACTIVITY_FEED_JSONL"),
        ("registry", section.registry, "core/governance/phase_status.yaml", "DOD_PHASE_STATUS_PATH"),
        ("reports", section.reports, "observability/reports/dod_checker", "DOD_REPORTS_DIR"),
        ("abi", section.abi, "core/governance/tier3_abi.yaml", "DOD_TIER3_ABI_PATH"),
      ]
      for (key, value, standard, variable) in places {
        if let named = SetVariable.value(variable, environment) {
          add("dod.\(key)", named, .environment(variable))
        } else {
          add("dod.\(key)", value ?? standard, value == nil ? .standard : origin("dod.\(key)"))
        }
      }
      let targets = section.operationalTargets
      let isRequired = SetVariable.value("LUKA_REQUIRE_OPERATIONAL_PROOF", environment) == "1"
      let who = (targets ?? OperationalPolicy.defaultTargets).joined(separator: ", ")
      add(
        "dod.operational_proof", isRequired ? "required of \(who)" : "not required (it would be of \(who))",
        isRequired
          ? .environment("LUKA_REQUIRE_OPERATIONAL_PROOF")
          : targets == nil ? .standard : origin("dod.operational_proof"))
    } else {
      add("dod", "(no phases)", .standard)
    }
    let gates = configuration.gates.map { gate in
      gate.map + (gate.root.map { ", root \($0)" } ?? "") + (gate.catalogue.map { ", catalogue \($0)" } ?? "")
    }
    list("gates", gates, none: "(none)", isSection: true)
    list("contracts", configuration.contracts, none: "(none)", isSection: true)
    list("packs", configuration.packs, none: "(none)", isSection: true)
    if let bundles = configuration.bundles {
      list("bundles", bundles.map(\.path), none: "(none)", isSection: true)
    } else {
      add("bundles", "(every one of the tree)", .standard)
    }
  }

  private mutating func explainEnvironment() {
    if let seconds = environment["SOURCE_DATE_EPOCH"] {
      add(
        "time", "\(ReportTime(environment: environment).timestamp.rfc3339) (\(seconds))",
        .environment("SOURCE_DATE_EPOCH"))
    } else {
      add("time", "(the system's clock)", .standard)
    }
    if let folder = environment["XDG_CACHE_HOME"], folder.hasPrefix("/") {
      add("cache", "\(folder)/auditor", .environment("XDG_CACHE_HOME"))
    } else if let home = environment["HOME"], home.hasPrefix("/") {
      add("cache", "\(home)/.cache/auditor", .environment("HOME"))
    } else {
      add("cache", "(none)", .standard)
    }
  }

  /// The elements of a list, each with its own origin.
  private mutating func list(
    _ key: String, _ elements: [String], flag: String? = nil, policy: [String] = [], none: String,
    isSection: Bool = false
  ) {
    let policies = options.policy.map { policy in (path: policy.path, elements: key == "rules" || key == "waivers") }
    // The policy's own files stand for those of the tree.
    let shown = policies?.elements == true && !policy.isEmpty ? policy : elements
    if shown.isEmpty { return add(key, none, .standard) }
    var own = 0
    for element in shown {
      if let flag {
        add(key, element, .flag(flag))
      } else if policy.contains(element), let path = options.policy?.path {
        add(key, element, .policy(path: path))
      } else {
        let place = "\(key)[\(own)]"
        own += 1
        let isSingle = configuration.places["\(key)[0]"] == nil && configuration.places[key] != nil
        let isNamed = configuration.places[place] != nil || isSingle
        add(key, element, isNamed ? origin(place, or: key) : self.own.isExplicit && isSection ? added : .discovered)
      }
    }
  }

  /// What the tree's configuration does not name and a policy judges all the same.
  private var added: ExplainedValue.Origin { options.policy.map { .policy(path: $0.path) } ?? .discovered }

  private func origin(_ key: String, or list: String? = nil) -> ExplainedValue.Origin {
    let position = configuration.places[key] ?? list.flatMap { configuration.places[$0] }
    if let position { return .file(path: Configuration.fileName, line: position.line) }
    return own.isExplicit ? added : options.policy != nil && key == "fail_on" ? added : .discovered
  }

  private func written(_ key: String) -> ExplainedValue.Origin {
    .file(path: Configuration.fileName, line: configuration.places[key]?.line)
  }

  private mutating func add(_ key: String, _ value: String, _ origin: ExplainedValue.Origin) {
    values.append(ExplainedValue(key: key, value: value, origin: origin))
  }
}
