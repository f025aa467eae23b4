import Rules
import Synchronization

/// Gathers the findings of a scan, file by file, in any order and from any thread. While they are few they stay in
/// memory; beyond that they go to a temporary file, so that memory grows with the number of files and not of findings.
final class FindingSpool: Sendable {
  /// The most bytes that wait in memory.
  static let heldBytes = 4 << 20

  /// The findings of one file: where their bytes are.
  fileprivate struct Segment {
    let place: Int
    let path: String
    let offset: Int
    let byteCount: Int
    let rules: Set<String>
  }

  private struct State: ~Copyable {
    var segments: [Segment] = []
    var tally = FindingTally()
    /// What was not written yet.
    var waiting: [UInt8] = []
    var written = 0
    var file: TemporaryFile?
    var failure: FileError?
  }

  private let state = Mutex(State())
  private let environment: [String: String]
  private let heldBytes: Int

  /// An empty one; `environment` says where temporary files go.
  init(environment: [String: String], heldBytes: Int = FindingSpool.heldBytes) {
    self.environment = environment
    self.heldBytes = heldBytes
  }

  /// Takes the findings of one file, in report order.
  ///
  /// - Parameters:
  ///   - place: orders findings of several roots.
  ///   - path: orders the files of one root; the findings may tell it otherwise.
  func take(_ findings: [Finding], place: Int = 0, path: String) {
    guard let first = findings.first else { return }
    var writer = RecordWriter()
    writer.text(first.location.path)
    writer.number(findings.count)
    for finding in findings { writer.finding(finding) }
    // Not made of all ids at once: a set keeps room for as many as it was given.
    var rules: Set<String> = []
    for finding in findings where !rules.contains(finding.ruleID) { rules.insert(finding.ruleID) }
    state.withLock { state in
      for finding in findings { state.tally.add(finding) }
      state.segments.append(
        Segment(
          place: place, path: path, offset: state.written + state.waiting.count, byteCount: writer.bytes.count,
          rules: rules))
      state.waiting += writer.bytes
      if state.waiting.count >= heldBytes { write(&state) }
    }
  }

  /// All that was taken, in report order. To be asked once, when nothing more comes.
  ///
  /// - Throws: `FileError` where there was no room for them.
  func findings() throws(FileError) -> FindingList {
    try state.withLock { state throws(FileError) in
      if state.file != nil { write(&state) }
      if let failure = state.failure { throw failure }
      state.segments.sort {
        $0.place != $1.place ? $0.place < $1.place : $0.path.utf8.lexicographicallyPrecedes($1.path.utf8)
      }
      let source = SpooledFindings(segments: state.segments, held: state.waiting, file: state.file.take())
      state.segments = []
      state.waiting = []
      return FindingList(source, tally: state.tally)
    }
  }

  private func write(_ state: inout State) {
    guard state.failure == nil else { return state.waiting.removeAll() }
    do throws(FileError) {
      if state.file == nil { state.file = try TemporaryFile(environment: environment) }
      try state.file?.append(state.waiting)
      state.written += state.waiting.count
    } catch {
      state.failure = error
    }
    state.waiting.removeAll(keepingCapacity: state.failure == nil)
  }
}

/// What a spool gathered.
private final class SpooledFindings: FindingSource {
  private let segments: [FindingSpool.Segment]
  private let held: [UInt8]
  private let file: TemporaryFile?

  init(segments: [FindingSpool.Segment], held: [UInt8], file: consuming TemporaryFile?) {
    self.segments = segments
    self.held = held
    self.file = file
  }

  func eachFile(ofRule ruleID: String?, _ body: ([Finding]) throws -> Void) throws {
    var start = 0
    while start < segments.count {
      // A file may have been looked at twice: for its lines, and for what it is.
      var end = start + 1
      while end < segments.count, segments[end].place == segments[start].place,
        segments[end].path == segments[start].path
      {
        end += 1
      }
      let parts = segments[start..<end].filter { segment in ruleID.map { segment.rules.contains($0) } ?? true }
      start = end
      var findings: [Finding] = []
      for part in parts { findings += try read(part, ofRule: ruleID) }
      if parts.count > 1 { findings.sort(by: Finding.precedes) }
      if !findings.isEmpty { try body(findings) }
    }
  }

  private func read(_ segment: FindingSpool.Segment, ofRule ruleID: String?) throws(FileError) -> [Finding] {
    var reader = RecordReader(try bytes(of: segment))
    guard let path = reader.text(), let count = reader.count() else {
      throw FileError(.read, path: segment.path, code: 5)
    }
    var findings: [Finding] = []
    for _ in 0..<count {
      guard let finding = reader.finding(at: path) else { throw FileError(.read, path: segment.path, code: 5) }
      if ruleID == nil || finding.ruleID == ruleID { findings.append(finding) }
    }
    return findings
  }

  private func bytes(of segment: FindingSpool.Segment) throws(FileError) -> [UInt8] {
    guard file == nil else { return try file?.bytes(at: segment.offset, count: segment.byteCount) ?? [] }
    return Array(held[segment.offset..<(segment.offset + segment.byteCount)])
  }
}
