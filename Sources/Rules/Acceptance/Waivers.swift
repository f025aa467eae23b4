package import Formats

/// One decision to live with findings: which, where, who answers for it, why, until when.
package struct Waiver: Sendable {
  /// Rules, ids or families.
  let rules: [String]
  /// Patterns of paths relative to the root.
  let paths: [Glob]
  /// Who answers for it.
  let owner: String
  /// Why.
  let reason: String
  /// The last day on which it counts; for good when nil.
  let until: CivilDate?
  /// The day as it was written.
  let untilText: String?
  /// Its line in the file.
  let line: Int

  func covers(_ finding: Finding) -> Bool {
    rules.contains { $0 == finding.ruleID || $0 == finding.family }
      && paths.contains { $0.covers(Array(finding.location.path.utf8)) }
  }
}

/// A file of waivers. One that is past its date waives nothing and is a finding; so is one that names no rule there is,
/// or that covers nothing: decisions must not rot.
package struct Waivers: Sendable {
  /// Within so many days before its end a waiver is told, so that nobody learns of it from a failed build.
  package static let noticeDays = 14

  /// The file, relative to the root.
  package let path: String
  let list: [Waiver]

  /// Marks the findings that are waived.
  ///
  /// - Parameters:
  ///   - isWhole: everything was scanned, so that a waiver which covers nothing is known to.
  ///   - isKnown: whether a name means a rule or a family.
  /// - Returns: findings about the waivers themselves.
  package func apply(
    to findings: inout [Finding], today: CivilDate, isWhole: Bool, isKnown: (String) -> Bool
  ) -> [Finding] {
    var uses = noUses
    mark(&findings, today: today, uses: &uses)
    return complaints(after: uses, today: today, isWhole: isWhole, isKnown: isKnown)
  }

  /// How often each waiver was used, before any was.
  package var noUses: [Int] { list.map { _ in 0 } }

  /// Marks those of some findings that are waived, and counts how often each waiver was met.
  package func mark(_ findings: inout [Finding], today: CivilDate, uses: inout [Int]) {
    for index in findings.indices where findings[index].suppression == nil {
      for (number, waiver) in list.enumerated() where waiver.covers(findings[index]) {
        uses[number] += 1
        if let until = waiver.until, until < today { continue }
        findings[index].suppression = Finding.Suppression(
          kind: .waiver, reason: waiver.reason, until: waiver.untilText, owner: waiver.owner)
        break
      }
    }
  }

  /// Findings about the waivers themselves, once all findings were marked.
  package func complaints(
    after uses: [Int], today: CivilDate, isWhole: Bool, isKnown: (String) -> Bool
  ) -> [Finding] {
    zip(list, uses).flatMap { waiver, uses in
      complaints(about: waiver, uses: uses, today: today, isWhole: isWhole, isKnown: isKnown)
    }
  }

  private func complaints(
    about waiver: Waiver, uses: Int, today: CivilDate, isWhole: Bool, isKnown: (String) -> Bool
  ) -> [Finding] {
    let unknown = isWhole ? waiver.rules.filter { !isKnown($0) } : []
    var complaints = unknown.map { name in
      complaint(
        waiver, "waiver.unknown-rule", .warning, "no rule is called '\(name)'",
        "name a rule of 'auditor rules list', or take the waiver out")
    }
    if let until = waiver.until, until < today {
      if isWhole || uses > 0 {
        complaints.append(
          complaint(
            waiver, "waiver.expired", .warning,
            "the waiver of \(waiver.owner) ended on \(waiver.untilText ?? ""), so it does not count",
            "fix the findings, or have \(waiver.owner) renew the date with a reason"))
      }
    } else if uses == 0 {
      if isWhole, unknown.count < waiver.rules.count {
        complaints.append(
          complaint(waiver, "waiver.unused", .note, "the waiver covers no finding", "take the waiver out"))
      }
    } else if let until = waiver.until, until.dayNumber - today.dayNumber < Waivers.noticeDays {
      let days = until.dayNumber - today.dayNumber
      complaints.append(
        complaint(
          waiver, "waiver.ends-soon", .note,
          "the waiver of \(waiver.owner) ends \(days == 0 ? "today" : days == 1 ? "tomorrow" : "in \(days) days")",
          "fix the findings before \(waiver.untilText ?? ""), or have the date renewed"))
    }
    return complaints
  }

  private func complaint(
    _ waiver: Waiver, _ ruleID: String, _ level: Severity, _ message: String, _ remediation: String
  ) -> Finding {
    Finding(
      ruleID: ruleID, level: level, message: message, location: Location(path: path, line: waiver.line),
      remediation: remediation)
  }
}

