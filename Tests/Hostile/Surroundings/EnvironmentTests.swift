import EndToEnd
import Testing

/// Variables, homes and clocks that are not as usual.
@Suite struct EnvironmentTests {
  private static func with(_ variables: [String: String]) -> HostileRun { HostileRun.scan().environment(variables) }

  static let cases = [
    HostileCase(
      "locales", [:], with(["LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"]), with(["LC_ALL": "C"]),
      with(["LC_ALL": "POSIX", "LANG": ""]), with(["LC_ALL": "xx_YY.nothing", "LANGUAGE": "../../x"]),
      HostileRun.audit().environment(["LC_ALL": "tr_TR.UTF-8"])),
    HostileCase(
      "time zones and clocks", [:], with(["TZ": "Pacific/Kiritimati"]), with(["TZ": "/dev/zero"]),
      with(["SOURCE_DATE_EPOCH": "0"]), HostileRun.audit().environment(["SOURCE_DATE_EPOCH": "-62135596800"]),
      HostileRun.audit().environment(["SOURCE_DATE_EPOCH": "99999999999999999999"]),
      HostileRun.audit().environment(["SOURCE_DATE_EPOCH": "253402300800"]),
      HostileRun.audit().environment(["SOURCE_DATE_EPOCH": "today"])),
    HostileCase("files of the future and of long ago", .scan(), .scan()) { workspace in
      for (path, time) in [("aa/planted.py", "209901010000"), ("zz/planted.py", "190101010000")] {
        _ = try workspace.start(["touch", "-t", time, path])
      }
    },
    HostileCase(
      "a clock that goes back", [:], HostileRun.audit().environment(["SOURCE_DATE_EPOCH": "2000000000"]),
      HostileRun.audit().environment(["SOURCE_DATE_EPOCH": "1000000000"])),
    HostileCase(
      "homes that are none", ["../file": "", "../home/.cache": ""], HostileRun.scan().through("env", "-u", "HOME"),
      with(["HOME": ""]),
      with(["HOME": "relative"]), with(["HOME": "/nowhere/at/all"]), with(["HOME": "/dev/null"]),
      with(["HOME": "/proc/self/fd"]), with([:])),
    HostileCase(
      "caches in odd places", ["../loop": .link(to: "loop"), "../fifo/auditor": .fifo],
      with(["XDG_CACHE_HOME": "/dev/null"]), with(["XDG_CACHE_HOME": "/proc"]),
      with(["XDG_CACHE_HOME": String(repeating: "/x", count: 4_000)])),
    HostileCase("a home that may not be written to", .scan()) { workspace in
      workspace.setMode(0o555, of: "../home")
    }.unprivileged,
    HostileCase(
      "no programs, and odd ones", ["git": "#!/bin/sh\ntouch ../sprung\n"], HostileRun.scan().through("env", "PATH="),
      HostileRun.audit().through("env", "PATH=/nowhere").expecting(.findsAtLeast),
      HostileRun.scan().through("env", "PATH=.:/usr/bin:/bin")),
    HostileCase(
      "terminals that are none", [:], with(["TERM": "", "COLUMNS": "-1"]),
      with(["TERM": String(repeating: "x", count: 100_000)]),
      HostileRun.command("scan", answering: [1], saying: Planted.rule).environment([
        "COLUMNS": "99999999999999999999", "LINES": "0",
      ])),
    HostileCase(
      "git's own variables", [:],
      with([
        "GIT_DIR": "/nowhere", "GIT_WORK_TREE": "/", "GIT_INDEX_FILE": "/dev/zero",
        "GIT_EXTERNAL_DIFF": "touch ../sprung",
      ]),
      HostileRun.audit().environment(["GIT_DIR": "../outside", "GIT_TRACE": "../sprung", "GIT_TRACE2": "/dev/full"])),
    HostileCase(
      "variables that hold anything", [:],
      HostileRun.scan().after("export X=$(printf '\\377\\376\\033[2J') Y=$(head -c 100000 /dev/zero | tr '\\0' y)")),
  ]

  @Test(arguments: cases) func `keeps every promise`(_ example: HostileCase) throws { try example.check() }
}
