/// Every command there is, in the order that help lists them.
enum CommandTable {
  static let all: [Command] = [
    .junitSummarize,
    .regex,
    .scan,
    .conformance,
    .gatesVerify,
    .gatesClosure,
    .schemaValidate,
  ]
}
