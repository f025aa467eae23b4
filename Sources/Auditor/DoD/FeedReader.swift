import Formats
import Rules

/// Reads an activity feed once for all phases, and again only the few lines that their chains chose.
///
/// Memory does not grow with the feed as long as its events are roughly in order: what it must keep is `ChainWindow`'s to
/// say.
struct FeedReader {
  /// A line that is no JSON.
  struct BadLine {
    let line: Int
    let problem: String
  }

  /// The feed, as locations show it.
  let shownPath: String
  /// What the run judged, once it was read; nil when there is no feed.
  private(set) var input: InputRecord?
  /// The first line that is no JSON, and how many there are.
  private(set) var firstBadLine: BadLine?
  private(set) var badLineCount = 0
  /// What forensics ask of the feed, gathered in the same pass; nil where nobody asks.
  private(set) var forensics: ForensicLedger?
  private let path: String
  private var line = 0
  private var scanner = ActivityEventScanner()
  private var chosen: [EventReference: ChainEvent] = [:]

  /// A reader of a feed; `read` opens it.
  init(path: String, shownPath: String, isForensic: Bool = false) {
    self.path = path
    self.shownPath = shownPath
    forensics = isForensic ? ForensicLedger() : nil
  }

  /// Enters every event into the ledger; a feed that does not exist has no events.
  ///
  /// - Throws: `DoDError` when it cannot be read, is not UTF-8, or changes while it is read.
  ///
  /// - Parameter progress: told how many of how many bytes were read.
  mutating func read(
    into ledger: inout ActivityLedger, progress: (@Sendable (Int, Int) -> Void)? = nil
  ) throws(DoDError) {
    guard var feed = try open() else { return }
    let total = progress == nil ? 0 : (try? FileStatus.of(path).byteCount) ?? 0
    while try advance(&feed) {
      progress?(feed.byteCount, total)
      try take(feed.buffer.span.extracting(feed.lines), at: feed.offset, into: &ledger)
    }
    do throws(FileError) {
      try readChosen(ledger.chosen + (forensics?.claimReferences ?? []), from: feed)
    } catch {
      throw unreadable(error)
    }
    input = InputRecord(path: shownPath, role: "feed", sha256: feed.digest.hex, byteCount: feed.byteCount)
  }

  /// A chosen event in full.
  func event(at reference: EventReference?) -> ChainEvent? { reference.flatMap { chosen[$0] } }

  private func open() throws(DoDError) -> LineBlocks? {
    do throws(FileError) {
      return try LineBlocks(path)
    } catch {
      if InputFile.isAbsent(error) { return nil }
      throw unreadable(error)
    }
  }

  private func advance(_ feed: inout LineBlocks) throws(DoDError) -> Bool {
    do throws(FileError) { return try feed.advance() } catch { throw unreadable(error) }
  }

  private func unreadable(_ error: FileError) -> DoDError {
    .unreadable(Location(path: shownPath), error.explanation)
  }

  /// Enters the events of a block of lines that begins at `offset` in the file.
  private mutating func take(
    _ bytes: Span<UInt8>, at offset: Int, into ledger: inout ActivityLedger
  ) throws(DoDError) {
    var start = offset == 0 ? Self.markLength(bytes) : 0
    while start < bytes.count {
      line += 1
      let found = enterLine(of: bytes, from: start, at: offset, into: &ledger)
      let next = scanner.nextLine
      if found == .malformed {
        let end = bytes[next - 1] == UInt8(ascii: "\n") ? next - 1 : next
        try takeBadLine(bytes.extracting(start..<end), column: line == 1 ? start + 1 : 1)
      }
      start = next
    }
  }

  /// Forensics ask for every event in full; verdicts alone do not.
  private mutating func enterLine(
    of bytes: Span<UInt8>, from start: Int, at offset: Int, into ledger: inout ActivityLedger
  ) -> ActivityEventScanner.Entry {
    guard forensics != nil else {
      return scanner.enterLine(of: bytes, from: start, at: offset, line: line, into: &ledger)
    }
    switch scanner.scanLine(of: bytes, from: start) {
    case .event(let event):
      let next = scanner.nextLine
      let end = bytes[next - 1] == UInt8(ascii: "\n") ? next - 1 : next
      let reference = EventReference(line: line, offset: offset + start, byteCount: end - start)
      ledger.record(event, at: reference)
      forensics?.record(event, at: reference, in: bytes, from: start)
      return .event
    case .noEvent: return .noEvent
    case .malformed: return .malformed
    }
  }

  /// The bytes of a byte order mark, which belongs to the file and not to its first event; 0 where there is none.
  static func markLength(_ bytes: Span<UInt8>) -> Int {
    bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0
  }

  /// Blanks that JSON does not know count as blanks; what is no text ends the reading.
  private mutating func takeBadLine(_ bytes: Span<UInt8>, column: Int) throws(DoDError) {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes)
    } catch {
      let index = error.byteOffsets.lowerBound
      throw .unreadable(
        Location(path: shownPath, line: line, column: column + index),
        "byte 0x\(String(bytes[index], radix: 16)) is not UTF-8; save the file as UTF-8")
    }
    if bytes.indices.allSatisfy({ bytes[$0] == 0x20 || (0x09...0x0D).contains(bytes[$0]) }) { return }
    badLineCount += 1
    if firstBadLine == nil { firstBadLine = BadLine(line: line, problem: Self.problem(of: bytes)) }
  }

  /// The scanner only says that a line is no JSON; the full reader says why.
  private static func problem(of bytes: Span<UInt8>) -> String {
    do throws(FormatError) {
      _ = try JSON.read(bytes.indices.map { bytes[$0] })
      return "it is no JSON"
    } catch {
      return "\(error.problem)"
    }
  }

  /// Reads the chosen lines in full, and makes sure that they are the lines that were chosen.
  private mutating func readChosen(
    _ references: [EventReference], from feed: borrowing LineBlocks
  ) throws(FileError) {
    for reference in references where chosen[reference] == nil {
      let text = try feed.bytes(at: reference.offset, count: reference.byteCount)
      guard let value = try? JSON.read(text) else { continue }
      chosen[reference] = ChainEvent(value, source: Location(path: shownPath, line: reference.line))
    }
    try feed.checkUnchanged()
  }
}
