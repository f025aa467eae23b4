extension SchemaEvaluator {
  /// Applies an instruction that looks at the value alone. Kept apart from `apply`, whose calls nest: this frame is large.
  mutating func check(_ instruction: SchemaInstruction, _ node: Int, _ instance: UInt32) -> Bool {
    let record = storage.records[Int(instance)]
    switch instruction {
    case .types(let types):
      return allows(types, record, instance)
        || fail(node, instance) { .wrongType(expected: types.list, found: $0.shown) }
    case .constant(let index):
      let constant = program.tables.constants[index]
      return view(instance).equals(constant)
        || fail(node, instance) { .notConstant(expected: constant.literal, found: $0.shown) }
    case .enumeration(let index): return checkListed(index, record, node, instance)
    case .bound(let index): return checkBound(index, record, node, instance)
    case .multiple(let index): return checkMultiple(index, record, node, instance)
    case .minLength(let limit):
      guard record.kind == .string else { return true }
      let length = scalarCount(record)
      return length >= limit || fail(node, instance) { _ in .tooShort(length: length, minimum: limit) }
    case .maxLength(let limit):
      guard record.kind == .string else { return true }
      let length = scalarCount(record)
      return length <= limit || fail(node, instance) { _ in .tooLong(length: length, maximum: limit) }
    case .pattern(let index): return checkPattern(index, record, node, instance)
    case .format(let format):
      return record.kind != .string || isFormatted(format, instance)
        || fail(node, instance) { .badFormat(found: $0.literal, format: format.rawValue) }
    case .minItems(let limit):
      return record.kind != .array || record.second >= limit
        || fail(node, instance) { _ in .tooFewItems(count: record.second, minimum: limit) }
    case .maxItems(let limit):
      return record.kind != .array || record.second <= limit
        || fail(node, instance) { _ in .tooManyItems(count: record.second, maximum: limit) }
    case .uniqueItems:
      guard record.kind == .array, let equal = view(instance).equalElements else { return true }
      return fail(node, instance) { _ in .equalItems(first: equal.first, second: equal.second) }
    case .minProperties(let limit):
      return record.kind != .object || record.second / 2 >= limit
        || fail(node, instance) { _ in .tooFewProperties(count: record.second / 2, minimum: limit) }
    case .maxProperties(let limit):
      return record.kind != .object || record.second / 2 <= limit
        || fail(node, instance) { _ in .tooManyProperties(count: record.second / 2, maximum: limit) }
    default: return true
    }
  }

  private func allows(_ types: SchemaTypes, _ record: NodeRecord, _ instance: UInt32) -> Bool {
    switch record.kind {
    case .null: types.contains(.null)
    case .boolean: types.contains(.boolean)
    case .integer: !types.isDisjoint(with: [.integer, .number, .writtenInteger])
    case .string: types.contains(.string)
    case .array: types.contains(.array)
    case .object: types.contains(.object)
    case .real:
      types.contains(.number)
        || (types.contains(.integer) && isWhole(instance))
        || (types.contains(.writtenInteger) && isWrittenWhole(instance))
    }
  }

  private func isWhole(_ instance: UInt32) -> Bool {
    let value = view(instance)
    guard let number = value.number, number == number.rounded() else { return false }
    return value.decimal?.isWhole ?? false
  }

  /// A whole number beyond 64 bits is kept as a real, but was written without fraction and exponent.
  private func isWrittenWhole(_ instance: UInt32) -> Bool {
    view(instance).textBytes.allSatisfy { isDigit($0) || $0 == UInt8(ascii: "-") }
  }

  private mutating func checkListed(_ index: Int, _ record: NodeRecord, _ node: Int, _ instance: UInt32) -> Bool {
    let enumeration = program.tables.enumerations[index]
    let isListed: Bool
    if record.kind == .string {
      isListed = find(record, in: enumeration.texts) != nil
    } else if enumeration.others.isEmpty {
      isListed = false
    } else {
      let value = view(instance)
      isListed = enumeration.others[value.jsonHash]?.contains { $0.equals(value) } ?? false
    }
    return isListed
      || fail(node, instance) { .notListed(allowed: enumeration.all.map(\.literal), found: $0.shown) }
  }

  private mutating func checkBound(_ index: Int, _ record: NodeRecord, _ node: Int, _ instance: UInt32) -> Bool {
    guard record.kind == .integer || record.kind == .real else { return true }
    let bound = program.tables.bounds[index]
    let order = compare(record, instance, bound)
    let isWithin = (bound.isMaximum ? order < 0 : order > 0) || (order == 0 && !bound.isExclusive)
    if isWithin { return true }
    return bound.isMaximum
      ? fail(node, instance) { .tooLarge(found: $0.text, limit: bound.limit.text, isExclusive: bound.isExclusive) }
      : fail(node, instance) { .tooSmall(found: $0.text, limit: bound.limit.text, isExclusive: bound.isExclusive) }
  }

  /// Rounding to a double keeps the order, so only equal doubles need their exact decimals.
  private func compare(_ record: NodeRecord, _ instance: UInt32, _ bound: SchemaTables.Bound) -> Int {
    if record.kind == .integer, let limit = bound.whole {
      let whole = Int64(bitPattern: record.payload)
      return whole == limit ? 0 : whole < limit ? -1 : 1
    }
    let value = view(instance)
    let number = value.number ?? 0
    if number != bound.real { return number < bound.real ? -1 : 1 }
    return value.decimal?.compared(to: bound.decimal) ?? 0
  }

  private mutating func checkMultiple(_ index: Int, _ record: NodeRecord, _ node: Int, _ instance: UInt32) -> Bool {
    guard record.kind == .integer || record.kind == .real else { return true }
    let divisor = program.tables.divisors[index]
    let isMultiple: Bool
    if record.kind == .integer, let whole = divisor.whole {
      isMultiple = Int64(bitPattern: record.payload) % whole == 0
    } else {
      let value = view(instance)
      let number = value.number ?? .nan
      isMultiple =
        value.decimal?.isMultiple(of: divisor.decimal)
        ?? (number.truncatingRemainder(dividingBy: divisor.real) == 0)
    }
    return isMultiple || fail(node, instance) { .notMultiple(found: $0.text, of: divisor.value.text) }
  }

  private mutating func checkPattern(_ index: Int, _ record: NodeRecord, _ node: Int, _ instance: UInt32) -> Bool {
    guard record.kind == .string else { return true }
    if isFound(index, record) { return true }
    let pattern = program.tables.patterns[index].source
    return fail(node, instance) { .patternMismatch(found: $0.literal, pattern: pattern) }
  }

  private func isFormatted(_ format: StringFormat, _ instance: UInt32) -> Bool {
    format.accepts(view(instance).textBytes, patterns: patterns)
  }
}

