import Glibc

/// The three connections between this process and a child: `ours` stay here, `theirs` become its standard descriptors.
struct ChildEnds {
  let ours: (input: Int32, output: Int32, errorOutput: Int32)
  let theirs: (input: Int32, output: Int32, errorOutput: Int32)

  /// Opens them, none of which leaks into other children.
  static func open(for program: String) throws(ProcessError) -> ChildEnds {
    var input: [Int32] = [-1, -1]
    var output: [Int32] = [-1, -1]
    var errorOutput: [Int32] = [-1, -1]
    // Sockets: a write into one can be told not to raise SIGPIPE when the child has gone, and none ever leaks.
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard unsafe socketpair(AF_UNIX, kind, 0, &input) == 0, unsafe socketpair(AF_UNIX, kind, 0, &output) == 0,
      unsafe socketpair(AF_UNIX, kind, 0, &errorOutput) == 0
    else {
      let code = errno
      for descriptor in input + output + errorOutput where descriptor >= 0 { Glibc.close(descriptor) }
      throw ProcessError(program: program, reason: .system(code))
    }
    let ends = ChildEnds(
      ours: (input[0], output[0], errorOutput[0]), theirs: (input[1], output[1], errorOutput[1]))
    for descriptor in [ends.ours.input, ends.ours.output, ends.ours.errorOutput] {
      _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }
    return ends
  }

  func closeTheirs() {
    for descriptor in [theirs.input, theirs.output, theirs.errorOutput] { Glibc.close(descriptor) }
  }

  func closeAll() {
    closeTheirs()
    for descriptor in [ours.input, ours.output, ours.errorOutput] { Glibc.close(descriptor) }
  }
}
