/// Every command there is, in the order that help lists them.
enum CommandTable {
  static let all: [Command] = [
    .gatesVerify,
    .gatesClosure,
    .glob,
    .hash,
    .dod,
    .audit,
    .junitSummarize,
    .regex,
    .scan,
    .schemaValidate,
    .timeParse,
    .ulidCheck,
    .conformance,
  ]
}
