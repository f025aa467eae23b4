import Glibc

/// The target named by `AUDITOR_FUZZ_TARGET`. It comes from the environment, because the arguments are libFuzzer's, which
/// starts itself again with them (`-minimize_crash=1`); `fuzz/run.sh` sets it.
private let chosen: FuzzTarget = {
  let name = unsafe getenv("AUDITOR_FUZZ_TARGET").map { unsafe String(cString: $0) }
  if let target = name.flatMap(FuzzTarget.named) { return target }
  say("AUDITOR_FUZZ_TARGET must name one of these targets:")
  for target in FuzzTarget.all { say("  \(target.name): \(target.promise)") }
  exit(64)
}()

/// What libFuzzer, whose `main` this program has, calls for each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  chosen.run(unsafe Array(UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}
