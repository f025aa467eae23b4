import Glibc

/// One reader under fire: it is fed any bytes, and must keep its promise.
struct FuzzTarget: Sendable {
  let name: String
  /// What is asserted besides "never traps, never hangs", in one line.
  let promise: String
  let run: @Sendable ([UInt8]) -> Void

  static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }

  static let all = [
    base64, classifier, findingLines, gitDiff, gitignore, glob, json, jsonLines, jsonSchema, junit, markdown,
    patternSet, policy, regex, rulePack, sha256, suppression, sweepPlan, time, ulid, xml, xsd, yaml,
  ]
}

/// Ends the process with a message when a promise is broken: libFuzzer then keeps the input.
func expect(_ holds: Bool, _ promise: @autoclosure () -> String) {
  guard !holds else { return }
  say("broken promise: \(promise())")
  abort()
}

/// Writes a line to standard error.
func say(_ line: String) {
  let bytes = Array(line.utf8) + [0x0A]
  _ = unsafe bytes.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
}
