import Auditor
import Formats
import Reports
import Rules

/// The options of whatever signs or checks signatures.
enum AttestFlags {
  static let sign = Flag(
    "sign", .value("KEY"), help: "Sign with this private SSH key, or the agent's key for this public one")
  static let allowedSigners = Flag(
    "allowed-signers", .value("FILE"), help: "Whose keys are believed: lines of 'who key-type key', as ssh-keygen reads"
  )
  static let identity = Flag("identity", .value("NAME"), help: "Only this one of the allowed signers will do")
}

extension Command {
  /// A run as a statement.
  static let attestTestResult = Command(
    ["attest", "test-result"], summary: "Audit a tree and state the result in in-toto's words",
    description: """
      Audits PATH (default: the working directory) as 'auditor audit' does, writes no report, and prints an in-toto \
      statement of the type test-result about the commit that is checked out: each rule, phase, gate, contract and bundle \
      is a test that passed, warned or failed. Outside of git it is about every file that decided something. With --sign \
      the statement is printed in a DSSE envelope, signed by ssh-keygen. The exit status tells whether there is a \
      statement, not what it says; what could not be judged is never attested (exit status 4).
      """,
    operands: .optional("PATH"), flags: Arguments.auditFlags + [AttestFlags.sign],
    examples: [
      Example("auditor attest test-result > result.json", "the statement"),
      Example("auditor attest test-result --sign ~/.ssh/id_ed25519 > result.intoto.jsonl", "the same, signed"),
    ]
  ) { arguments, console in
    let environment = processEnvironment()
    let root = arguments.operands.first ?? "."
    let run = try arguments.auditRequest(
      root: root, reports: "\(root)/reports", time: ReportTime(environment: environment), environment: environment
    ).run(console)
    for gap in run.unevaluated { console.complain(gap) }
    let target = try arguments.ledgerTarget(of: root)
    let statement = try TestResultStatement(run, target: target)
    if let key = arguments.value(AttestFlags.sign) {
      console.write(
        exactly: try Signing(environment: environment).envelope(Statement.payloadType, statement.bytes, key: key).bytes)
    } else {
      console.write(statement.bytes)
    }
    return .clean
  }

  /// A signed statement, checked.
  static let attestVerify = Command(
    ["attest", "verify"], summary: "Check a signed statement against allowed signers",
    description: """
      Checks that somebody in --allowed-signers signed ENVELOPE (DSSE, as 'signoff --sign', 'attest test-result --sign' \
      and 'ledger anchor --sign' write it), and prints what it says. With --subject it has to be about that file: \
      one of its subjects has the file's SHA-256. Exit status: 0 it holds, 1 it does not, 4 it cannot be read.
      """,
    operands: .one("ENVELOPE"),
    flags: [AttestFlags.allowedSigners, AttestFlags.identity, subject, .json],
    examples: [
      Example("auditor attest verify --allowed-signers signers phase_7.intoto.jsonl", "who signed what"),
      Example(
        "auditor attest verify --allowed-signers signers --identity ops@example.org --subject report.json s.intoto.jsonl",
        "this signer, about this report"),
    ]
  ) { arguments, console in
    let path = arguments.operands[0]
    let signers = try arguments.required(AttestFlags.allowedSigners)
    let digest = try arguments.value(subject).map { SHA256.digest(try FileReader.read($0)).hex }
    let envelope = try Signing.read(path)
    let check = try Signing(environment: processEnvironment()).check(
      envelope, allowedSigners: signers, identity: arguments.value(AttestFlags.identity))
    let verdict = EnvelopeVerdict(envelope, signer: check.signer, refusal: check.refusal, wantedSHA256: digest)
    if arguments.wantsJSON { console.write(verdict.json) } else { console.tell(verdict.text) }
    return verdict.holds ? .clean : .findings
  }

  private static let subject = Flag("subject", .value("FILE"), help: "The statement has to be about this file")
}

/// Envelopes with signatures that ssh-keygen makes and checks.
struct Signing {
  private let program: SSHKeygen

  init(environment: [String: String]) { program = SSHKeygen(environment: environment) }

  func envelope(_ payloadType: String, _ payload: [UInt8], key: String) throws -> Envelope {
    let signature = try program.sign(Envelope.signedBytes(payloadType: payloadType, payload: payload), key: key)
    return Envelope(payloadType: payloadType, payload: payload, signatures: [signature])
  }

  /// Who signed it, or why it does not hold.
  func check(
    _ envelope: Envelope, allowedSigners: String, identity: String?
  ) throws -> (signer: String?, refusal: String?) {
    var refusal: String?
    for signature in envelope.signatures {
      switch try program.check(
        signature, of: envelope.signedBytes, allowedSigners: allowedSigners, identity: identity)
      {
      case .signed(let signer): return (signer, nil)
      case .refused(let reason): refusal = reason
      }
    }
    return (nil, refusal)
  }

  static func read(_ path: String) throws -> Envelope {
    do {
      return try Envelope(try FileReader.read(path))
    } catch let error as Envelope.Malformed {
      throw Envelope.Malformed(path: path, error)
    }
  }
}
