import Glibc
import Reports
import Rules
import Synchronization

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
  /// Columns of the terminal that standard output is; nil where it is none.
  private let outputWidth: Int?
  /// Columns of the terminal that standard error is; nil where it is none.
  private let errorWidth: Int?

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
    outputWidth = isTerminal ? Console.width(of: STDOUT_FILENO) : nil
    errorWidth = isatty(STDERR_FILENO) == 1 ? Console.width(of: STDERR_FILENO) : nil
    width = Console.width(of: STDERR_FILENO) ?? 100
  }

  /// Prints a result.
  func print(_ text: String) { write(Array((text + "\n").utf8)) }

  /// Writes result bytes: whole lines or values. A secret in them is masked.
  func write(_ bytes: [UInt8]) { write(exactly: SecretMask.masked(bytes)) }

  /// Writes result bytes as they are: what is signed already, and what answers a test to the byte.
  func write(exactly bytes: [UInt8]) { Console.write(bytes, to: STDOUT_FILENO) }

  /// Prints whole lines for a person: on a terminal no word is broken at its edge.
  func tell(_ text: String) {
    let text = SecretMask.masked(text)
    write(Array((outputWidth.map { fitted(text, width: $0) } ?? text).utf8))
  }

  /// Prints whole lines for a person, as bytes of UTF-8.
  func tell(_ text: [UInt8]) {
    if outputWidth == nil { write(text) } else { tell(String(decoding: text, as: UTF8.self)) }
  }

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
    let lines = SecretMask.masked(text).split(separator: "\n", omittingEmptySubsequences: false).map {
      printable(String($0))
    }
    // What was said of progress gives way, and comes again.
    let start = hasProgress ? Console.clearing : ""
    let plain = lines.joined(separator: "\n")
    let shown = errorWidth.map { fitted(plain, width: $0) } ?? plain
    Console.write(Array((start + shown + "\n").utf8), to: STDERR_FILENO)
  }

  /// Says what could not be judged, in one line.
  func complain(_ gap: Unevaluated) {
    // Escaped, a secret is not known any more.
    complain(printable(SecretMask.masked("auditor: \(gap.location): \(gap.message)")))
  }

  /// Replaces the current line of a terminal's standard error. What does not fit is cut: a second line would stay.
  func overwrite(_ text: String) {
    Console.write(Array((Console.clearing + text.prefix(max(0, width - 1))).utf8), to: STDERR_FILENO)
  }

  private static let clearing = "\r\u{1B}[2K"

  /// Why a result could not be written to standard output, in the system's words; nil when all were. A reader that has
  /// gone away (a closed pipe) is no error of ours.
  static var outputFailure: String? {
    let code = firstFailure.load(ordering: .relaxed)
    return code == 0 ? nil : unsafe String(cString: strerror(code))
  }

  private static let firstFailure = Atomic<Int32>(0)

  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if count <= 0 {
        let code = count < 0 ? errno : ENOSPC
        if code == EINTR || code == EAGAIN && waits(for: descriptor) { continue }
        if descriptor == STDOUT_FILENO, code != EPIPE { firstFailure.store(code, ordering: .relaxed) }
        return
      }
      written += count
    }
  }

  /// Waits until a descriptor takes more, as one does that somebody else has set to be asked without waiting.
  private static func waits(for descriptor: Int32) -> Bool {
    var place = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return unsafe poll(&place, 1, -1) >= 0 || errno == EINTR
  }

  private static func width(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
