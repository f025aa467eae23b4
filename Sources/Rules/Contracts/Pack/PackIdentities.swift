import Formats

extension InterfacePack {
  /// Ids, and the catalogue against the gate map (LINT_RULES section 2).
  package var identityFindings: [PackFinding] {
    var findings = nameless
    for entries in [outputs, gates] { findings += InterfacePack.repeated(entries) }
    for output in outputs { findings += requirementFindings(output) }
    for gate in gates { findings += authorisationFindings(gate) + upstreamFindings(gate) }
    return findings + cycleFindings
  }

  /// What is wrong with the gates alone: ids, circles, templates, laws; and with the outputs that they authorise, where a
  /// catalogue is known.
  package var gateMapFindings: [PackFinding] {
    var findings = nameless.filter { $0.location.path == PackLayout.gateMap } + InterfacePack.repeated(gates)
    for gate in gates {
      findings += authorisationFindings(gate) + upstreamFindings(gate) + gateTemplateFindings(gate)
    }
    return findings + cycleFindings + gateFindings
  }

  private static func repeated(_ entries: [PackEntry]) -> [PackFinding] {
    var first: [[UInt8]: PackEntry] = [:]
    return entries.compactMap { entry in
      let key = Array(entry.id.utf8)
      guard let earlier = first[key] else {
        first[key] = entry
        return nil
      }
      return entry.finding(
        .idDuplicate, "", at: entry[entry.list.idKey]?.position,
        "the id '\(entry.id)' is already used in line \(earlier.value.position.line)")
    }
  }

  private func requirementFindings(_ output: PackEntry) -> [PackFinding] {
    output.value.names("read_requires_gates").compactMap { name in
      let part = "read_requires_gates/\(name.text)"
      guard let gate = gate(name.key) else {
        return output.finding(
          .gateUnknown, part, at: name.position, "the gate map defines no gate '\(name.text)'" + hint(name, in: gates))
      }
      if gate.holds(output.id, in: "authorizes_outputs") { return nil }
      return output.finding(
        .notAuthorised, part, at: name.position,
        "gate '\(name.text)' is required but does not authorise the output (line \(gate.value.position.line) of the gate map)"
      )
    }
  }

  private func authorisationFindings(_ gate: PackEntry) -> [PackFinding] {
    let names = gate.value.names("authorizes_outputs")
    if names.isEmpty { return [gate.finding(.gateWithoutOutputs, "", "the gate authorises no output")] }
    guard knowsOutputs else { return [] }
    return names.compactMap { name in
      let part = "authorizes_outputs/\(name.text)"
      guard let output = output(name.key) else {
        return gate.finding(
          .outputUnknown, part, at: name.position,
          "the catalogue holds no output '\(name.text)'" + hint(name, in: outputs))
      }
      if output.holds(gate.id, in: "read_requires_gates") { return nil }
      return gate.finding(
        .notRequired, part, at: name.position,
        "output '\(name.text)' does not require the gate (line \(output.value.position.line) of the catalogue)")
    }
  }

  private func upstreamFindings(_ gate: PackEntry) -> [PackFinding] {
    gate.value.names("upstream_gate_dependencies").filter { self.gate($0.key) == nil }.map { name in
      gate.finding(
        .upstreamUnknown, "upstream_gate_dependencies/\(name.text)", at: name.position,
        "the gate map defines no gate '\(name.text)'" + hint(name, in: gates))
    }
  }

  private var cycleFindings: [PackFinding] {
    let graph = GateGraph(
      gates.map { gate in
        (id: gate.id, needs: gate.value.names("upstream_gate_dependencies").map(\.text))
      })
    return graph.cycles.compactMap { cycle in
      guard let gate = cycle.first.flatMap({ self.gate(Array($0.utf8)) }) else { return nil }
      let told =
        cycle.count == 1
        ? "the gate waits for itself" : "these gates wait for each other: \(cycle.joined(separator: ", "))"
      return gate.finding(
        .gateCycle, "upstream_gate_dependencies", at: gate["upstream_gate_dependencies"]?.position, told)
    }
  }

  private func hint(_ name: PackName, in entries: [PackEntry]) -> String {
    nearest(to: name.text, in: entries.map(\.id)).map { ", did you mean '\($0)'?" } ?? ""
  }
}

extension PackEntry {
  /// Whether a list of the entry holds a word.
  fileprivate func holds(_ word: String, in key: String) -> Bool {
    value.names(key).contains { $0.text.utf8.elementsEqual(word.utf8) }
  }
}
