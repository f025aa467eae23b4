extension MarkdownDocument {
  /// A heading and what stands below it, up to the next heading of its level or a higher one.
  ///
  /// Only headings of the document itself divide it: one in a block quote or a list item belongs to the section around it.
  public struct Section: Sendable, Hashable {
    /// The heading: an index of `headings`.
    public let heading: Int
    /// The section that holds this one: an index of `sections`.
    public let parent: Int?
    /// The blocks below the heading, subsections included: a range of `blocks`.
    public let blocks: Range<Int>
    /// The blocks below the heading up to the first subsection.
    public let ownBlocks: Range<Int>
  }

  /// The sections of the document, in document order.
  public var sections: [Section] {
    let tops = headings.indices.filter { blocks[headings[$0].block].parent == 0 }
    var parents: [Int?] = []
    var ends = [Int](repeating: blocks.count, count: tops.count)
    var open: [Int] = []
    for (place, heading) in tops.enumerated() {
      while let last = open.last, headings[tops[last]].level >= headings[heading].level {
        ends[last] = headings[heading].block
        open.removeLast()
      }
      parents.append(open.last)
      open.append(place)
    }
    return tops.enumerated().map { place, heading in
      let first = headings[heading].block + 1
      let next = place + 1 < tops.count ? headings[tops[place + 1]].block : blocks.count
      return Section(
        heading: heading, parent: parents[place], blocks: first..<ends[place], ownBlocks: first..<next)
    }
  }
}
