import Glibc
import Rules

signal(SIGPIPE, SIG_IGN)
exit(
  Tool(commands: CommandTable.all)
    .run(Array(CommandLine.arguments.dropFirst()), environment: processEnvironment()).rawValue)
