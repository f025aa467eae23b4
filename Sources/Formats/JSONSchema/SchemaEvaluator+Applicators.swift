extension SchemaEvaluator {
  /// Applies an instruction that applies other schemas.
  mutating func apply(_ instruction: SchemaInstruction, _ node: Int, _ instance: UInt32, _ region: Int) -> Bool {
    let kind = storage.records[Int(instance)].kind
    switch instruction {
    case .object(let index): return kind != .object || checkObject(index, node, instance, region)
    case .array(let index): return kind != .array || checkArray(index, instance, region)
    case .contains(let index): return kind != .array || checkContains(index, node, instance, region)
    case .dependentRequired(let index): return kind != .object || checkNeeds(index, node, instance)
    case .dependentSchemas(let index): return kind != .object || checkDependents(index, instance, region)
    case .reference(let target): return evaluate(target, instance, region)
    case .dynamicReference(let name, let fallback):
      return evaluate(dynamicTarget(name, fallback), instance, region)
    case .all(let index): return checkAll(index, instance, region)
    case .any(let index): return checkAny(index, node, instance, region)
    case .one(let index): return checkOne(index, node, instance, region)
    case .not(let other): return !matches(other, instance) || fail(node, instance) { _ in .forbidden }
    case .conditional(let index): return checkConditional(index, instance, region)
    case .unevaluatedItems(let rest): return kind != .array || checkRestOfItems(rest, instance, region)
    case .unevaluatedProperties(let rest): return kind != .object || checkRestOfMembers(rest, instance, region)
    default: return true
    }
  }

  private mutating func checkObject(_ index: Int, _ node: Int, _ instance: UInt32, _ region: Int) -> Bool {
    let record = storage.records[Int(instance)]
    var isValid = true
    var present: UInt64 = 0
    for member in 0..<(record.second / 2) {
      let key = storage.children[record.first + 2 * member]
      let value = storage.children[record.first + 2 * member + 1]
      let keyRecord = storage.records[Int(key)]
      var isKnown = false
      if let number = find(keyRecord, in: program.tables.objects[index].keys) {
        let requirement = program.tables.objects[index].requirements[number]
        if requirement >= 0, requirement < 64 { present |= 1 << UInt64(requirement) }
        let child = program.tables.objects[index].nodes[number]
        if child >= 0 {
          isKnown = true
          if !evaluateMember(child, key: key, value) { isValid = false }
        }
      }
      if !program.tables.objects[index].patterns.isEmpty {
        isValid = checkPatterns(index, key, value, &isKnown) && isValid
      }
      let additional = program.tables.objects[index].additional
      if !isKnown, additional >= 0 {
        isKnown = true
        isValid = checkAdditional(additional, index, key, value) && isValid
      }
      let names = program.tables.objects[index].names
      if names >= 0 { isValid = checkName(names, key) && isValid }
      if !isValid, !collects { return false }
      if isKnown { mark(member, region) }
    }
    return hasRequired(index, present, node, instance) && isValid
  }

  private mutating func checkPatterns(_ index: Int, _ key: UInt32, _ value: UInt32, _ isKnown: inout Bool) -> Bool {
    let keyRecord = storage.records[Int(key)]
    var isValid = true
    for entry in program.tables.objects[index].patterns where isFound(entry.pattern, keyRecord) {
      isKnown = true
      if !evaluateMember(entry.node, key: key, value) {
        isValid = false
        if !collects { return false }
      }
    }
    return isValid
  }

  private mutating func checkAdditional(_ additional: Int, _ index: Int, _ key: UInt32, _ value: UInt32) -> Bool {
    if !collects || program.nodes[additional].kind != .never {
      return evaluateMember(additional, key: key, value)
    }
    let plan = program.tables.objects[index]
    let known = plan.nodes.indices.filter { plan.nodes[$0] >= 0 }.map { plan.keys.text($0) }
    let name = view(key).name
    return failMember(additional, key: key) { _ in
      .unexpectedProperty(name: name, suggestion: nearest(to: name, in: known))
    }
  }

  /// A key that is no string (YAML) is judged by its text, as it would stand in JSON.
  private mutating func checkName(_ names: Int, _ key: UInt32) -> Bool {
    let isText = storage.records[Int(key)].kind == .string
    if isText, matches(names, key) { return true }
    if isText, !collects { return false }
    let text = view(key).name
    let reasons = nameErrors(names, text)
    if !isText, reasons.isEmpty { return true }
    let reason = reasons.first?.message ?? "it breaks propertyNames"
    return failMember(names, key: key) { _ in .badPropertyName(name: text, reason: reason) }
  }

  /// What a name's text breaks, found by a walk of its own: the name has no place in the instance.
  private func nameErrors(_ names: Int, _ text: String) -> [SchemaError] {
    var writer = JSONWriter()
    writer.string(text)
    guard let name = try? JSON.read(writer.takeBytes()) else { return [] }
    var inner = SchemaEvaluator(program, name, patterns: patterns, collects: true)
    _ = inner.evaluate(names, name.index, SchemaEvaluator.untracked)
    return inner.errors
  }

  private mutating func hasRequired(_ index: Int, _ present: UInt64, _ node: Int, _ instance: UInt32) -> Bool {
    let count = program.tables.objects[index].required.count
    let all: UInt64 = count >= 64 ? .max : 1 << UInt64(count) - 1
    if present == all, count <= 64 { return true }
    if !collects, present != all { return false }
    var found = Set<Int>()
    let record = storage.records[Int(instance)]
    for member in 0..<(record.second / 2) {
      let key = storage.records[Int(storage.children[record.first + 2 * member])]
      if let number = find(key, in: program.tables.objects[index].keys) {
        found.insert(program.tables.objects[index].requirements[number])
      }
    }
    var isValid = true
    for (number, name) in program.tables.objects[index].required.enumerated() where !found.contains(number) {
      isValid = fail(node, instance) { _ in .missingProperty(name: name) }
    }
    return isValid
  }

  private mutating func checkArray(_ index: Int, _ instance: UInt32, _ region: Int) -> Bool {
    let record = storage.records[Int(instance)]
    let prefix = program.tables.arrays[index].prefix.count
    let rest = program.tables.arrays[index].rest
    let covered = rest >= 0 ? record.second : min(prefix, record.second)
    var isValid = true
    for item in 0..<covered {
      let child = item < prefix ? program.tables.arrays[index].prefix[item] : rest
      let value = storage.children[record.first + item]
      let isAllowed =
        item < prefix ? evaluateItem(child, index: item, value) : evaluateRest(child, index: item, value)
      if !isAllowed {
        isValid = false
        if !collects { return false }
      }
    }
    markAll(covered, region)
    return isValid
  }

  private mutating func checkContains(_ index: Int, _ node: Int, _ instance: UInt32, _ region: Int) -> Bool {
    let record = storage.records[Int(instance)]
    let contains = program.tables.contains[index]
    var count = 0
    for item in 0..<record.second where matches(contains.node, storage.children[record.first + item]) {
      count += 1
      if contains.marks { mark(item, region) }
      if region < 0, contains.maximum == nil, count >= contains.minimum { return true }
    }
    if count < contains.minimum {
      return fail(node, instance) { _ in .tooFewMatches(count: count, minimum: contains.minimum) }
    }
    guard let maximum = contains.maximum, count > maximum else { return true }
    return fail(node, instance) { _ in .tooManyMatches(count: count, maximum: maximum) }
  }
}

