import Auditor
import Glibc

/// The library that makes system calls of `auditor` fail, compiled once a run of the tests.
struct FaultShim: Sendable {
  /// The compiled library.
  let path: String

  /// Compiled by the toolchain's C compiler, or whichever there is.
  static let shared: Result<FaultShim, any Error> = Result { try compile() }

  struct NotCompiled: Error, CustomStringConvertible {
    let description: String
  }

  private static func compile() throws -> FaultShim {
    let source = #filePath.split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" } + "/Shim/faults.c"
    let folder = try TemporaryTree.make()
    let search = getenv("PATH").map { String(cString: $0) } ?? ""
    for compiler in ["clang", "cc", "gcc"] {
      let words = ["-shared", "-fPIC", "-O1", "-o", "\(folder)/faults.so", source, "-ldl"]
      let outcome: ChildProcess.Outcome
      do throws(ProcessError) {
        outcome = try ChildProcess.run(compiler, words, environment: ["PATH": search])
      } catch {
        if case .notFound = error.reason { continue }
        throw error
      }
      guard outcome.status == 0 else {
        throw NotCompiled(description: "\(compiler): \(String(decoding: outcome.errorOutput, as: UTF8.self))")
      }
      return FaultShim(path: "\(folder)/faults.so")
    }
    throw NotCompiled(description: "there is no C compiler: neither clang nor cc nor gcc is in PATH")
  }
}
