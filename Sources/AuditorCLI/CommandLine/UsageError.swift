/// The command line was wrong: what, and what to type instead. Exit status 64.
enum UsageError: Error, Equatable {
  case unknownCommand(String, suggestion: String?)
  case missingSubcommand(String, choices: [String], suggestion: String?)
  case unknownFlag(String, suggestion: String?, command: String)
  case missingValue(flag: String)
  case invalidValue(flag: String, value: String, expected: String, suggestion: String? = nil)
  case unexpectedOperand(String, command: String)
  case missingOperand(String, command: String)
  case unknownName(String, of: String, hint: String)
  case contradiction(String)
}

extension UsageError: CustomStringConvertible {
  var description: String {
    switch self {
    case .unknownCommand(let name, let suggestion):
      "unknown command '\(name)'" + didYouMean(suggestion, before: "'auditor --help' lists the commands")
    case .missingSubcommand(let name, let choices, let suggestion):
      "'\(name)' needs one of: \(choices.joined(separator: ", "))" + didYouMean(suggestion)
    case .unknownFlag(let flag, let suggestion, let command):
      "unknown option '\(flag)'" + didYouMean(suggestion, before: "'auditor \(command) --help' lists the options")
    case .missingValue(let flag):
      "'\(flag.trimmed)' needs a value"
    case .invalidValue(let flag, let value, let expected, let suggestion):
      "'--\(flag) \(value)': expected \(expected)" + didYouMean(suggestion)
    case .unexpectedOperand(let operand, let command):
      "'\(operand)' is one argument too many for 'auditor \(command)'"
    case .missingOperand(let name, let command):
      "'auditor \(command)' needs \(name); 'auditor \(command) --help' shows examples"
    case .unknownName(let name, let kind, let hint): "no \(kind) is called '\(name)'\(hint)"
    case .contradiction(let text): text
    }
  }

  private func didYouMean(_ suggestion: String?, before advice: String) -> String {
    didYouMean(suggestion) + (suggestion == nil ? "; " : " ") + advice
  }

  private func didYouMean(_ suggestion: String?) -> String {
    suggestion.map { ", did you mean '\($0)'?" } ?? ""
  }
}

extension String {
  fileprivate var trimmed: String { String(drop(while: { $0 == " " })) }
}
