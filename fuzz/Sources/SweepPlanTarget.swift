import Formats
@testable import Rules

extension FuzzTarget {
  static let sweepPlan = FuzzTarget(
    name: "sweepplan", promise: "problems lie within; a plan that is read survives writing; its digest is its own"
  ) { bytes in
    let path = "plan.json"
    do throws(SweepPlanError) {
      let (plan, digest) = try SweepPlan.reading(bytes, path: path)
      expect(plan.targets.count == plan.shards.count, "targets without a shard")
      expect(plan.shards.allSatisfy { (0..<plan.shardCount).contains($0) }, "a shard that there is not")
      let document = plan.document()
      let again = try SweepPlan.reading(document, path: path)
      expect(again.plan == plan && again.plan.document() == document, "a plan that was written is read as another")
      expect(again.digest == "sha256:\(plan.digest)", "a plan that was written names another digest")
      let isWhole = (try? SweepPlan(bytes, path: path)) != nil
      expect(!isWhole || digest == again.digest, "a plan is taken whose digest is another")
      let isTakenBack = (try? SweepPlan(document, path: path)) != nil
      expect(isTakenBack || (try? plan.check()) == nil, "a plan that was written is refused")
    } catch {
      expect(!"\(error)".isEmpty, "nothing is said")
      guard case .malformed(_, let problems) = error else {
        expect(false, "'\(error)', and the digest was not looked at yet")
        return
      }
      let positions = PositionCheck(bytes)
      expect(!problems.isEmpty, "refused, and no problem is told")
      for problem in problems { positions.check(problem.position, "'\(problem.message)'") }
    }
  }
}
