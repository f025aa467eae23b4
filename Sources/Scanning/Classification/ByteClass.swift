/// What a byte of a source file is to a reader of the program.
public enum ByteClass: UInt8, Sendable, CaseIterable {
  /// The program itself, and everything in a file of an unknown language.
  case code
  /// A comment, its markers included.
  case comment
  /// The text of a string literal, its quotes included; all prose of a document.
  case string

  /// The name in rule packs: `in: [code, comment, string]`.
  public var name: String {
    switch self {
    case .code: "code"
    case .comment: "comment"
    case .string: "string"
    }
  }

  /// The class with this name, or nil.
  public init?(name: String) {
    guard let found = ByteClass.allCases.first(where: { $0.name == name }) else { return nil }
    self = found
  }
}

/// The classes of a file as runs, in order, without gaps.
public struct ByteClasses: Sendable, Equatable {
  /// The first offset of each run; the first is 0.
  private let starts: [Int]
  private let classes: [ByteClass]

  /// Runs as a classifier made them: ascending starts, the first 0.
  init(starts: [Int], classes: [ByteClass]) {
    self.starts = starts
    self.classes = classes
  }

  /// One class for a whole file.
  public init(all single: ByteClass) {
    self.init(starts: [0], classes: [single])
  }

  /// The class of the byte at an offset; past the end, that of the last run.
  public func at(_ offset: Int) -> ByteClass { classes[index(ofRunAt: offset)] }

  /// The class of the byte at an offset, and where the next run begins (`Int.max` after the last one).
  public func run(at offset: Int) -> (class: ByteClass, end: Int) {
    let index = index(ofRunAt: offset)
    return (classes[index], index + 1 < starts.count ? starts[index + 1] : .max)
  }

  private func index(ofRunAt offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}
