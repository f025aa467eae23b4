import Formats
import Glibc
import Rules

/// Reads an activity feed once for all phases, and again only the few lines that their chains chose.
struct FeedReader {
  /// A line that is no JSON.
  struct BadLine {
    let line: Int
    let problem: String
  }

  /// The feed, as locations show it.
  let shownPath: String
  /// What the run judged; nil when there is no feed.
  let input: InputRecord?
  /// The first line that is no JSON, and how many there are.
  private(set) var firstBadLine: BadLine?
  private(set) var badLineCount = 0
  private let bytes: [UInt8]

  /// Opens the feed; one that does not exist has no events.
  ///
  /// - Throws: `DoDError` when it cannot be read or is not UTF-8.
  init(path: String, shownPath: String) throws(DoDError) {
    self.shownPath = shownPath
    guard let bytes = try InputFile.read(path, shownPath: shownPath) else {
      self.bytes = []
      input = nil
      return
    }
    try InputFile.checkUTF8(bytes, shownPath: shownPath)
    self.bytes = bytes
    input = InputRecord(
      path: shownPath, role: "feed", sha256: SHA256.digest(bytes).hex, byteCount: bytes.count)
  }

  /// Enters every event into the ledger.
  mutating func read(into ledger: inout ActivityLedger) {
    // A byte order mark belongs to the file, not to its first event.
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var line = 1
    while start < bytes.count {
      let end = Self.lineEnd(in: bytes, from: start)
      let reference = EventReference(line: line, offset: start, byteCount: end - start)
      if let event = FeedLineScanner.event(in: bytes.span, line: start..<end) {
        ledger.record(event, at: reference)
      } else {
        take(reference, into: &ledger)
      }
      start = end + 1
      line += 1
    }
  }

  /// The next line feed, or the end.
  private static func lineEnd(in bytes: [UInt8], from start: Int) -> Int {
    unsafe bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress, let found = unsafe memchr(base + start, 0x0A, buffer.count - start) else {
        return buffer.count
      }
      return unsafe UnsafeRawPointer(found) - base
    }
  }

  /// A chosen event in full.
  func event(at reference: EventReference?) -> ChainEvent? {
    guard let reference, let value = try? JSON.read(line(reference)) else { return nil }
    return ChainEvent(value, source: Location(path: shownPath, line: reference.line))
  }

  /// What the scanner leaves to the full reader.
  private mutating func take(_ reference: EventReference, into ledger: inout ActivityLedger) {
    let text = line(reference)
    if text.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) { return }
    do throws(FormatError) {
      if let event = ActivityEvent(try JSON.read(text)) { ledger.record(event, at: reference) }
    } catch {
      badLineCount += 1
      if firstBadLine == nil { firstBadLine = BadLine(line: reference.line, problem: "\(error.problem)") }
    }
  }

  private func line(_ reference: EventReference) -> [UInt8] {
    Array(bytes[reference.offset..<(reference.offset + reference.byteCount)])
  }
}
