import Formats

/// How a run of the binary ended and what it said.
struct Outcome: CustomStringConvertible {
  let status: Int32
  let standardOutput: [UInt8]
  let standardError: [UInt8]

  var output: String { String(decoding: standardOutput, as: UTF8.self) }

  var complaints: String { String(decoding: standardError, as: UTF8.self) }

  /// What stands on standard output, read as JSON.
  func json() throws -> Value { try JSON.read(standardOutput) }

  var description: String { "exit \(status)\n--- standard output\n\(output)\n--- standard error\n\(complaints)" }
}
