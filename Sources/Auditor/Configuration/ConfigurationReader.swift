import Formats
import Rules

extension Configuration {
  /// What `auditor.yaml` at a root says; nil when there is none.
  ///
  /// - Throws: `DoDError` where it cannot be read, `ConfigurationError` where it cannot be used.
  static func written(at root: String) throws -> Configuration? {
    guard let bytes = try InputFile.read("\(root)/\(fileName)", shownPath: fileName) else { return nil }
    return try Configuration(bytes, path: fileName)
  }

  /// Reads `auditor.yaml`.
  ///
  /// - Throws: `ConfigurationError` with every problem: unknown keys, wrong types, paths that climb out of the root.
  package init(_ bytes: [UInt8], path: String) throws(ConfigurationError) {
    self.init()
    let root: Value
    do throws(FormatError) {
      root = try YAML.read(bytes)
    } catch {
      throw ConfigurationError(
        path: path, problems: [ShapeProblem(at: error.position, "\(error.format.rawValue): \(error.problem)")])
    }
    isExplicit = true
    places = ConfigurationPlaces.of(root)
    if root.isNull { return }
    let problems = read(root)
    guard problems.isEmpty else { throw ConfigurationError(path: path, problems: problems) }
  }

  private mutating func read(_ root: Value) -> [ShapeProblem] {
    var fields = ObjectFields(root, what: "the configuration")
    rulePacks = paths(&fields, "rules", root)
    disabled = fields.texts("disable")
    if let list = root["disable"], list.kind == .array {
      for element in list.elements { disabledPositions[element.text] = element.position }
    }
    failOn = fields.word("fail_on", of: FailureThreshold.allCases.map(\.rawValue)).flatMap(
      FailureThreshold.init(rawValue:))
    waivers = paths(&fields, "waivers", root)
    baseline = path(&fields, "baseline", root)
    ledger = path(&fields, "ledger", root)
    if let value = fields.value("scan") { fields.take(readScan(value)) }
    if let value = fields.value("dod") { fields.take(readDoD(value)) }
    for value in fields.list("gates") { fields.take(readGate(value)) }
    contracts = paths(&fields, "contracts", root)
    if root.kind == .object, root["bundles"] != nil {
      bundles = []
      for value in fields.list("bundles") { fields.take(readBundles(value)) }
    }
    packs = paths(&fields, "packs", root)
    if root.kind == .object, root["reality"] != nil {
      reality = []
      for value in fields.list("reality") { fields.take(readReality(value)) }
    }
    for value in fields.list("evidence") { fields.take(readEvidence(value)) }
    return fields.finish()
  }

  private mutating func readScan(_ value: Value) -> [ShapeProblem] {
    var fields = ObjectFields(value, what: "the scan section")
    include = fields.texts("include")
    exclude = fields.texts("exclude")
    do throws(FormatError) {
      _ = try PathFilter(include: include, exclude: exclude)
    } catch {
      fields.problem(at: value.position, "\(error)")
    }
    return fields.finish()
  }

  private mutating func readDoD(_ value: Value) -> [ShapeProblem] {
    var fields = ObjectFields(value, what: "the dod section")
    var section = DoDSection()
    section.docs = path(&fields, "docs", value)
    section.feed = path(&fields, "feed", value)
    section.registry = path(&fields, "registry", value)
    section.reports = path(&fields, "reports", value)
    section.abi = path(&fields, "abi", value)
    if value["operational_proof"] != nil { section.operationalTargets = fields.texts("operational_proof") }
    dod = section
    return fields.finish()
  }

  private mutating func readGate(_ value: Value) -> [ShapeProblem] {
    var fields = ObjectFields(value, what: "a gate map entry")
    if value.kind == .object, value["map"] == nil { fields.missing("map") }
    let map = path(&fields, "map", value)
    let catalogue = path(&fields, "catalogue", value)
    let root = path(&fields, "root", value)
    var pins: [String: String] = [:]
    if let value = fields.value("pins") {
      for member in value.members { pins[member.name] = member.value.text }
    }
    if let map { gates.append(GateSection(map: map, catalogue: catalogue, root: root, pins: pins)) }
    return fields.finish()
  }

  private mutating func readBundles(_ value: Value) -> [ShapeProblem] {
    var fields = ObjectFields(value, what: "a bundles entry")
    if value.kind == .object, value["path"] == nil { fields.missing("path") }
    let folder = path(&fields, "path", value)
    let root = path(&fields, "root", value)
    if let path = folder { bundles?.append(BundleSection(path: path, root: root)) }
    return fields.finish()
  }

  private mutating func readReality(_ value: Value) -> [ShapeProblem] {
    var fields = ObjectFields(value, what: "a reality entry")
    if value.kind == .object, value["path"] == nil { fields.missing("path") }
    let folder = path(&fields, "path", value)
    let code = paths(&fields, "code", value)
    var gates: Set<Int> = []
    for item in fields.list("gates") {
      if let number = item.integer, (1...7).contains(number) {
        gates.insert(Int(number))
      } else {
        fields.problem(at: item.position, "a gate is a number from 1 to 7, found '\(item.text)'")
      }
    }
    if let path = folder { reality?.append(RealitySection(path: path, code: code, gates: gates)) }
    return fields.finish()
  }

  private mutating func readEvidence(_ value: Value) -> [ShapeProblem] {
    var fields = ObjectFields(value, what: "an evidence entry")
    if value.kind == .object {
      for key in ["request", "policy", "pack"] where value[key] == nil { fields.missing(key) }
    }
    let named = (path(&fields, "request", value), path(&fields, "policy", value), path(&fields, "pack", value))
    let gateMap = path(&fields, "gate_map", value)
    let catalogue = path(&fields, "catalogue", value)
    let engineRoot = path(&fields, "root", value)
    let store = path(&fields, "store", value)
    let platformRun = fields.text("platform_run")
    let attempts = fields.integer("attempts")
    var createdAt: RunTime?
    if let text = fields.text("created_at") {
      createdAt = try? RunTime(text)
      if createdAt == nil {
        fields.problem(
          at: value["created_at"]?.position ?? value.position,
          "'\(text)' is no time; write it like 2026-01-01T00:00:00Z")
      }
    }
    if let request = named.0, let policy = named.1, let pack = named.2 {
      var section = EvidenceSection(
        request: request, policy: policy, pack: pack, gateMap: gateMap, catalogue: catalogue, engineRoot: engineRoot,
        store: store, createdAt: createdAt)
      if let platformRun { section.platformRun = platformRun }
      if let attempts { section.attempts = attempts }
      evidence.append(section)
    }
    return fields.finish()
  }

  private func path(_ fields: inout ObjectFields, _ key: String, _ value: Value) -> String? {
    guard let path = fields.text(key) else { return nil }
    check(path, &fields, at: value[key]?.position ?? value.position)
    return path
  }

  private func paths(_ fields: inout ObjectFields, _ key: String, _ value: Value) -> [String] {
    let paths = fields.texts(key)
    for path in paths { check(path, &fields, at: value[key]?.position ?? value.position) }
    return paths
  }

  /// The configuration belongs to the audited tree, so it may not point out of it.
  private func check(_ path: String, _ fields: inout ObjectFields, at position: SourcePosition) {
    if path.hasPrefix("/") || path.split(separator: "/").contains("..") {
      fields.problem(at: position, "'\(path)' leads outside the root; name a path below it")
    }
  }
}
