import Formats

extension SweepPlan {
  /// Names exactly this plan, its number of shards included: what shard files carry.
  package var digest: String { SHA256.digest(text(.compact) { writePlan(&$0) }).hex }

  /// Names what is judged and by what, however many shards share the work.
  package var subjectDigest: String { SHA256.digest(text(.compact) { writeSubject(&$0) }).hex }

  /// The plan as a file, its digest at the end.
  package func document() -> [UInt8] {
    text(.pretty) { json in
      writePlan(&json)
      json.member("digest", "sha256:\(digest)")
    }
  }

  private func text(_ layout: JSONWriter.Layout, _ write: (inout JSONWriter) -> Void) -> [UInt8] {
    var json = JSONWriter(layout)
    json.beginObject()
    write(&json)
    json.endObject()
    json.newline()
    return json.takeBytes()
  }

  private func writeHead(_ json: inout JSONWriter) {
    json.member("schema_version", Self.schemaVersion)
    json.member("as_of", asOf.rfc3339)
    json.object("tool") { json in
      json.member("version", toolVersion)
      json.member("rule_pack_digest", "sha256:\(rulePackDigest)")
    }
    json.member("rules", rulePacks)
    json.key("policy")
    if let policy {
      json.beginObject()
      json.member("path", policy.path)
      json.member("sha256", policy.sha256)
      json.endObject()
    } else {
      json.null()
    }
  }

  private func writePlan(_ json: inout JSONWriter) {
    writeHead(&json)
    json.member("shards", shardCount)
    json.list("targets", Array(zip(targets, shards))) { entry, json in
      json.beginObject()
      entry.0.write(to: &json)
      json.member("weight", entry.0.weight)
      json.member("shard", entry.1 + 1)
      json.endObject()
    }
  }

  /// Where a target lies on this machine is no part of what it is, unless it has to be fetched.
  private func writeSubject(_ json: inout JSONWriter) {
    json.member("schema_version", Self.schemaVersion)
    json.member("as_of", asOf.rfc3339)
    json.member("version", toolVersion)
    json.member("rule_pack_digest", rulePackDigest)
    json.member("policy", policy?.sha256)
    json.list("targets", targets) { target, json in
      json.beginObject()
      json.member("name", target.name)
      if case .git(let remote, let revision) = target.source {
        json.member("git", remote)
        json.member("revision", revision)
      }
      json.endObject()
    }
  }
}

extension SweepTarget {
  fileprivate func write(to json: inout JSONWriter) {
    json.member("name", name)
    switch source {
    case .folder(let path): json.member("folder", path)
    case .git(let remote, let revision):
      json.member("git", remote)
      if let revision { json.member("revision", revision) }
    }
  }
}

extension SweepPlan {
  /// Reads a plan's file.
  ///
  /// - Throws: `SweepPlanError` with every problem of its shape, or because its digest is another.
  package init(_ bytes: [UInt8], path: String) throws(SweepPlanError) {
    let (plan, digest) = try SweepPlan.reading(bytes, path: path)
    guard digest == "sha256:\(plan.digest)" else { throw .changed(path: path) }
    self = plan
    try check()
  }

  /// What a plan's file says, and the digest that it claims.
  static func reading(_ bytes: [UInt8], path: String) throws(SweepPlanError) -> (plan: SweepPlan, digest: String?) {
    let root: Value
    do throws(FormatError) {
      root = try JSON.read(bytes)
    } catch {
      throw .malformed(path: path, [ShapeProblem(at: error.position, "JSON: \(error.problem)")])
    }
    var reading = PlanReading(root)
    guard let plan = reading.plan() else { throw .malformed(path: path, reading.problems) }
    return (plan, reading.digest)
  }
}

/// Reads the members of a plan and gathers what is wrong with them.
private struct PlanReading {
  private let root: Value
  private(set) var problems: [ShapeProblem] = []
  private(set) var digest: String?

  init(_ root: Value) {
    self.root = root
  }

  mutating func plan() -> SweepPlan? {
    var fields = ObjectFields(root, what: "the plan")
    _ = fields.word("schema_version", of: [SweepPlan.schemaVersion])
    let asOf = time(fields.requiredText("as_of"), &fields)
    let (version, rules) = tool(&fields)
    let packs = fields.texts("rules")
    let policy = policy(&fields)
    let count = fields.integer("shards") ?? 0
    if !(1...Shard.mostShards).contains(count) {
      fields.problem(at: root.position, "shards must be a whole number from 1 to \(Shard.mostShards)")
    }
    var targets: [SweepTarget] = []
    var shards: [Int] = []
    for value in fields.list("targets") {
      guard let (target, shard) = target(value, count: count) else { continue }
      targets.append(target)
      shards.append(shard)
    }
    digest = fields.requiredText("digest")
    problems = fields.finish() + problems
    guard problems.isEmpty, let asOf, let version, let rules else { return nil }
    return SweepPlan(
      targets: targets, shards: shards, shardCount: count, asOf: asOf, toolVersion: version, rulePackDigest: rules,
      rulePacks: packs, policy: policy)
  }

  private func time(_ text: String?, _ fields: inout ObjectFields) -> Timestamp? {
    guard let text else { return nil }
    guard let time = try? Timestamp(parsing: text) else {
      fields.problem(at: root["as_of"]?.position ?? root.position, "as_of must be a time such as 2026-03-01T00:00:00Z")
      return nil
    }
    return time
  }

  private mutating func tool(_ fields: inout ObjectFields) -> (version: String?, rules: String?) {
    guard let value = fields.value("tool") else {
      fields.missing("tool")
      return (nil, nil)
    }
    var tool = ObjectFields(value, what: "tool")
    let version = tool.requiredText("version")
    let rules = tool.requiredText("rule_pack_digest").map { $0.hasPrefix("sha256:") ? String($0.dropFirst(7)) : $0 }
    fields.take(tool.finish())
    return (version, rules)
  }

  private func policy(_ fields: inout ObjectFields) -> SweepPlan.PolicyRecord? {
    guard let value = fields.value("policy") else { return nil }
    var policy = ObjectFields(value, what: "policy")
    let path = policy.requiredText("path")
    let digest = policy.requiredText("sha256")
    fields.take(policy.finish())
    guard let path, let digest else { return nil }
    return SweepPlan.PolicyRecord(path: path, sha256: digest)
  }

  private mutating func target(_ value: Value, count: Int) -> (SweepTarget, shard: Int)? {
    var fields = ObjectFields(value, what: "a target")
    let name = fields.requiredText("name")
    let folder = fields.text("folder")
    let remote = fields.text("git")
    let revision = fields.text("revision")
    let weight = fields.integer("weight")
    let shard = fields.integer("shard") ?? 0
    if (folder == nil) == (remote == nil) { fields.problem(at: value.position, "a target needs 'folder' or 'git'") }
    if !(1...max(1, count)).contains(shard) {
      fields.problem(at: value.position, "shard must be a whole number from 1 to \(count)")
    }
    let wrong = fields.finish()
    problems += wrong
    guard wrong.isEmpty, let name else { return nil }
    let source: SweepTarget.Source
    if let remote { source = .git(remote, revision: revision) } else { source = .folder(folder ?? "") }
    return (SweepTarget(name: name, source: source, weight: weight ?? 0), shard - 1)
  }
}
