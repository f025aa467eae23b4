import Glibc

/// Feeds a child and drains it until both of its outputs are closed.
struct ProcessExchange {
  private(set) var output: [UInt8] = []
  private(set) var errorOutput: [UInt8] = []
  private let ends: ChildEnds
  private let input: [UInt8]
  private let limits: ChildProcess.Limits
  private var written = 0
  private var isInputOpen: Bool
  private var isOutputOpen = true
  private var isErrorOutputOpen = true

  init(ends: ChildEnds, input: [UInt8], limits: ChildProcess.Limits) {
    self.ends = ends
    self.input = input
    self.limits = limits
    isInputOpen = ends.ours.input >= 0
  }

  /// What broke the exchange off, or nil when it came to its end.
  mutating func run() -> ProcessError.Reason? {
    let end = Self.monotonicSeconds() + limits.seconds
    while isOutputOpen || isErrorOutputOpen {
      if isInputOpen, written == input.count { closeInput() }
      // A negative descriptor is passed over by poll.
      var descriptors = [
        pollfd(fd: isInputOpen ? ends.ours.input : -1, events: Int16(POLLOUT), revents: 0),
        pollfd(fd: isOutputOpen ? ends.ours.output : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: isErrorOutputOpen ? ends.ours.errorOutput : -1, events: Int16(POLLIN), revents: 0),
      ]
      let count = unsafe poll(&descriptors, 3, 1_000)
      if count < 0, errno != EINTR { return .system(errno) }
      if let name = Interruption.name { return .interrupted(name) }
      if Self.monotonicSeconds() >= end { return .tooLong(limit: limits.seconds) }
      if count <= 0 { continue }
      if descriptors[0].revents != 0 { feed() }
      if descriptors[1].revents != 0 { isOutputOpen = Self.drain(ends.ours.output, into: &output) }
      if descriptors[2].revents != 0 { isErrorOutputOpen = Self.drain(ends.ours.errorOutput, into: &errorOutput) }
      if output.count + errorOutput.count > limits.outputBytes { return .tooMuchOutput(limit: limits.outputBytes) }
    }
    return nil
  }

  mutating func close() {
    if isInputOpen { closeInput() }
    Glibc.close(ends.ours.output)
    Glibc.close(ends.ours.errorOutput)
  }

  private mutating func closeInput() {
    Glibc.close(ends.ours.input)
    isInputOpen = false
  }

  /// A child that reads no further is no error: it decides what it needs.
  private mutating func feed() {
    let count = unsafe input.withUnsafeBytes { buffer in
      unsafe send(
        ends.ours.input, buffer.baseAddress?.advanced(by: written), buffer.count - written,
        Int32(MSG_NOSIGNAL))
    }
    if count > 0 {
      written += count
    } else if count < 0, errno != EAGAIN, errno != EINTR {
      closeInput()
    }
  }

  /// Reads what is there; false at the end.
  private static func drain(_ descriptor: Int32, into bytes: inout [UInt8]) -> Bool {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
    if count > 0 { bytes.append(contentsOf: chunk[..<count]) }
    return count > 0 || count < 0 && (errno == EAGAIN || errno == EINTR)
  }

  private static func monotonicSeconds() -> Int {
    var now = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    return now.tv_sec
  }
}
