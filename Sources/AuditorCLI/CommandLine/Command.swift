import Rules

/// One command as data: what it is called, what it takes, what it says of itself, and what runs.
struct Command: Sendable {
  /// What may stand behind the options.
  enum Operands: Sendable {
    case none
    case optional(String)
    case one(String)
    case any(String)
    case some(String)
    /// Everything after `--` belongs to another program.
    case program(String)

    var usage: String {
      switch self {
      case .none: ""
      case .optional(let name): "[\(name)]"
      case .one(let name): name
      case .any(let name): "[\(name)…]"
      case .some(let name): "\(name)…"
      case .program(let name): "-- \(name)…"
      }
    }
  }

  /// A command line that works, and what it is good for.
  struct Example: Sendable {
    let line: String
    let purpose: String

    init(_ line: String, _ purpose: String) {
      self.line = line
      self.purpose = purpose
    }
  }

  /// The words that name it: `["rules", "explain"]`.
  let path: [String]
  /// One line for lists of commands.
  let summary: String
  /// A paragraph for its own help.
  let description: String
  let operands: Operands
  let flags: [Flag]
  let examples: [Example]
  /// Left out of help and completions.
  let isHidden: Bool
  let run: @Sendable (Arguments, Console) throws -> ExitStatus

  init(
    _ path: [String], summary: String, description: String, operands: Operands = .none, flags: [Flag] = [],
    examples: [Example] = [], isHidden: Bool = false,
    run: @escaping @Sendable (Arguments, Console) throws -> ExitStatus
  ) {
    self.path = path
    self.summary = summary
    self.description = description
    self.operands = operands
    self.flags = flags
    self.examples = examples
    self.isHidden = isHidden
    self.run = run
  }

  var name: String { path.joined(separator: " ") }

  var allFlags: [Flag] { flags + Flag.everywhere }
}
