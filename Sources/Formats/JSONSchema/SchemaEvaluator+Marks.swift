/// What has been evaluated of the value in hand, for `unevaluatedItems` and `unevaluatedProperties`: one bit an item or
/// member, in regions of `marks`. A region is named by where it begins.
///
/// A region is opened for each schema that asks and for each branch that may fail; what a failed branch has marked is
/// dropped with its region, as the standard drops its annotations.
extension SchemaEvaluator {
  mutating func openRegion(_ instance: UInt32) -> Int {
    let start = marks.count
    marks.append(contentsOf: repeatElement(0, count: words(instance)))
    return start
  }

  /// Closes the last region; its marks are added to an outer one when they are to be kept.
  mutating func closeRegion(_ region: Int, into outer: Int, keeps: Bool) {
    if keeps, outer >= 0 {
      for offset in 0..<(marks.count - region) { marks[outer + offset] |= marks[region + offset] }
    }
    marks.removeLast(marks.count - region)
  }

  mutating func mark(_ index: Int, _ region: Int) {
    if region >= 0 { marks[region + index >> 6] |= 1 << UInt64(index & 63) }
  }

  mutating func markAll(_ count: Int, _ region: Int) {
    if region >= 0 {
      for index in 0..<count { mark(index, region) }
    }
  }

  func isMarked(_ index: Int, _ region: Int) -> Bool {
    marks[region + index >> 6] >> UInt64(index & 63) & 1 == 1
  }

  /// Applies a node in a region of its own, so that its marks count only if it matches.
  mutating func evaluateBranch(_ node: Int, _ instance: UInt32, _ region: Int) -> Bool {
    guard region >= 0 else { return evaluate(node, instance, region) }
    let own = openRegion(instance)
    let isValid = evaluate(node, instance, own)
    closeRegion(own, into: region, keeps: isValid)
    return isValid
  }

  private func words(_ instance: UInt32) -> Int {
    let record = storage.records[Int(instance)]
    switch record.kind {
    case .array: return (record.second + 63) >> 6
    case .object: return (record.second / 2 + 63) >> 6
    default: return 0
    }
  }
}
