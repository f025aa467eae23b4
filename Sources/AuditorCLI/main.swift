import Glibc
import Rules

// A reader that goes away, and a limit on the size of files, are errors of a write and no end.
signal(SIGPIPE, SIG_IGN)
signal(SIGXFSZ, SIG_IGN)
keepStandardDescriptors()
exit(
  Tool(commands: CommandTable.all)
    .run(Array(CommandLine.arguments.dropFirst()), environment: processEnvironment()).rawValue)

/// A standard descriptor that came closed would be given to the next file that is opened, and what is printed would end
/// up in it.
private func keepStandardDescriptors() {
  for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
    _ = unsafe open("/dev/null", O_RDWR)
  }
}
