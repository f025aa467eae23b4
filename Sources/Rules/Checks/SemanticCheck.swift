/// Analyses with code of their own, named in packs by `check:`.
package enum SemanticCheck: String, Sendable, CaseIterable {
  /// A positive verdict that nothing can turn negative.
  case constantVerdict = "constant-verdict"
  /// A check that confirms itself.
  case selfConfirming = "self-confirming"
  /// Activity events that are written without the work.
  case forgedChain = "forged-chain"
  /// A document that says a verdict and holds no evidence.
  case assertedEvidence = "asserted-evidence"
  /// An assertion that holds whatever the program does.
  case constantAssertion = "constant-assertion"
  /// An assertion whose failure is caught and dropped.
  case swallowedAssertion = "swallowed-assertion"
  /// A test that asserts nothing.
  case noAssertion = "no-assertion"
  /// A skipped test without a reason.
  case unexplainedSkip = "unexplained-skip"
  /// A test whose exit status goes nowhere.
  case ignoredStatus = "ignored-status"
  /// A step of a workflow that runs tests and may fail.
  case toleratedTest = "tolerated-test"
  /// Any other step of a workflow that may fail.
  case toleratedStep = "tolerated-step"
  /// A stand-in in production code or a harness.
  case standIn = "stand-in"
  /// A stand-in in a demonstration.
  case demonstratedStandIn = "demonstrated-stand-in"
  /// A decision that depends on when it is taken, without a record of the reading.
  case wallclockDecision = "wallclock-decision"
  /// An identity or an event time that is made from the clock.
  case wallclockIdentity = "wallclock-identity"

  /// What a file has to hold for the analysis to be worth its while: of each list one pattern (in RE2 syntax) has to match on
  /// some line, and in each pattern every alternative has a literal of two bytes or more. The nearer they are to what the
  /// analysis looks for, the fewer files have to be taken apart.
  package var triggers: [[String]] {
    switch self {
    case .constantVerdict: [ConstantVerdict.triggers]
    case .selfConfirming: [SelfConfirming.triggers, [SelfConfirming.outcome]]
    case .forgedChain: [["verified"]]
    case .assertedEvidence: [["PROVEN|VERIFIED|PASS|GREEN|verified|proven|passed"]]
    case .constantAssertion: [AssertionChecks.constantTriggers]
    case .swallowedAssertion: [["assert|Assert|expect|fail"], [#"\b(?:except|catch|rescue)\b"#]]
    case .noAssertion: [[#"test|Test|Fact|specify|describe|\bit\("#]]
    case .unexplainedSkip:
      [["skip|Skip|ignore|Ignore|isabled|xfail|expectedFailure|xit|xdescribe|xtest|xcontext"]]
    case .ignoredStatus:
      [
        [
          "test|tox|nox|jest|mocha|ctest|bats|rspec|phpunit|verif|validat|prove|smoke|e2e|playwright|cypress|karma|check"
        ],
        [ExitStatusChecks.dropping, ExitStatusChecks.starting],
      ]
    case .toleratedTest, .toleratedStep: [["continue-on-error|allow_failure|continueOnError"]]
    case .standIn, .demonstratedStandIn: [MockInReality.triggers]
    case .wallclockDecision, .wallclockIdentity: [[ClockReads.trigger]]
    }
  }

  /// What a line that a trigger matches also has to be to bring the analysis to a file, where no pattern can say it.
  package static func lineTest(ofTrigger trigger: String) -> (@Sendable (Span<UInt8>) -> Bool)? {
    guard trigger == AssertionChecks.comparing else { return nil }
    return { line in SameSides.mayStand(on: line) }
  }

  /// The bytes that findings are about.
  func spans(in judged: JudgedFile) -> [Range<Int>] {
    switch self {
    case .constantVerdict: ConstantVerdict(judged: judged).spans()
    case .selfConfirming: SelfConfirming(judged: judged).spans()
    case .forgedChain: ForgedChain(judged: judged).spans()
    case .assertedEvidence: AssertedEvidence(judged: judged).spans()
    case .constantAssertion: AssertionChecks(judged: judged).constants()
    case .swallowedAssertion: AssertionChecks(judged: judged).swallowed()
    case .noAssertion: TestChecks(judged: judged).withoutAssertion()
    case .unexplainedSkip: TestChecks(judged: judged).unexplainedSkips()
    case .ignoredStatus: ExitStatusChecks(judged: judged).ignored()
    case .toleratedTest: WorkflowChecks(judged: judged).tolerated(tests: true)
    case .toleratedStep: WorkflowChecks(judged: judged).tolerated(tests: false)
    case .standIn: MockInReality(judged: judged).spans(inDemonstrations: false)
    case .demonstratedStandIn: MockInReality(judged: judged).spans(inDemonstrations: true)
    case .wallclockDecision: WallclockDecision(judged: judged).decisions()
    case .wallclockIdentity: WallclockDecision(judged: judged).identities()
    }
  }
}
