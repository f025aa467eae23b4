import Formats

/// Signs and checks with `ssh-keygen -Y`: the keys that people have already, and a file that says whose they are.
package struct SSHKeygen: Sendable {
  /// What signatures are made for, so that one made for something else is no good here.
  package static let namespace = "auditor-attestation"

  private static let armorBegin = "-----BEGIN SSH SIGNATURE-----"
  private static let armorEnd = "-----END SSH SIGNATURE-----"
  private static let armorWidth = 70

  /// Why there is no signature, or none that holds.
  package enum Failure: Error, Sendable, CustomStringConvertible {
    /// The key cannot be used.
    case notSigned(key: String, String)
    /// The program cannot be run.
    case process(ProcessError)
    /// What is needed beside it cannot be read or written.
    case file(FileError)

    /// What to do about it.
    package var description: String {
      switch self {
      case .notSigned(let key, let message): "\(key): cannot sign: \(message)"
      case .process(let error): "\(error)"
      case .file(let error): "\(error)"
      }
    }
  }

  /// What a check came to.
  package enum Check: Sendable, Hashable {
    /// One of the allowed signers signed exactly this: who.
    case signed(by: String)
    /// Nobody who is allowed did, and what ssh-keygen says.
    case refused(String)
  }

  private let environment: [String: String]

  /// Runs the program in this environment; an agent is used where it names one.
  package init(environment: [String: String]) {
    self.environment = environment.merging(["LC_ALL": "C"]) { $1 }
  }

  /// The signature of a message by a private key, or by the agent's for a public one.
  package func sign(_ message: [UInt8], key: String) throws(Failure) -> [UInt8] {
    let outcome = try run(["-Y", "sign", "-q", "-f", key, "-n", Self.namespace], input: message)
    guard outcome.status == 0, let signature = Self.disarmed(outcome.output) else {
      throw .notSigned(key: key, Self.firstLine(outcome.errorOutput))
    }
    return signature
  }

  /// Whether an allowed signer signed a message: `identity`, or whoever has the key.
  ///
  /// - Parameter allowedSigners: a file as `ssh-keygen` reads it: a line for each, `who key-type key`.
  package func check(
    _ signature: [UInt8], of message: [UInt8], allowedSigners: String, identity: String?
  ) throws(Failure) -> Check {
    // A file that is not there would be told as a signature that does not hold.
    do { _ = try FileReader.read(allowedSigners) } catch { throw .file(error) }
    let folder: PrivateFolder
    do { folder = try PrivateFolder(for: "signature", environment: environment) } catch { throw .file(error) }
    defer { folder.remove() }
    let path = "\(folder.path)/signature"
    do { try AtomicFile.write(Self.armored(signature), to: path) } catch { throw .file(error) }
    var identities = identity.map { [$0] } ?? []
    if identities.isEmpty {
      let found = try run(["-Y", "find-principals", "-s", path, "-f", allowedSigners], input: [])
      identities = found.output.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
      if found.status != 0 || identities.isEmpty {
        return .refused("the key that signed it belongs to nobody in \(allowedSigners)")
      }
    }
    var said = ""
    for identity in identities {
      let outcome = try run(
        ["-Y", "verify", "-f", allowedSigners, "-I", identity, "-n", Self.namespace, "-s", path], input: message)
      if outcome.status == 0 { return .signed(by: identity) }
      said = Self.firstLine(outcome.errorOutput.isEmpty ? outcome.output : outcome.errorOutput)
    }
    return .refused(said)
  }

  private func run(_ arguments: [String], input: [UInt8]) throws(Failure) -> ChildProcess.Outcome {
    do { return try ChildProcess.run("ssh-keygen", arguments, environment: environment, input: input) } catch {
      throw .process(error)
    }
  }

  /// The signature between the lines that mark it.
  private static func disarmed(_ text: [UInt8]) -> [UInt8]? {
    let lines = text.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    guard let first = lines.firstIndex(of: armorBegin), let last = lines.firstIndex(of: armorEnd), first < last else {
      return nil
    }
    return Base64.decode(lines[(first + 1)..<last].joined())
  }

  private static func armored(_ signature: [UInt8]) -> [UInt8] {
    let digits = Array(Base64.encode(signature).utf8)
    var lines = [armorBegin]
    for start in stride(from: 0, to: digits.count, by: armorWidth) {
      lines.append(String(decoding: digits[start..<min(start + armorWidth, digits.count)], as: UTF8.self))
    }
    return Array((lines + [armorEnd, ""]).joined(separator: "\n").utf8)
  }

  private static func firstLine(_ bytes: [UInt8]) -> String {
    GitRepository.firstLine(String(decoding: bytes, as: UTF8.self))
  }
}
