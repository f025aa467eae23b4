/// Which shard looks at which target: the heaviest first, each to the shard with the least work so far.
///
/// The same targets and the same number of shards give the same assignment on every machine.
package enum ShardAssignment {
  /// The shard (from 0) of each target; the targets are in their order by name.
  package static func shards(of targets: [SweepTarget], count: Int) -> [Int] {
    let heaviestFirst = targets.indices.sorted { left, right in
      targets[left].weight != targets[right].weight ? targets[left].weight > targets[right].weight : left < right
    }
    var shards = [Int](repeating: 0, count: targets.count)
    var queue = LoadQueue(count: count)
    for index in heaviestFirst {
      // Looking at nothing is work too, so that targets without weight are spread as well.
      shards[index] = queue.add(max(1, targets[index].weight))
    }
    return shards
  }

  /// Shards by the work that they have, the least first: a binary heap, for fifty thousand targets and a thousand shards.
  private struct LoadQueue {
    private var heap: [(load: Int, shard: Int)]

    init(count: Int) {
      heap = (0..<max(1, count)).map { (0, $0) }
    }

    /// Gives work to the shard that has the least, the first of equals, and answers which that is.
    mutating func add(_ weight: Int) -> Int {
      let shard = heap[0].shard
      let (load, isTooMuch) = heap[0].load.addingReportingOverflow(weight)
      heap[0].load = isTooMuch ? Int.max : load
      sink()
      return shard
    }

    private mutating func sink() {
      var place = 0
      while true {
        var least = place
        for child in [2 * place + 1, 2 * place + 2] where child < heap.count && isLess(child, least) { least = child }
        if least == place { return }
        heap.swapAt(place, least)
        place = least
      }
    }

    private func isLess(_ left: Int, _ right: Int) -> Bool {
      (heap[left].load, heap[left].shard) < (heap[right].load, heap[right].shard)
    }
  }
}
