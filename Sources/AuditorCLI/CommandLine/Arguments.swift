import Formats

/// What was typed after a command's name, checked against the command's own declaration.
struct Arguments: Sendable {
  private var values: [String: [String]] = [:]
  private(set) var operands: [String] = []

  /// Reads GNU style: `--name value`, `--name=value`, `-n value`, `-nvalue`, `--` ends the options.
  static func parse(_ words: [String], for command: Command) throws(UsageError) -> Arguments {
    var arguments = Arguments()
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        arguments.operands.append(contentsOf: rest)
        break
      }
      if case .program(let name) = command.operands, !word.hasPrefix("-") {
        throw .contradiction("put '--' in front of '\(word)': auditor \(command.name) [options] -- \(name)…")
      }
      if word.hasPrefix("--") {
        try arguments.takeLong(word.dropFirst(2), &rest, command)
      } else if word.hasPrefix("-"), word.count > 1 {
        try arguments.takeShort(word.dropFirst(), &rest, command)
      } else {
        arguments.operands.append(word)
      }
    }
    if !arguments.has(.help) { try arguments.checkOperands(command) }
    return arguments
  }

  func has(_ flag: Flag) -> Bool { values[flag.name] != nil }

  func value(_ flag: Flag) -> String? { values[flag.name]?.last }

  /// The value of an option that a command cannot do without.
  func required(_ flag: Flag) throws(UsageError) -> String {
    guard let value = value(flag) else { throw .missingValue(flag: flag.usage) }
    return value
  }

  func list(_ flag: Flag) -> [String] { values[flag.name] ?? [] }

  /// A whole number above zero, or nil when the option is absent.
  func count(_ flag: Flag) throws(UsageError) -> Int? {
    guard let text = value(flag) else { return nil }
    guard let number = Int(text), number > 0 else {
      throw .invalidValue(flag: flag.name, value: text, expected: "a whole number above 0")
    }
    return number
  }

  /// A whole number that may be zero, or nil when the option is absent.
  func whole(_ flag: Flag) throws(UsageError) -> Int? {
    guard let text = value(flag) else { return nil }
    guard let number = Int(text), number >= 0 else {
      throw .invalidValue(flag: flag.name, value: text, expected: "a whole number")
    }
    return number
  }

  /// A day, or nil when the option is absent.
  func day(_ flag: Flag) throws(UsageError) -> CivilDate? {
    guard let text = value(flag) else { return nil }
    guard let day = CivilDate(parsing: text) else {
      throw .invalidValue(flag: flag.name, value: text, expected: "a day, such as 2026-03-01")
    }
    return day
  }

  private mutating func takeLong(
    _ word: Substring, _ rest: inout ArraySlice<String>, _ command: Command
  ) throws(UsageError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard let flag = command.allFlags.first(where: { $0.name == name }) else {
      throw .unknownFlag(
        "--\(name)", suggestion: nearest(to: name, in: command.allFlags.map(\.name)).map { "--\($0)" },
        command: command.name)
    }
    try take(flag, attached: parts.count == 2 ? String(parts[1]) : nil, &rest)
  }

  private mutating func takeShort(
    _ word: Substring, _ rest: inout ArraySlice<String>, _ command: Command
  ) throws(UsageError) {
    var letters = word
    while let letter = letters.popFirst() {
      guard let flag = command.allFlags.first(where: { $0.short == letter }) else {
        throw .unknownFlag("-\(letter)", suggestion: nil, command: command.name)
      }
      if flag.shape == .toggle {
        try take(flag, attached: nil, &rest)
      } else {
        try take(flag, attached: letters.isEmpty ? nil : String(letters), &rest)
        return
      }
    }
  }

  private mutating func take(
    _ flag: Flag, attached: String?, _ rest: inout ArraySlice<String>
  ) throws(UsageError) {
    switch flag.shape {
    case .toggle:
      if let attached {
        throw .invalidValue(flag: flag.name, value: attached, expected: "no value: the option stands alone")
      }
      values[flag.name] = []
    case .value, .list:
      guard let value = attached ?? rest.popFirst() else { throw .missingValue(flag: flag.usage) }
      values[flag.name, default: []].append(value)
    case .choice(let words):
      guard let value = attached ?? rest.popFirst() else { throw .missingValue(flag: flag.usage) }
      guard words.contains(value) else {
        throw .invalidValue(
          flag: flag.name, value: value, expected: "one of \(words.joined(separator: ", "))",
          suggestion: nearest(to: value, in: words))
      }
      values[flag.name, default: []].append(value)
    }
  }

  private func checkOperands(_ command: Command) throws(UsageError) {
    switch command.operands {
    case .none:
      if let extra = operands.first { throw .unexpectedOperand(extra, command: command.name) }
    case .optional:
      if operands.count > 1 { throw .unexpectedOperand(operands[1], command: command.name) }
    case .one(let name):
      if operands.isEmpty { throw .missingOperand(name, command: command.name) }
      if operands.count > 1 { throw .unexpectedOperand(operands[1], command: command.name) }
    case .some(let name), .program(let name):
      if operands.isEmpty { throw .missingOperand(name, command: command.name) }
    case .any: break
    }
  }
}
