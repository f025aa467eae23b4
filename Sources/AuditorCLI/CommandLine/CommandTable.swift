/// Every command there is, in the order that help lists them.
enum CommandTable {
  static let all: [Command] = [
    .audit,
    .scan,
    .dod,
    .drift,
    .run,
    .gatesVerify,
    .gatesClosure,
    .contractsLint,
    .schemaValidate,
    .reality,
    .rulesList,
    .rulesExplain,
    .rulesTest,
    .parse,
    .hash,
    .junitSummarize,
    .regex,
    .glob,
    .timeParse,
    .ulidCheck,
    .completions,
    .manual,
    .conformance,
  ]
}
