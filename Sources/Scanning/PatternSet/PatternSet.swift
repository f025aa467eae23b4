/// Many patterns that are looked for in one pass over a text of lines, however many they are.
///
/// Every pattern whose matches must hold one of a few literals is looked for by these literals, all at once; its automaton
/// runs only where one stands. The other patterns share one automaton that reads every byte. Immutable: made once, shared
/// by threads, each of which has its own `PatternSetSearch`.
public struct PatternSet: Sendable {
  let programs: [LineProgram]
  /// By pattern: of these the first line that is found is enough.
  let oneLineIsEnough: [Bool]
  private let kernel: LiteralKernel

  /// Patterns, known by their index.
  ///
  /// - Parameter oneLineIsEnough: of these patterns one line in a text is told, whichever is found first.
  public init(_ programs: [LineProgram], oneLineIsEnough: Set<Int> = []) {
    self.init(programs, oneLineIsEnough: oneLineIsEnough, kernel: .fastest)
  }

  /// Patterns that are looked for by one of the kernels, which this machine must be able to run.
  init(_ programs: [LineProgram], oneLineIsEnough: Set<Int> = [], kernel: LiteralKernel) {
    self.programs = programs
    self.oneLineIsEnough = programs.indices.map(oneLineIsEnough.contains)
    self.kernel = kernel
  }

  /// Some of the patterns, ready to be looked for. Takes milliseconds: made once for many texts.
  public func selection(of members: [Int]) -> PatternSelection { PatternSelection(members, of: programs, kernel) }
}