extension SchemaEvaluator {
  private mutating func checkNeeds(_ index: Int, _ node: Int, _ instance: UInt32) -> Bool {
    var isValid = true
    for dependency in program.tables.dependencies[index].names where view(instance)[dependency.key] != nil {
      for name in dependency.needs where view(instance)[name] == nil {
        isValid = fail(node, instance) { _ in .missingDependency(name: name, neededBy: dependency.key) }
        if !collects { return false }
      }
    }
    return isValid
  }

  private mutating func checkDependents(_ index: Int, _ instance: UInt32, _ region: Int) -> Bool {
    var isValid = true
    for dependency in program.tables.dependencies[index].schemas where view(instance)[dependency.key] != nil {
      if !evaluate(dependency.node, instance, region) {
        isValid = false
        if !collects { return false }
      }
    }
    return isValid
  }

  private mutating func checkAll(_ index: Int, _ instance: UInt32, _ region: Int) -> Bool {
    var isValid = true
    for branch in program.tables.branches[index] where !evaluate(branch, instance, region) {
      isValid = false
      if !collects { return false }
    }
    return isValid
  }

  private mutating func checkAny(_ index: Int, _ node: Int, _ instance: UInt32, _ region: Int) -> Bool {
    var isMatched = false
    var failures = BranchFailures(level: level)
    let start = errors.count
    for (number, branch) in program.tables.branches[index].enumerated() {
      if evaluateBranch(branch, instance, region) {
        isMatched = true
        // Later branches matter only for what they evaluate.
        if region < 0 { break }
      } else if collects {
        failures.add(number, takeErrors(since: start))
      }
    }
    if collects { _ = takeErrors(since: start) }
    return isMatched || failBranches("anyOf", index, failures, node, instance)
  }

