package import Formats
package import Rules

extension RegistryListing {
  /// The answer as one object.
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("command", "bundle.\(query.command)")
    if let registry = query.registry { json.member("registry_id", registry) }
    switch content {
    case .nothing: break
    case .registries(let entries):
      json.list("registries", entries) { entry, json in
        json.beginObject()
        json.member("id", entry.id)
        json.member("description", entry.description)
        json.member("probes", entry.probes)
        json.member("profiles", entry.profiles)
        json.endObject()
      }
    case .probes(let probes):
      json.list("probes", probes) { probe, json in
        json.beginObject()
        json.member("probe_id", probe.id)
        for key in ["operation", "target", "expected"] { json.member(key, probe.value[key]) }
        json.member("lanes", probe.value.lanes)
        json.endObject()
      }
    case .profiles(let profiles):
      json.list("profiles", profiles) { profile, json in
        json.beginObject()
        json.member("profile_id", profile.id)
        for key in ["mode", "profile_path", "family"] { json.member(key, profile.value[key]) }
        json.member("probe_refs", profile.value["probe_refs"])
        json.endObject()
      }
    case .probe(let probe, let users):
      json.member("probe", probe)
      json.member("used_by", users)
    case .profile(let profile, let probes):
      json.member("profile", profile)
      json.list("probes", probes) { probe, json in
        json.beginObject()
        json.member("probe_id", probe.id)
        json.member("known", probe.value != nil)
        json.member("operation", probe.value?["operation"])
        json.endObject()
      }
    }
    json.errors(errors)
    json.endObject()
  }

  /// A line an entry; of one entry, a line a member.
  package var text: String {
    let complaints = errors.map(\.line).joined()
    switch content {
    case .nothing: return complaints
    case .registries(let entries):
      return Self.table(entries.map { [$0.id, $0.probes, $0.profiles, $0.description ?? ""] }) + complaints
    case .probes(let probes):
      return Self.table(
        probes.map { probe in
          [probe.id] + ["operation", "expected", "target"].map { probe.value[$0]?.text ?? "" }
            + [probe.value.lanes.joined(separator: " ")]
        }) + complaints
    case .profiles(let profiles):
      return Self.table(
        profiles.map { profile in
          let count = profile.value["probe_refs"]?.count ?? 0
          return [profile.id, "\(count) \(count == 1 ? "probe" : "probes")"]
            + ["mode", "profile_path"].map { profile.value[$0]?.text ?? "" }
        }) + complaints
    case .probe(let probe, let users):
      return Self.members(probe)
        + "  used by: \(users.isEmpty ? "no profile" : users.map(printable).joined(separator: ", "))\n"
        + complaints
    case .profile(let profile, let probes):
      let unknown = probes.filter { $0.value == nil }.map { "  unknown probe: \(printable($0.id))\n" }
      return Self.members(profile) + unknown.joined() + complaints
    }
  }

  /// What the command ends with.
  package var exitStatus: ExitStatus { LintError.exitStatus(of: errors) }

  private static func members(_ value: Value) -> String {
    value.members.map { member in
      "  \(padded(printable(member.name), 22))  \(printable(member.value.kind == .string ? member.value.text : member.value.sourceText))\n"
    }.joined()
  }

  /// Columns as wide as their widest cell.
  private static func table(_ rows: [[String]]) -> String {
    let shown = rows.map { $0.map(printable) }
    let widths = (0..<(shown.first?.count ?? 0)).map { column in
      shown.map { $0[column].unicodeScalars.count }.max() ?? 0
    }
    return shown.map { row in
      let cells = zip(row, widths).map(padded).joined(separator: "  ")
      return String(cells.reversed().drop { $0 == " " }.reversed()) + "\n"
    }.joined()
  }
}

extension Value {
  /// The lanes that a probe supports.
  fileprivate var lanes: [String] {
    Lane.allCases.map(\.rawValue).filter { self["supports_lanes"]?[$0]?.boolean == true }
  }
}
