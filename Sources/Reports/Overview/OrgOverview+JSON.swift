import Formats
import Rules

extension OrgOverview {
  /// Names the shape of the JSON.
  package static let schemaVersion = "auditor.org_trend/1"

  /// The overview for programs, with everything that an alert could go by.
  package var json: [UInt8] {
    JSONWriter.document { json in
      json.beginObject()
      json.member("schema_version", Self.schemaVersion)
      json.member("as_of", "\(question.day)")
      json.member("since", question.since.map { "\($0)" })
      json.member("within_days", question.within)
      json.member("stale_after_days", question.staleAfter)
      json.member("fail_on", question.threshold.rawValue)
      json.member("exit_status", Int(exitStatus.rawValue))
      json.member("outcome", exitStatus.name)
      writeSums(&json)
      json.list("alerts", alerts) { alert, json in
        json.beginObject()
        json.member("target", alert.target)
        json.member("kind", alert.kind.rawValue)
        json.member("exit_status", Int(alert.status.rawValue))
        json.member("what", alert.words)
        json.endObject()
      }
      json.list("targets", targets) { target, json in target.write(to: &json, question) }
      json.list("families", families) { family, json in
        json.beginObject()
        json.member("family", family.name)
        json.member("open", family.open)
        json.member("new", family.appeared)
        json.member("fixed", family.fixed)
        json.member("drifting", family.drifting)
        json.member("targets", family.targets)
        json.endObject()
      }
      json.list("days", days) { day, json in
        json.beginObject()
        json.member("day", "\(day.date)")
        json.member("targets", day.targets)
        json.levels(day.open)
        for verdict in Verdict.allCases { json.member(verdict.rawValue, day.verdicts[verdict] ?? 0) }
        json.endObject()
      }
      json.endObject()
    }
  }

  private func writeSums(_ json: inout JSONWriter) {
    json.object("summary") { json in
      json.member("targets", targets.count)
      json.object("by_outcome") { json in
        for status in ExitStatus.allCases where status != .usage { json.member(status.key, count(status)) }
      }
      json.member("stale", targets.count { $0.age(on: question.lastDay) > question.staleAfter })
      json.member("joined", targets.count(where: \.hasJoined))
      json.object("open") { json in
        json.levels([.error: sum(\.last.errors), .warning: sum(\.last.warnings), .note: sum(\.last.notes)])
      }
      json.member("suppressed", sum(\.last.accepted))
      json.object("new") { json in
        json.levels(
          Dictionary(uniqueKeysWithValues: Severity.allCases.map { level in (level, sum { $0.appeared[level] ?? 0 }) }))
      }
      json.member("fixed", sum(\.fixed))
      json.member("drifting", sum(\.drifting))
      json.object("phases") { json in
        for verdict in Verdict.allCases { json.member(verdict.rawValue, sum { $0.verdicts[verdict] ?? 0 }) }
      }
      json.member("fell_from_proven", sum(\.falls.count))
      json.member("ending", sum { $0.endings(by: question).count })
    }
  }
}

extension OrgTarget {
  fileprivate func write(to json: inout JSONWriter, _ question: OrgOverview.Question) {
    json.beginObject()
    json.member("target", name)
    json.member("runs", runCount)
    json.member("run", Int(last.number))
    json.member("ts", last.time.rfc3339)
    json.member("git_head", last.commit)
    json.member("exit_status", last.exitStatus)
    json.member("stale", age(on: question.lastDay) > question.staleAfter)
    json.member("joined", hasJoined)
    json.object("open") { json in
      json.levels([.error: last.errors, .warning: last.warnings, .note: last.notes])
    }
    json.member("suppressed", last.accepted)
    json.list("series", series) { count, json in json.integer(count) }
    json.object("new") { $0.levels(appeared) }
    json.member("fixed", fixed)
    json.member("drifting", drifting)
    json.list("new_findings", newest) { change, json in change.write(to: &json) }
    json.list("drifting_findings", drifted) { change, json in change.write(to: &json) }
    json.object("phases") { json in
      for verdict in Verdict.allCases { json.member(verdict.rawValue, verdicts[verdict] ?? 0) }
    }
    json.list("fell_from_proven", falls) { fall, json in
      json.beginObject()
      json.member("phase", fall.phaseID)
      json.member("verdict", fall.verdict)
      json.member("run", Int(fall.run))
      json.member("ts", fall.time.rfc3339)
      json.member("new", fall.isNew)
      json.member("signed_off_by", fall.approval?.actor)
      json.endObject()
    }
    json.list("accepted_until", endings(by: question)) { ending, json in
      json.beginObject()
      json.member("until", ending.until)
      json.member("rule_id", ending.rule)
      json.member("path", ending.path)
      json.member("owner", ending.owner)
      json.endObject()
    }
    json.endObject()
  }
}

extension OrgTarget.Change {
  fileprivate func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("rule_id", rule)
    json.member("path", path)
    json.member("line", line)
    json.member("level", state.level.rawValue)
    if let was {
      json.member("was", was.words)
      json.member("is", state.words)
      json.member("worse", isWorse)
    }
    json.endObject()
  }
}

extension JSONWriter {
  fileprivate mutating func levels(_ counts: [Severity: Int]) {
    for level in Severity.allCases.reversed() { member(level.rawValue, counts[level] ?? 0) }
  }
}
