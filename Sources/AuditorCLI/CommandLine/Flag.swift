/// One option of the command line: the single source of its parsing, its help, its completion and its manual entry.
struct Flag: Sendable, Equatable {
  /// What follows the option's name.
  enum Shape: Sendable, Equatable {
    /// Nothing: present or absent.
    case toggle
    /// One value; the last one given counts.
    case value(String)
    /// A value each time it is given.
    case list(String)
    /// One of these words.
    case choice([String])
  }

  /// The long name without its dashes.
  let name: String
  /// The one-letter name, or nil.
  let short: Character?
  let shape: Shape
  /// One sentence, without a full stop, as `--help` shows it.
  let help: String

  init(_ name: String, short: Character? = nil, _ shape: Shape = .toggle, help: String) {
    self.name = name
    self.short = short
    self.shape = shape
    self.help = help
  }

  /// How the option is written in help: `-j, --jobs N`.
  var usage: String {
    let long = short.map { "-\($0), --\(name)" } ?? "    --\(name)"
    switch shape {
    case .toggle: return long
    case .value(let placeholder), .list(let placeholder): return "\(long) \(placeholder)"
    case .choice(let words): return "\(long) \(words.joined(separator: "|"))"
    }
  }
}

extension Flag {
  static let help = Flag("help", short: "h", help: "Show this help and exit")
  static let color = Flag(
    "color", .choice(["auto", "always", "never"]), help: "Colour the output (default: auto; NO_COLOR is honoured)")
  static let quiet = Flag("quiet", short: "q", help: "Print results only, no notes and no progress")
  static let verbose = Flag("verbose", short: "v", help: "Say on standard error what is read and why")
  static let json = Flag("json", help: "Short for --format json")
  static let rules = Flag(
    "rules", .list("PATH"), help: "Use these rule packs (a file or a folder of *.yaml) instead of the built-in ones")
  static let disable = Flag("disable", .list("RULE"), help: "Leave out a rule, or a family of rules")
  static let noIgnore = Flag("no-ignore", help: "Look at files that git ignores too")
  static let diff = Flag(
    "diff", .value("REV"), help: "Only what changed since the merge base of HEAD and REV, and is not committed yet")
  static let baseline = Flag(
    "baseline", .value("FILE"), help: "Findings that this baseline accepts do not count (see 'auditor baseline write')")
  static let newOnly = Flag("new-only", help: "Leave out findings that the baseline accepts")
  static let waivers = Flag("waivers", .list("FILE"), help: "Use these files of waivers instead of the configured ones")
  static let policy = Flag(
    "policy", .value("FILE"),
    help: "Judge by this policy, whatever the audited tree's auditor.yaml says to the contrary")
  static let noCache = Flag("no-cache", help: "Read every file, whatever earlier scans found out")
  static let verifyCache = Flag("verify-cache", help: "Scan with the cache and without it; the outcomes must agree")
  static let asOf = Flag(
    "as-of", .value("DATE"), help: "Judge what is bound to a day as on this one, YYYY-MM-DD (default: today)")
  static let failOn = Flag(
    "fail-on", .choice(["error", "warning", "note", "never"]),
    help: "Lowest level that makes the exit status 1 (default: error)")
  static let jobs = Flag("jobs", short: "j", .value("N"), help: "Work on N files at once (default: all cores)")

  static func format(_ formats: [String]) -> Flag {
    Flag("format", .choice(formats), help: "How to print the result (default: \(formats.first ?? "text"))")
  }

  /// Every command takes these.
  static let everywhere: [Flag] = [.color, .quiet, .verbose, .help]
}
