import Formats

/// How a run of the binary ended and what it said.
package struct Outcome: CustomStringConvertible {
  package let status: Int32
  package let standardOutput: [UInt8]
  package let standardError: [UInt8]

  package var output: String { String(decoding: standardOutput, as: UTF8.self) }

  package var complaints: String { String(decoding: standardError, as: UTF8.self) }

  /// What stands on standard output, read as JSON.
  package func json() throws -> Value { try JSON.read(standardOutput) }

  package var description: String {
    "exit \(status)\n--- standard output\n\(output)\n--- standard error\n\(complaints)"
  }
}
