import Formats

/// The files with which auditing begins: a configuration that says what was found, a first definition of done, a pipeline.
package struct StartingFiles: Sendable, Hashable {
  /// One of them.
  package struct File: Sendable, Hashable {
    /// Relative to the root.
    package let path: String
    /// What it is good for, in a few words.
    package let purpose: String
    /// Its text.
    package let text: String
  }

  /// The first phase.
  package static let phase = "PHASE_1"
  /// Where runs leave their reports.
  static let reports = "reports"
  /// Where a tree without a feed gets one.
  package static let feed = "evidence/feed.jsonl"

  private let facts: StartingFacts

  /// The files for a tree.
  package init(_ facts: StartingFacts) {
    self.facts = facts
  }

  /// All of them, whether one of that name is there or not.
  package var all: [File] {
    var files = [File(path: "auditor.yaml", purpose: "what is audited, and how", text: configuration)]
    if facts.documents == nil {
      files.append(
        File(
          path: "dod/DOD__\(Self.phase).md", purpose: "a first definition of done", text: definition))
    }
    switch facts.pipeline {
    case .github:
      files.append(File(path: githubPath, purpose: "a gate for GitHub Actions", text: StartingPipelines.github))
    case .gitlab: files.append(File(path: gitlabPath, purpose: "a gate for GitLab CI", text: StartingPipelines.gitlab))
    case nil: break
    }
    return files
  }

  /// What else has to be done by hand.
  package var hints: [String] {
    var hints: [String] = []
    if facts.pipeline == .gitlab, gitlabPath != ".gitlab-ci.yml" {
      hints.append("add to .gitlab-ci.yml: include: {local: \(gitlabPath)}")
    }
    if facts.pipeline == nil { hints.append("no pipeline was found: --ci github or --ci gitlab writes a gate for one") }
    if facts.commit == nil, facts.documents == nil {
      hints.append("the first commit is missing: name one in dod/DOD__\(Self.phase).md, or nothing is proven")
    }
    return hints
  }

  /// What was found, in words, for whoever wonders why the configuration says what it says.
  package var findings: [String] {
    var found: [String] = []
    let languages = facts.languages.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(4)
    if !languages.isEmpty {
      found.append("\(facts.paths.count) files: " + languages.map { "\($0.value) \($0.key)" }.joined(separator: ", "))
    }
    if let documents = facts.documents { found.append("definitions of done in \(documents)") }
    if !facts.gateMaps.isEmpty { found.append("gate maps: \(facts.gateMaps.joined(separator: ", "))") }
    if !facts.contracts.isEmpty { found.append("\(facts.contracts.count) contract schemas") }
    if !facts.packs.isEmpty { found.append("interface packs: \(facts.packs.joined(separator: ", "))") }
    if facts.bundleCount > 0 { found.append("\(facts.bundleCount) runtime evidence bundles") }
    if !facts.foreignFolders.isEmpty {
      found.append("other people's sources: \(facts.foreignFolders.joined(separator: ", "))")
    }
    return found
  }

  private var githubPath: String { ".github/workflows/auditor.yml" }

  /// A pipeline that is there is not touched; it can include another file.
  private var gitlabPath: String {
    facts.paths.contains(".gitlab-ci.yml") ? ".gitlab/auditor.gitlab-ci.yml" : ".gitlab-ci.yml"
  }

  private var configuration: String {
    var text = """
      # What 'auditor' audits here, and how. 'auditor config explain' shows every value and where it comes from.

      # The least level of a finding that fails a run: error, warning, note or never.
      fail_on: error

      # Rules or families that are not looked for; 'auditor rules list' shows all.
      # disable: [hard-path.document]

      # Everything that git does not ignore is scanned, except:
      scan:
        exclude:
          # what runs leave behind

      """
    for folder in [folder(of: feed), Self.reports] { text += "    - \(quoted("\(folder)/**"))\n" }
    if !facts.foreignFolders.isEmpty {
      text += "    # what other people wrote\n"
      for folder in facts.foreignFolders { text += "    - \(quoted("\(folder)/**"))\n" }
    }
    text += """

      # Phases: documents DOD__<PHASE>.md, the feed that runs are recorded in ('auditor run'), and the registry of verdicts.
      dod:
        docs: \(quoted(facts.documents ?? "dod"))
        feed: \(quoted(feed))
        reports: \(Self.reports)/dod

      """
    text += facts.registry.map { "  registry: \(quoted($0))\n" } ?? "  # registry: dod/phases.yaml\n"
    text += "\n# Gates: maps of outputs that are sealed by digests.\n"
    if facts.gateMaps.isEmpty {
      text += "# gates: [{map: core/governance/gate_map.yaml}]\n"
    } else {
      text += "gates:\n"
    }
    for map in facts.gateMaps { text += "  - map: \(quoted(map))\n" }
    text += "\n# Contracts: JSON Schemas that have to be sound.\n"
    if facts.contracts.isEmpty { text += "# contracts: [contracts]\n" } else { text += "contracts:\n" }
    for contract in facts.contracts { text += "  - \(quoted(contract))\n" }
    if !facts.packs.isEmpty {
      text += "\n# Interface packs.\npacks:\n"
      for pack in facts.packs { text += "  - \(quoted(pack))\n" }
    }
    text += """

      # Findings that somebody has accepted, with owner, reason and end; 'auditor baseline write' accepts what is there now.
      # waivers: [waivers.yaml]
      # baseline: auditor.baseline.jsonl

      """
    return text
  }

  private var feed: String { facts.feed ?? Self.feed }

  private func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? path
  }

  private var definition: String {
    """
    # Definition of done: \(Self.phase)

    'auditor dod --phase \(Self.phase)' reads the metadata below, the feed and the evidence that runs have recorded. It does not
    read the boxes: they are for the people who do the work.

    ## 0. Metadata
    - **Phase / Task ID**: \(Self.phase)
    - **Owner (Actor)**:
    - **Gate**: \(Self.phase)
    - **Commit SHA**: \(facts.commit ?? "(the full name of a commit)")
    - **Date**: \(facts.today)

    ## 1. Code
    - [ ] It is implemented, and here: …

    ## 2. Evidence
    The run of a real command, recorded: auditor run --phase \(Self.phase) --output evidence/tests.log -- COMMAND
    - [ ] The run left a log or a report
    - [ ] The feed has `started`, `completed` and `verified` of one run, in this order

    ## 3. Gate
    - [ ] `auditor dod --phase \(Self.phase)` exits with 0

    """
  }

  /// A text as YAML takes it, whatever is in it.
  private func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".")
        || byte == UInt8(ascii: "-")
    }
    if isPlain, let first = text.utf8.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "."), first > 0x39 {
      return text
    }
    var json = JSONWriter()
    json.string(text)
    return String(decoding: json.takeBytes(), as: UTF8.self)
  }
}
