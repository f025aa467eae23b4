import Glibc

/// The three connections between this process and a child: `ours` stay here, `theirs` become its standard descriptors.
struct ChildEnds {
  let ours: (input: Int32, output: Int32, errorOutput: Int32)
  let theirs: (input: Int32, output: Int32, errorOutput: Int32)

  /// Opens them, closed on exec. Without input the child reads the null device, and `ours.input` is -1.
  static func open(for program: String, hasInput: Bool) throws(ProcessError) -> ChildEnds {
    var input: [Int32] = [-1, -1]
    var output: [Int32] = [-1, -1]
    var errorOutput: [Int32] = [-1, -1]
    if hasInput {
      // A socket, because a write into it can be told not to raise SIGPIPE when the child has gone.
      unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &input)
    } else {
      input[1] = unsafe Glibc.open("/dev/null", O_RDONLY)
    }
    // Pipes, because programs open /dev/stdout and /dev/stderr, and a socket cannot be opened.
    guard input[1] >= 0, unsafe pipe(&output) == 0, unsafe pipe(&errorOutput) == 0 else {
      let code = errno
      for descriptor in input + output + errorOutput where descriptor >= 0 { Glibc.close(descriptor) }
      throw ProcessError(program: program, reason: .system(code))
    }
    for descriptor in input + output + errorOutput { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    for descriptor in [input[0], output[0], errorOutput[0]] { _ = fcntl(descriptor, F_SETFL, O_NONBLOCK) }
    return ChildEnds(ours: (input[0], output[0], errorOutput[0]), theirs: (input[1], output[1], errorOutput[1]))
  }

  func closeTheirs() {
    for descriptor in [theirs.input, theirs.output, theirs.errorOutput] { Glibc.close(descriptor) }
  }

  func closeAll() {
    closeTheirs()
    for descriptor in [ours.input, ours.output, ours.errorOutput] where descriptor >= 0 { Glibc.close(descriptor) }
  }
}
