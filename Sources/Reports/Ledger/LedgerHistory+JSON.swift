import Formats

extension LedgerHistory {
  /// The past for programs: everything, run by run.
  package var json: [UInt8] {
    JSONWriter.document { json in
      json.beginObject()
      json.list("targets", targets) { target, json in
        json.beginObject()
        json.member("target", target.name)
        json.list("runs", target.runs) { run, json in run.write(to: &json) }
        json.list("families", target.families) { family, json in
          json.beginObject()
          json.member("family", family.name)
          for (key, numbers) in [("open", family.open), ("new", family.appeared), ("fixed", family.fixed)] {
            json.list(key, numbers) { number, json in json.integer(number) }
          }
          json.endObject()
        }
        json.list("phases", target.phases) { phase, json in phase.write(runs: target.runs, to: &json) }
        json.list("accepted_until", target.endings) { ending, json in
          json.beginObject()
          json.member("until", ending.until)
          json.member("rule_id", ending.rule)
          json.member("path", ending.path)
          json.member("owner", ending.owner)
          json.endObject()
        }
        json.list("signoffs", target.approvals) { approval, json in
          json.beginObject()
          json.member("phase", approval.phaseID)
          json.member("actor", approval.actor)
          json.member("event_time", approval.time.rfc3339)
          json.endObject()
        }
        json.endObject()
      }
      json.endObject()
    }
  }
}

extension LedgerHistory.Run {
  fileprivate func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("run", Int(number))
    json.member("id", id)
    json.member("ts", time.rfc3339)
    json.member("git_head", commit)
    json.member("complete", isComplete)
    json.member("exit_status", exitStatus)
    json.member("error", errors)
    json.member("warning", warnings)
    json.member("note", notes)
    json.member("suppressed", accepted)
    json.member("new", appeared)
    json.member("fixed", fixed)
    json.endObject()
  }
}

extension LedgerHistory.Phase {
  fileprivate func write(runs: [LedgerHistory.Run], to json: inout JSONWriter) {
    json.beginObject()
    json.member("phase", phaseID)
    json.list("verdicts", verdicts) { verdict, json in
      if let verdict { json.string(verdict) } else { json.null() }
    }
    json.list("changes", changes) { change, json in
      json.beginObject()
      json.member("run", Int(runs[change.run].number))
      json.member("from", change.from)
      json.member("to", change.to)
      json.member("fell_from_proven", change.isFall)
      json.endObject()
    }
    json.endObject()
  }
}
