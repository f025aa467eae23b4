import Formats

/// A file of rules as bytes; who read it names it.
package struct PackSource: Sendable {
  /// How messages and reports name the file.
  package let name: String
  /// Its content.
  package let bytes: [UInt8]

  /// A pack file.
  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// The rules of one run, in the order of their ids, and the digest that names exactly these.
package struct RulePack: Sendable {
  /// The embedded JSON Schema of pack files.
  package static let schemaName = "reports/schema/rule_pack.schema.json"

  /// All rules, sorted by id.
  package let rules: [Rule]
  /// SHA-256 over the names and digests of the pack files: same digest, same rules.
  package let digest: String
  /// The files the rules came from.
  package let sources: [InputRecord]

  /// Reads packs.
  ///
  /// - Throws: `RulePackError` with every problem of every file; no rule of a broken pack is used.
  package init(_ files: [PackSource]) throws(RulePackError) {
    var rules: [Rule] = []
    var problems: [RulePackError.Problem] = []
    for file in files {
      let (found, wrong) = RuleReader.read(file)
      rules += found
      problems += wrong
    }
    var seen: [String: Rule] = [:]
    for rule in rules {
      if let first = seen[rule.id] {
        problems.append(
          .init(location: rule.origin, message: "rule '\(rule.id)' is defined twice, first at \(first.origin)"))
      }
      seen[rule.id] = rule
    }
    guard problems.isEmpty else { throw RulePackError(problems: problems) }
    self.rules = rules.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    self.sources = files.map(RulePack.record)
    self.digest = RulePack.digest(of: sources)
  }

  private static func digest(of sources: [InputRecord]) -> String {
    let listing = sources.map { "\($0.sha256)  \($0.path)\n" }.sorted().joined()
    return SHA256.digest(Array(listing.utf8)).hex
  }

  private static func record(_ file: PackSource) -> InputRecord {
    InputRecord(path: file.name, role: "rules", sha256: SHA256.digest(file.bytes).hex, byteCount: file.bytes.count)
  }

  /// The packs that are built into the binary.
  package static func builtIn() throws(RulePackError) -> RulePack { try RulePack(builtInFiles) }

  /// The digest of the packs that are built into the binary, without reading their rules.
  package static let builtInDigest = digest(of: builtInFiles.map(record))

  private static var builtInFiles: [PackSource] {
    EmbeddedFiles.names.filter { $0.hasPrefix("rules/") && $0.hasSuffix(".yaml") }.compactMap { name in
      EmbeddedFiles.bytes(named: name).map { PackSource(name: name, bytes: $0) }
    }
  }

  /// The rules with some taken out by id or family.
  package func rules(without disabled: [String]) -> [Rule] {
    rules.filter { rule in !disabled.contains { rule.isNamed(by: $0) } }
  }

  /// Every id and every family of this pack.
  package var names: Set<String> { Set(rules.flatMap { [$0.id, $0.family] }) }

  /// Whether a name means a rule or family of this pack, or findings that come from no pack: those have a page of their
  /// own (`dod.registry-contradicted`).
  package func knows(_ name: String) -> Bool {
    if names.contains(name) { return true }
    let family = String(name.prefix { $0 != "." })
    guard let page = EmbeddedFiles.bytes(named: "rules/\(family).md") else { return false }
    return !rules.contains { $0.family == family }
      && (name == family || String(decoding: page, as: UTF8.self).contains("`\(name)`"))
  }

  /// Names in a list that mean no rule of this pack, with what was probably meant.
  package func unknownNames(in names: [String]) -> [(name: String, suggestion: String?)] {
    let known = self.names
    return names.filter { !known.contains($0) }.map { ($0, nearest(to: $0, in: known.sorted())) }
  }
}

/// Rule packs that cannot be used, with everything that is wrong in them.
package struct RulePackError: Error, Sendable, CustomStringConvertible {
  /// One thing to mend.
  package struct Problem: Sendable, Hashable {
    /// Pack file and line.
    package let location: Location
    /// What is wrong and what was expected.
    package let message: String
  }

  /// Everything that is wrong, in the order of the files.
  package let problems: [Problem]

  /// A line a problem: `FILE:LINE:COLUMN: MESSAGE`.
  package var description: String {
    problems.map { "\($0.location): \($0.message)" }.joined(separator: "\n")
  }
}
