import Formats
import Scanning

extension RuleReader {
  /// `repository`: one law about the tree.
  static func repositoryMatcher(_ value: Value, _ fields: inout ObjectFields) -> RepositoryMatcher? {
    var part = ObjectFields(value, what: "repository")
    var laws: [RepositoryMatcher.Law] = []
    let start = part.text("begins-with")
    if let globs = globs("forbid-file", &part, value) {
      laws.append(.forbid(globs, beginsWith: start.map { Array($0.utf8) }))
    } else if start != nil {
      part.problem(at: value.position, "'begins-with' narrows 'forbid-file', which is not given")
    }
    if let globs = globs("require-file", &part, value) { laws.append(.require(globs)) }
    if let globs = globs("freeze-file", &part, value) { laws.append(.freeze(globs)) }
    if let limit = part.integer("max-bytes") {
      if limit < 0 { part.problem(at: value.position, "max-bytes must not be negative") }
      laws.append(.maxBytes(limit))
    }
    if let isForbidden = part.boolean("forbid-link-out") {
      if !isForbidden { part.problem(at: value.position, "forbid-link-out can only be true") }
      laws.append(.forbidLinkOut)
    }
    let problems = part.finish()
    fields.take(problems)
    guard problems.isEmpty else { return nil }
    guard laws.count == 1, let law = laws.first else {
      fields.problem(
        at: value.position,
        "repository needs one of forbid-file, require-file, freeze-file, max-bytes and forbid-link-out, found \(laws.count)"
      )
      return nil
    }
    return RepositoryMatcher(law: law)
  }

  /// `document`: a JSON Schema, written in the pack.
  static func documentMatcher(_ value: Value, _ fields: inout ObjectFields) -> DocumentMatcher? {
    var part = ObjectFields(value, what: "document")
    let schema = part.value("schema")
    if schema == nil, value.kind == .object { part.missing("schema") }
    let problems = part.finish()
    fields.take(problems)
    guard problems.isEmpty, let schema else { return nil }
    do throws(FormatError) {
      return DocumentMatcher(schema: try JSONSchema(schema, patterns: SchemaPattern.compiler))
    } catch {
      fields.problem(at: error.position, "the schema cannot be used: \(error.problem)")
      return nil
    }
  }

  /// A tree of an example: names of files, or mappings with what is known of them.
  static func tree(_ value: Value, _ fields: inout ObjectFields) -> [TreeFact] {
    var facts: [TreeFact] = []
    for element in value.kind == .array ? Array(value.elements) : [] {
      if let name = element.string {
        facts.append(TreeFact(name))
        continue
      }
      var part = ObjectFields(element, what: "a file of an example")
      var fact = TreeFact(part.requiredText("path") ?? "")
      fact.byteCount = part.integer("bytes")
      fact.head = Array((part.text("begins-with") ?? "").utf8)
      fact.leadsOut = part.boolean("leads-out") ?? false
      switch part.word("change", of: ["untouched", "touched", "removed"]) {
      case "untouched": fact.change = .untouched
      case "touched": fact.change = .touched
      case "removed": fact.change = .removed
      default: break
      }
      fields.take(part.finish())
      facts.append(fact)
    }
    if value.kind != .array { fields.problem(at: value.position, "files must be a list, found \(value.kindName)") }
    return facts
  }

  private static func globs(_ key: String, _ part: inout ObjectFields, _ value: Value) -> [Glob]? {
    let patterns = part.texts(key)
    guard let place = value[key], !place.isNull else { return nil }
    if patterns.isEmpty { part.problem(at: place.position, "\(key) names no file") }
    var globs: [Glob] = []
    for pattern in patterns {
      do throws(FormatError) {
        globs.append(try Glob(pattern))
      } catch {
        part.problem(at: place.position, "\(error)")
      }
    }
    return globs
  }
}
