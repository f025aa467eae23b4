import Formats
import Scanning

/// Reads one pack file into rules, gathering every problem with its place.
struct RuleReader {
  private let file: String
  private var rules: [Rule] = []
  private var problems: [RulePackError.Problem] = []

  static func read(_ source: PackSource) -> (rules: [Rule], problems: [RulePackError.Problem]) {
    var reader = RuleReader(file: source.name)
    do throws(FormatError) {
      reader.readPack(try YAML.read(source.bytes))
    } catch {
      reader.add(error.position, "\(error.format.rawValue): \(error.problem)")
    }
    return (reader.rules, reader.problems)
  }

  private init(file: String) {
    self.file = file
  }

  private mutating func readPack(_ root: Value) {
    var fields = ObjectFields(root, what: "a rule pack")
    let list = fields.list("rules")
    _ = fields.value("$schema")
    for value in list { readRule(value) }
    add(fields.finish())
  }

  private mutating func readRule(_ value: Value) {
    var fields = ObjectFields(value, what: "a rule")
    let id = fields.requiredText("id")
    if let id, !RuleReader.isRuleID(id) {
      fields.problem(
        at: value["id"]?.position ?? value.position,
        "rule id '\(id)' must be family or family.variant in lower case, digits and hyphens")
    }
    let message = fields.requiredText("message")
    let severity = fields.word("severity", of: Severity.allCases.map(\.rawValue)).flatMap(Severity.init(rawValue:))
    if value["severity"] == nil { fields.missing("severity") }
    let languages = readLanguages(&fields, value)
    let paths = readPaths(&fields)
    let matcher = readMatcher(&fields, value)
    let metadata = readMetadata(&fields)
    let examples = readExamples(&fields, languages: languages)
    let wrong = fields.finish()
    add(wrong)
    guard wrong.isEmpty, let id, let message, let severity, let paths, let matcher, let metadata, let examples else {
      return
    }
    rules.append(
      Rule(
        id: id, message: message, severity: severity, languages: languages, paths: paths, matcher: matcher,
        remediation: metadata.remediation, references: metadata.references, status: metadata.status,
        isSecret: metadata.isSecret, matches: examples.match, silent: examples.ok,
        origin: Location(path: file, line: value.position.line)))
  }

  private mutating func readLanguages(_ fields: inout ObjectFields, _ value: Value) -> Set<String> {
    let names = fields.texts("languages")
    for name in names where name != "any" && Language.named(name) == nil {
      let hint = nearest(to: name, in: Language.allNames).map { ", did you mean '\($0)'?" } ?? ""
      fields.problem(at: value["languages"]?.position ?? value.position, "unknown language '\(name)'\(hint)")
    }
    return names.contains("any") ? [] : Set(names)
  }

  private mutating func readPaths(_ fields: inout ObjectFields) -> PathFilter? {
    guard let value = fields.value("paths") else { return .everything }
    var part = ObjectFields(value, what: "paths")
    let include = part.texts("include")
    let exclude = part.texts("exclude")
    fields.take(part.finish())
    do throws(FormatError) {
      return try PathFilter(include: include, exclude: exclude)
    } catch {
      fields.problem(at: value.position, "\(error)")
      return nil
    }
  }

  private mutating func readMatcher(_ fields: inout ObjectFields, _ value: Value) -> Rule.Matcher? {
    if let check = fields.value("check") {
      guard let name = check.string, let known = SemanticCheck(rawValue: name) else {
        let names = SemanticCheck.allCases.map(\.rawValue)
        fields.problem(at: check.position, "unknown check '\(check.text)'; known: \(names.joined(separator: ", "))")
        return nil
      }
      return .check(known)
    }
    if let value = fields.value("document") {
      return RuleReader.documentMatcher(value, &fields).map { .document($0) }
    }
    if let value = fields.value("repository") {
      return RuleReader.repositoryMatcher(value, &fields).map { .repository($0) }
    }
    let any = readPatterns(fields.value("pattern-regex"), &fields) + readAlternatives(&fields)
    let unless = readPatterns(fields.value("pattern-not-regex"), &fields)
    let near = readNear(&fields)
    let classes = readClasses(&fields)
    let entropy = fields.number("entropy")
    let judging = readJudging(&fields)
    if any.isEmpty {
      fields.problem(
        at: value.position, "a rule needs 'pattern-regex', 'pattern-either', 'check', 'document' or 'repository'")
      return nil
    }
    return .lines(
      LineMatcher(any: any, unless: unless, near: near, classes: classes, entropy: entropy, judging: judging))
  }

  /// A name, or a mapping `{name: machine-path, grade: remark}`.
  private func readJudging(_ fields: inout ObjectFields) -> Judging? {
    guard let value = fields.value("judge") else { return nil }
    var name = value.string
    var grade: String?
    if value.kind == .object {
      var part = ObjectFields(value, what: "judge")
      name = part.requiredText("name")
      grade = part.word("grade", of: ["violation", "remark"])
      fields.take(part.finish())
    }
    guard let judge = name.flatMap(CandidateJudge.init(rawValue:)) else {
      let names = CandidateJudge.allCases.map(\.rawValue)
      fields.problem(
        at: value.position, "unknown judge '\(name ?? value.text)'; known: \(names.joined(separator: ", "))")
      return nil
    }
    return Judging(judge: judge, isAboutRemarks: grade == "remark")
  }