  private mutating func checkOne(_ index: Int, _ node: Int, _ instance: UInt32, _ region: Int) -> Bool {
    var first = -1
    var isTwice = false
    var failures = BranchFailures(level: level)
    let start = errors.count
    for (number, branch) in program.tables.branches[index].enumerated() {
      if evaluateBranch(branch, instance, region) {
        isTwice = first >= 0
        if first < 0 { first = number }
        if isTwice { break }
      } else if collects {
        failures.add(number, takeErrors(since: start))
      }
    }
    if collects { _ = takeErrors(since: start) }
    if first < 0 { return failBranches("oneOf", index, failures, node, instance) }
    if !isTwice { return true }
    guard collects else { return false }
    let branches = program.tables.branches[index]
    var matching: [Int] = []
    for number in branches.indices where matches(branches[number], instance) { matching.append(number) }
    return fail(node, instance) { _ in .severalMatches(matching) }
  }

  private mutating func failBranches(
    _ keyword: String, _ index: Int, _ failures: BranchFailures, _ node: Int, _ instance: UInt32
  ) -> Bool {
    if let types = failures.types {
      return fail(node, instance) { .wrongType(expected: types, found: $0.shown) }
    }
    guard collects else { return false }
    let count = program.tables.branches[index].count
    report(
      .noMatch(keyword: keyword, branches: count, closest: failures.closest), node, instance, branch: failures.errors)
    return false
  }

  private mutating func checkConditional(_ index: Int, _ instance: UInt32, _ region: Int) -> Bool {
    let conditional = program.tables.conditionals[index]
    if region < 0, conditional.then < 0, conditional.otherwise < 0 { return true }
    let collected = collects
    collects = false
    let isMet = evaluateBranch(conditional.condition, instance, region)
    collects = collected
    let next = isMet ? conditional.then : conditional.otherwise
    return next < 0 || evaluate(next, instance, region)
  }

  private mutating func checkRestOfItems(_ rest: Int, _ instance: UInt32, _ region: Int) -> Bool {
    let record = storage.records[Int(instance)]
    var isValid = true
    for item in 0..<record.second where !isMarked(item, region) {
      if !evaluateRest(rest, index: item, storage.children[record.first + item]) {
        isValid = false
        if !collects { return false }
      }
    }
    markAll(record.second, region)
    return isValid
  }

  private mutating func checkRestOfMembers(_ rest: Int, _ instance: UInt32, _ region: Int) -> Bool {
    let record = storage.records[Int(instance)]
    var isValid = true
    for member in 0..<(record.second / 2) where !isMarked(member, region) {
      let key = storage.children[record.first + 2 * member]
      let value = storage.children[record.first + 2 * member + 1]
      let isAllowed =
        collects && program.nodes[rest].kind == .never
        ? failMember(rest, key: key) { .unexpectedProperty(name: $0.name, suggestion: nil) }
        : evaluateMember(rest, key: key, value)
      if !isAllowed {
        isValid = false
        if !collects { return false }
      }
    }
    markAll(record.second / 2, region)
    return isValid
  }
}
