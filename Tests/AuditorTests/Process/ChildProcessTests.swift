import Auditor
import Testing

@Suite("Child processes")
struct ChildProcessTests {
  private let environment = ["PATH": "/usr/bin:/bin"]

  @Test("get their input and environment, and give status and both outputs")
  func exchange() throws {
    let outcome = try ChildProcess.run(
      "sh", ["-c", "cat; echo $WORD >&2; exit 7"], environment: environment.merging(["WORD": "w"]) { $1 },
      input: Array("in".utf8))
    #expect(outcome.status == 7)
    #expect(outcome.output == Array("in".utf8))
    #expect(outcome.errorOutput == Array("w\n".utf8))
  }

  @Test("neither stall on full pipes nor lose a byte")
  func full() throws {
    let input = [UInt8](repeating: 0x61, count: 3 << 20)
    let outcome = try ChildProcess.run(
      "sh", ["-c", "tee /dev/stderr"], environment: environment, input: input)
    // Compared outside of the macro, which would look for the difference of millions of bytes.
    let (isOutputWhole, isErrorOutputWhole) = (outcome.output == input, outcome.errorOutput == input)
    #expect(isOutputWhole)
    #expect(isErrorOutputWhole)
  }

  @Test("may leave their input unread, or be ended by a signal")
  func unread() throws {
    let input = [UInt8](repeating: 0x61, count: 3 << 20)
    #expect(try ChildProcess.run("true", [], environment: environment, input: input).status == 0)
    #expect(try ChildProcess.run("sh", ["-c", "kill -9 $$"], environment: environment).status == 137)
  }

  @Test("are found only in absolute folders of PATH")
  func lookup() throws {
    #expect(throws: ProcessError(program: "true", reason: .notFound)) {
      try ChildProcess.run("true", [], environment: ["PATH": ".:bin:"])
    }
    #expect(throws: ProcessError(program: "/absent/program", reason: .system(2))) {
      try ChildProcess.run("/absent/program", [], environment: environment)
    }
  }

  @Test("are ended when they write or take too much")
  func limits() throws {
    var limits = ChildProcess.Limits()
    limits.outputBytes = 1 << 16
    #expect(throws: ProcessError(program: "yes", reason: .tooMuchOutput(limit: 1 << 16))) {
      try ChildProcess.run("yes", [], environment: environment, limits: limits)
    }
    limits.seconds = 1
    #expect(throws: ProcessError(program: "sleep", reason: .tooLong(limit: 1))) {
      try ChildProcess.run("sleep", ["60"], environment: environment, limits: limits)
    }
  }
}