  /// `pattern-either` holds texts, or mappings with `pattern-regex` as semgrep writes them.
  private mutating func readAlternatives(_ fields: inout ObjectFields) -> [LinePattern] {
    var patterns: [LinePattern] = []
    for element in fields.list("pattern-either") {
      if element.kind == .object {
        var part = ObjectFields(element, what: "an alternative")
        patterns += readPatterns(part.value("pattern-regex"), &part)
        fields.take(part.finish())
      } else {
        patterns += readPatterns(element, &fields)
      }
    }
    return patterns
  }

  private mutating func readPatterns(_ value: Value?, _ fields: inout ObjectFields) -> [LinePattern] {
    guard let value else { return [] }
    let sources = value.kind == .array ? Array(value.elements) : [value]
    var patterns: [LinePattern] = []
    for source in sources {
      guard let text = source.string else {
        fields.problem(at: source.position, "a pattern must be a text, found \(source.kindName)")
        continue
      }
      do throws(FormatError) {
        patterns.append(try LinePattern(text))
      } catch {
        fields.problem(at: source.position, "pattern '\(text)', at its byte \(error.position.column): \(error.problem)")
      }
    }
    return patterns
  }

  private mutating func readNear(_ fields: inout ObjectFields) -> [LineMatcher.Near] {
    guard let value = fields.value("require-near") else { return [] }
    let list = value.kind == .array ? Array(value.elements) : [value]
    var near: [LineMatcher.Near] = []
    for element in list {
      var part = ObjectFields(element, what: "require-near")
      let lines = part.integer("lines") ?? 3
      for pattern in readPatterns(part.value("pattern-regex"), &part) {
        near.append(LineMatcher.Near(pattern: pattern, lines: lines))
      }
      fields.take(part.finish())
    }
    return near
  }

  private mutating func readClasses(_ fields: inout ObjectFields) -> Set<ByteClass>? {
    guard let value = fields.value("in") else { return nil }
    var classes: Set<ByteClass> = []
    for element in value.kind == .array ? Array(value.elements) : [value] {
      guard let known = element.string.flatMap(ByteClass.init(name:)) else {
        fields.problem(at: element.position, "'in' takes code, comment and string, found '\(element.text)'")
        continue
      }
      classes.insert(known)
    }
    return classes
  }

  private typealias Metadata = (remediation: String, references: [String], status: Rule.Status, isSecret: Bool)

  /// Keys of `metadata` that are not ours are the author's own.
  private mutating func readMetadata(_ fields: inout ObjectFields) -> Metadata? {
    guard let value = fields.value("metadata") else {
      fields.missing("metadata")
      return nil
    }
    var part = ObjectFields(value, what: "metadata")
    let remediation = part.requiredText("remediation")
    let references = part.texts("references")
    let status = part.word("status", of: Rule.Status.allCases.map(\.rawValue)).flatMap(Rule.Status.init(rawValue:))
    let isSecret = part.boolean("redact") ?? false
    fields.take(part.problems)
    return remediation.map { ($0, references, status ?? .stable, isSecret) }
  }

  private mutating func readExamples(
    _ fields: inout ObjectFields, languages: Set<String>
  ) -> (match: [Rule.Example], ok: [Rule.Example])? {
    guard let value = fields.value("examples") else {
      fields.missing("examples")
      return nil
    }
    let path = languages.count == 1 ? languages.first.flatMap(Language.named)?.examplePath : nil
    var part = ObjectFields(value, what: "examples")
    var lists: [[Rule.Example]] = []
    for key in ["match", "ok"] {
      let values = part.list(key)
      if values.isEmpty { part.missing(key) }
      lists.append(values.compactMap { readExample($0, path: path ?? "example.txt", &part) })
    }
    fields.take(part.finish())
    return (lists[0], lists[1])
  }

  private func readExample(_ value: Value, path: String, _ fields: inout ObjectFields) -> Rule.Example? {
    if let text = value.string { return Rule.Example(path: path, text: text, line: value.position.line) }
    var part = ObjectFields(value, what: "an example")
    if value["files"] != nil, let files = part.value("files") {
      let facts = RuleReader.tree(files, &part)
      fields.take(part.finish())
      return Rule.Example(path: "", text: "", line: value.position.line, files: facts)
    }
    let named = part.requiredText("path")
    let text = part.requiredText("text")
    fields.take(part.finish())
    guard let named, let text else { return nil }
    return Rule.Example(path: named, text: text, line: value.position.line)
  }

  private static func isRuleID(_ id: String) -> Bool {
    let parts = id.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return (1...2).contains(parts.count)
      && parts.allSatisfy { part in
        !part.isEmpty
          && part.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
          }
      }
  }

  private mutating func add(_ position: SourcePosition, _ message: String) {
    problems.append(
      .init(location: Location(path: file, line: position.line, column: position.column), message: message))
  }

  private mutating func add(_ found: [ShapeProblem]) {
    for problem in found { add(problem.position, problem.message) }
  }
}
