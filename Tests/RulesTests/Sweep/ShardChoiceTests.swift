import Rules
import Testing

@Suite struct ShardChoiceTests {
  /// Variables, the shard that they mean among seven, and a word of the origin.
  private static let told: [([String: String], Int, String)] = [
    (["CI_NODE_INDEX": "3", "CI_NODE_TOTAL": "7"], 3, "CI_NODE_INDEX=3"),
    (["CIRCLE_NODE_INDEX": "0", "CIRCLE_NODE_TOTAL": "7"], 1, "CircleCI"),
    (["BUILDKITE_PARALLEL_JOB": "6", "BUILDKITE_PARALLEL_JOB_COUNT": "7"], 7, "Buildkite"),
    (["BITBUCKET_PARALLEL_STEP": "1", "BITBUCKET_PARALLEL_STEP_COUNT": "7"], 2, "Bitbucket"),
    (["SEMAPHORE_CURRENT_JOB": "1", "SEMAPHORE_JOB_COUNT": "7"], 1, "Semaphore"),
    (["JOB_COMPLETION_INDEX": "4"], 5, "Kubernetes"),
    (
      [
        "SLURM_ARRAY_TASK_ID": "14", "SLURM_ARRAY_TASK_MIN": "10", "SLURM_ARRAY_TASK_STEP": "2",
        "SLURM_ARRAY_TASK_COUNT": "7",
      ], 3, "from 10, step 2"
    ),
    (["SLURM_ARRAY_TASK_ID": "0", "SLURM_ARRAY_TASK_MIN": "0", "SLURM_ARRAY_TASK_COUNT": "7"], 1, "Slurm"),
    (["AWS_BATCH_JOB_ARRAY_INDEX": "2", "AWS_BATCH_JOB_ARRAY_SIZE": "7"], 3, "AWS"),
    (
      ["SGE_TASK_ID": "7", "SGE_TASK_FIRST": "1", "SGE_TASK_LAST": "7", "SGE_TASK_STEPSIZE": "1"], 7, "SGE"
    ),
    (["TEST_SHARD_INDEX": "5", "TEST_TOTAL_SHARDS": "7"], 6, "Bazel"),
    (["AUDITOR_SHARD_INDEX": "6", "AUDITOR_SHARD_TOTAL": "7"], 7, "AUDITOR_SHARD_INDEX=6"),
    // A GitLab job that is not parallel, and an SGE job that is no array, say nothing.
    (["CI_NODE_TOTAL": "1", "JOB_COMPLETION_INDEX": "1"], 2, "Kubernetes"),
    (["SGE_TASK_ID": "undefined", "LSB_JOBINDEX": "0", "JOB_COMPLETION_INDEX": "0"], 1, "Kubernetes"),
  ]

  @Test(arguments: told) func `a scheduler tells`(environment: [String: String], number: Int, origin: String) throws {
    let choice = try ShardChoice.read("auto", base: nil, count: 7, environment: environment)
    #expect(choice.shard == Shard(number: number, count: 7))
    #expect(choice.origin.contains(origin), "\(choice.origin)")
  }

  @Test(arguments: ["PBS_ARRAY_INDEX", "PBS_ARRAYID", "LSB_JOBINDEX", "HQ_TASK_ID"])
  func `where the first index is chosen by people it has to be said`(variable: String) throws {
    #expect(throws: ShardProblem.self) {
      try ShardChoice.read("auto", base: nil, count: 7, environment: [variable: "1"])
    }
    let choice = try ShardChoice.read("auto", base: 1, count: 7, environment: [variable: "7"])
    #expect(choice.shard.number == 7)
  }

  /// Variables, and a word of what is said about them.
  private static let refused: [([String: String], String)] = [
    ([:], "none of AUDITOR_SHARD_INDEX, CI_NODE_INDEX"),
    (["CI_NODE_INDEX": "", "CI_NODE_TOTAL": ""], "none of"),
    (["CI_NODE_TOTAL": "1"], "none of"),
    (["CI_NODE_INDEX": "1", "CI_NODE_TOTAL": "7", "JOB_COMPLETION_INDEX": "0"], "both set"),
    (["CI_NODE_TOTAL": "7"], "CI_NODE_INDEX is not"),
    (["CI_NODE_INDEX": "2"], "CI_NODE_TOTAL is not"),
    (["CI_NODE_INDEX": "0", "CI_NODE_TOTAL": "7"], "none of the plan's 7 shards"),
    (["CI_NODE_INDEX": "8", "CI_NODE_TOTAL": "7"], "none of the plan's 7 shards"),
    (["CI_NODE_INDEX": "1", "CI_NODE_TOTAL": "4"], "the plan has 7"),
    (["JOB_COMPLETION_INDEX": "7"], "none of the plan's 7 shards"),
    (["JOB_COMPLETION_INDEX": "-1"], "not a whole number"),
    (["JOB_COMPLETION_INDEX": "one"], "not a whole number"),
    (["JOB_COMPLETION_INDEX": "99999999999999999999"], "not a whole number"),
    (["SLURM_ARRAY_TASK_ID": "3"], "--shard-base"),
    // A part of an array that was submitted again: 3 is the first of it, and not the first shard.
    (["SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_TASK_MIN": "3", "SLURM_ARRAY_TASK_COUNT": "2"], "the plan has 7"),
    (
      [
        "SLURM_ARRAY_TASK_ID": "4", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_STEP": "2",
        "SLURM_ARRAY_TASK_COUNT": "7",
      ], "step 2"
    ),
    (["SGE_TASK_ID": "1", "SGE_TASK_FIRST": "1", "SGE_TASK_LAST": "4"], "the plan has 7"),
  ]

  @Test(arguments: refused) func `what is not said is never guessed`(environment: [String: String], word: String) {
    let error = #expect(throws: ShardProblem.self) {
      try ShardChoice.read("auto", base: nil, count: 7, environment: environment)
    }
    #expect(error?.description.contains(word) ?? false, "\(String(describing: error))")
  }

  @Test func `a part of an array can be submitted again with a base`() throws {
    let environment = ["SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_TASK_MIN": "3", "SLURM_ARRAY_TASK_COUNT": "2"]
    #expect(try ShardChoice.read("auto", base: 0, count: 7, environment: environment).shard.number == 4)
    #expect(throws: ShardProblem.otherBase("JOB_COMPLETION_INDEX", name: "a Kubernetes Indexed Job", first: 0)) {
      try ShardChoice.read("auto", base: 1, count: 7, environment: ["JOB_COMPLETION_INDEX": "3"])
    }
  }

  @Test(arguments: [("1/7", nil, 1), ("7/7", nil, 7), ("0/7", 0, 1), ("6/7", 0, 7), ("1/7", 1, 1)])
  func `a shard that is written down`(text: String, base: Int?, number: Int) throws {
    #expect(try ShardChoice.read(text, base: base, count: 7, environment: [:]).shard.number == number)
  }

  @Test(arguments: ["0/7", "8/7", "1/4", "3", "a/7", "1/7/7", "", "AUTO"])
  func `a shard that is none`(text: String) {
    #expect(throws: ShardProblem.self) { try ShardChoice.read(text, base: nil, count: 7, environment: [:]) }
  }
}