/// A file of waivers that cannot be used, with everything that is wrong in it.
package struct WaiversError: Error, Sendable, CustomStringConvertible {
  /// The file as it was named.
  package let path: String
  /// What is wrong, each at its place.
  package let problems: [ShapeProblem]

  /// A line a problem.
  package var description: String { problems.map { "\(path):\($0)" }.joined(separator: "\n") }
}

extension Waivers {
  /// The families whose findings are about what is accepted; they are mended, not waived.
  private static let unwaivable: Set<String> = ["suppression", "waiver", "baseline"]

  /// Reads `waivers: [{rule, path, owner, reason, until}]`; `rule` and `path` may be lists, `until` may be left out.
  ///
  /// - Throws: `WaiversError` with every problem: a waiver without a rule, a path, an owner or a reason, and a date that
  ///   is none.
  package init(_ bytes: [UInt8], path: String) throws(WaiversError) {
    let root: Value
    do throws(FormatError) {
      root = try YAML.read(bytes)
    } catch {
      throw WaiversError(
        path: path, problems: [ShapeProblem(at: error.position, "\(error.format.rawValue): \(error.problem)")])
    }
    var fields = ObjectFields(root, what: "a file of waivers")
    var list: [Waiver] = []
    if root.kind == .object, root["waivers"] == nil { fields.missing("waivers") }
    for value in fields.list("waivers") {
      if let waiver = Waivers.waiver(value, &fields) { list.append(waiver) }
    }
    let problems = fields.finish()
    guard problems.isEmpty else { throw WaiversError(path: path, problems: problems) }
    self.path = path
    self.list = list
  }

  private static func waiver(_ value: Value, _ fields: inout ObjectFields) -> Waiver? {
    var part = ObjectFields(value, what: "a waiver")
    let rules = part.texts("rule")
    let patterns = part.texts("path")
    for (key, texts) in [("rule", rules), ("path", patterns)] where texts.isEmpty && value.kind == .object {
      if value[key]?.isNull ?? true { part.missing(key) }
    }
    for name in rules where unwaivable.contains(String(name.prefix { $0 != "." })) {
      part.problem(at: value["rule"]?.position ?? value.position, "'\(name)' cannot be waived: mend what it is about")
    }
    let owner = part.requiredText("owner")
    let reason = part.requiredText("reason")
    let untilText = part.text("until")
    let until = untilText.flatMap(CivilDate.init(parsing:))
    if let untilText, until == nil {
      part.problem(at: value["until"]?.position ?? value.position, "until '\(untilText)' must be a date, YYYY-MM-DD")
    }
    var paths: [Glob] = []
    for pattern in patterns {
      do throws(FormatError) {
        paths.append(try Glob(pattern))
      } catch {
        part.problem(at: value["path"]?.position ?? value.position, "\(error)")
      }
    }
    let problems = part.finish()
    fields.take(problems)
    guard problems.isEmpty, let owner, let reason else { return nil }
    return Waiver(
      rules: rules, paths: paths, owner: owner, reason: reason, until: until, untilText: untilText,
      line: value.position.line)
  }
}
