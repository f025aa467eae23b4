import Glibc
import Reports
import Rules

/// Where a command speaks: results on standard output, everything else on standard error.
struct Console: Sendable {
  /// Notes and progress are wanted.
  let isQuiet: Bool
  /// Details are wanted too.
  let isVerbose: Bool
  /// Standard output takes colour.
  let hasColor: Bool
  /// Somebody watches standard error: progress makes sense.
  let hasProgress: Bool
  /// Columns of the terminal, or 100 where there is none.
  let width: Int

  init(arguments: Arguments?, environment: [String: String]) {
    isQuiet = arguments?.has(.quiet) ?? false
    isVerbose = arguments?.has(.verbose) ?? false
    let isTerminal = isatty(STDOUT_FILENO) == 1
    switch arguments?.value(.color) ?? "auto" {
    case "always": hasColor = true
    case "never": hasColor = false
    default: hasColor = isTerminal && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
    }
    hasProgress = !isQuiet && isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
    width = Console.terminalWidth() ?? 100
  }

  /// Prints a result.
  func print(_ text: String) { write(Array((text + "\n").utf8)) }

  /// Writes result bytes as they are.
  func write(_ bytes: [UInt8]) { Console.write(bytes, to: STDOUT_FILENO) }

  /// Says something that is no result: on standard error, silenced by `--quiet`.
  func note(_ text: String) {
    if !isQuiet { complain(text) }
  }

  /// Says what only `--verbose` wants to know.
  func detail(_ text: String) {
    if isVerbose { complain(text) }
  }

  /// Says what went wrong: on standard error, never silenced. Names from the audited tree cannot move the cursor.
  func complain(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { printable(String($0)) }
    // What was said of progress gives way, and comes again.
    let start = hasProgress ? Console.clearing : ""
    Console.write(Array((start + lines.joined(separator: "\n") + "\n").utf8), to: STDERR_FILENO)
  }

  /// Says what could not be judged, in one line.
  func complain(_ gap: Unevaluated) { complain(printable("auditor: \(gap.location): \(gap.message)")) }

  /// Replaces the current line of a terminal's standard error. What does not fit is cut: a second line would stay.
  func overwrite(_ text: String) {
    Console.write(Array((Console.clearing + text.prefix(max(0, width - 1))).utf8), to: STDERR_FILENO)
  }

  private static let clearing = "\r\u{1B}[2K"

  /// A reader that has gone away (a closed pipe) is no error of ours; nothing else can be done about a failed write.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return }
      written += count
    }
  }

  private static func terminalWidth() -> Int? {
    var size = winsize()
    guard unsafe ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
