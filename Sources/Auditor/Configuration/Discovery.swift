import Formats
import Rules

/// Looks for what there is to audit when nobody wrote it down.
package enum Discovery {
  /// A configuration that names what the tree shows: folders with `DOD__*.md`, gate maps, contract schemas.
  package static func look(through files: [TreeFile]) -> Configuration {
    var configuration = Configuration()
    let paths = files.map(\.path)
    if let docs = documentFolder(in: paths) {
      var section = Configuration.DoDSection()
      section.docs = docs
      configuration.dod = section
    }
    configuration.gates = paths.filter(isGateMap).map {
      Configuration.GateSection(map: $0, catalogue: catalogue(beside: $0, in: paths), root: nil, pins: [:])
    }
    configuration.packs = packs(in: paths)
    // The contracts of a pack are judged with it, by its own rules for references.
    let ofPacks = configuration.packs.flatMap { pack in
      [PackLayout.boundaryContracts, PackLayout.platformContracts].map { pack == "." ? "\($0)/" : "\(pack)/\($0)/" }
    }
    configuration.contracts = paths.filter { path in
      (path.hasSuffix(".schema.json") || path.hasSuffix(".schema.yaml")) && !ofPacks.contains { path.hasPrefix($0) }
    }
    return configuration
  }

  /// `docs/dod`, else `dod`, else the folder that holds most documents (the first of equals).
  private static func documentFolder(in paths: [String]) -> String? {
    var counts: [String: Int] = [:]
    for path in paths where name(of: path).hasPrefix("DOD__") && path.hasSuffix(".md") {
      counts[folder(of: path), default: 0] += 1
    }
    for usual in ["docs/dod", "dod"] where counts[usual] != nil { return usual }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.first?.key
  }

  /// The folders that hold a catalogue where packs have it.
  private static func packs(in paths: [String]) -> [String] {
    paths.compactMap { path in
      if path == PackLayout.catalogue { return "." }
      return path.hasSuffix("/\(PackLayout.catalogue)")
        ? String(path.dropLast(PackLayout.catalogue.utf8.count + 1)) : nil
    }
  }

  private static func isGateMap(_ path: String) -> Bool {
    let name = name(of: path)
    return ["gate_map.yaml", "gates.map.yaml", "gate.map.yaml", "gate_map.yml"].contains { name.hasSuffix($0) }
  }

  private static func catalogue(beside map: String, in paths: [String]) -> String? {
    let folder = folder(of: map)
    return paths.first { self.folder(of: $0) == folder && name(of: $0).hasSuffix("output_catalogue.yaml") }
  }

  private static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }
}