extension SchemaEvaluator {
  /// The bytes that a scalar says: a string's content, anything else as it is written (keys of YAML).
  func textRange(_ record: NodeRecord) -> Range<Int> {
    record.kind == .string
      ? record.first..<(record.first + record.second) : Int(record.start)..<Int(record.end)
  }

  func isInScratch(_ record: NodeRecord) -> Bool { record.kind == .string && record.place == .scratch }

  func find(_ record: NodeRecord, in table: KeyTable) -> Int? {
    isInScratch(record)
      ? table.find(storage.scratch, textRange(record)) : table.find(storage.source, textRange(record))
  }

  func isFound(_ pattern: Int, _ record: NodeRecord) -> Bool {
    let matcher = program.tables.patterns[pattern].matcher
    let bytes = isInScratch(record) ? storage.scratch : storage.source
    return matcher.isFound(in: bytes.span.extracting(textRange(record)))
  }

  /// Every byte but the continuation bytes of UTF-8 begins a scalar.
  func scalarCount(_ record: NodeRecord) -> Int {
    let bytes = isInScratch(record) ? storage.scratch : storage.source
    var count = 0
    for index in textRange(record) where bytes[index] & 0xC0 != 0x80 { count += 1 }
    return count
  }
}

extension SchemaTypes {
  /// The names of the types, for messages.
  var list: [String] {
    var names = SchemaTypes.names.filter { contains($0.types) }.map(\.name)
    if contains(.writtenInteger) { names.append("integer") }
    return names
  }
}
