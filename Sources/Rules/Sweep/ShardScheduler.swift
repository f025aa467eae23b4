/// How a scheduler tells a process which part of the work is its own: variables of the environment, as data.
package struct ShardScheduler: Sendable {
  /// What the first index of a scheduler is.
  enum Base: Sendable {
    /// Always this number.
    case fixed(Int)
    /// Variables tell the first index, the step from one to the next and, where there is one, the last index.
    case range(first: String, step: String, last: String?)
    /// Whoever submits the job chooses, and nothing tells.
    case chosen
  }

  /// How people call it.
  let name: String
  /// Holds the index.
  let index: String
  /// Holds the number of shards; nil where the scheduler does not tell.
  let total: String?
  let base: Base
  /// Values of the index that mean 'not one of several'.
  var indexOfNone: Set<String> = []
  /// The total stands alone in jobs that are not parallel, where it is 1.
  var hasTotalAlone = false

  /// Every scheduler that is known.
  static let all: [ShardScheduler] = [
    ShardScheduler(
      name: "auditor's own variables", index: "AUDITOR_SHARD_INDEX", total: "AUDITOR_SHARD_TOTAL", base: .fixed(0)),
    ShardScheduler(
      name: "GitLab", index: "CI_NODE_INDEX", total: "CI_NODE_TOTAL", base: .fixed(1), hasTotalAlone: true),
    ShardScheduler(name: "CircleCI", index: "CIRCLE_NODE_INDEX", total: "CIRCLE_NODE_TOTAL", base: .fixed(0)),
    ShardScheduler(
      name: "Buildkite", index: "BUILDKITE_PARALLEL_JOB", total: "BUILDKITE_PARALLEL_JOB_COUNT", base: .fixed(0)),
    ShardScheduler(
      name: "Bitbucket", index: "BITBUCKET_PARALLEL_STEP", total: "BITBUCKET_PARALLEL_STEP_COUNT", base: .fixed(0)),
    ShardScheduler(
      name: "Semaphore", index: "SEMAPHORE_CURRENT_JOB", total: "SEMAPHORE_JOB_COUNT", base: .fixed(1)),
    ShardScheduler(
      name: "a Kubernetes Indexed Job", index: "JOB_COMPLETION_INDEX", total: nil, base: .fixed(0)),
    ShardScheduler(
      name: "a Slurm array", index: "SLURM_ARRAY_TASK_ID", total: "SLURM_ARRAY_TASK_COUNT",
      base: .range(first: "SLURM_ARRAY_TASK_MIN", step: "SLURM_ARRAY_TASK_STEP", last: nil)),
    ShardScheduler(
      name: "an AWS Batch array", index: "AWS_BATCH_JOB_ARRAY_INDEX", total: "AWS_BATCH_JOB_ARRAY_SIZE",
      base: .fixed(0)),
    ShardScheduler(name: "a PBS array", index: "PBS_ARRAY_INDEX", total: nil, base: .chosen),
    ShardScheduler(name: "a Torque array", index: "PBS_ARRAYID", total: nil, base: .chosen),
    ShardScheduler(
      name: "an SGE array", index: "SGE_TASK_ID", total: nil,
      base: .range(first: "SGE_TASK_FIRST", step: "SGE_TASK_STEPSIZE", last: "SGE_TASK_LAST"),
      indexOfNone: ["undefined"]),
    ShardScheduler(name: "an LSF array", index: "LSB_JOBINDEX", total: nil, base: .chosen, indexOfNone: ["0"]),
    ShardScheduler(name: "HyperQueue", index: "HQ_TASK_ID", total: nil, base: .chosen),
    ShardScheduler(name: "Bazel", index: "TEST_SHARD_INDEX", total: "TEST_TOTAL_SHARDS", base: .fixed(0)),
  ]
}
