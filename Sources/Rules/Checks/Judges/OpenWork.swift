import Formats
import Scanning

/// Judges a marker of open work in a comment: whether it is one, and whether what is open there is dangerous.
///
/// A marker opens its comment or is followed by `:` or `(`; a sentence about markers is none. It is a violation in code
/// that reads, writes, sends, replays, stores or proves something, told by the comment's own words and by those of the
/// function around it; elsewhere, in tests and in demonstrations it is a remark.
struct OpenWork {
  private let candidate: Candidate

  init(_ candidate: Candidate) {
    self.candidate = candidate
  }

  var judgement: Judgement {
    guard candidate.byteClass == .comment, isMarker else { return .none }
    switch candidate.role.kind {
    case .document, .record: return .none
    case .program, .configuration: break
    }
    if candidate.isInTest || candidate.role.isDemonstration { return .remark }
    return isCritical ? .violation : .remark
  }

  private var isMarker: Bool {
    let word = candidate.text
    // Part of a longer word, a path, a name or a quotation: `GUID-XXX`, `todo_list`, `'TODO'`.
    if let previous = candidate.before.last, isWordByte(previous) || "-./'\"`#?=&\\".utf8.contains(previous),
      previous != UInt8(ascii: "#")
    {
      return false
    }
    let next = candidate.after.first
    if let next, isWordByte(next) || "/'\"`-.".utf8.contains(next), next != UInt8(ascii: "-") || !isDash {
      return false
    }
    let isFollowed = next == UInt8(ascii: ":") || next == UInt8(ascii: "(") || next == UInt8(ascii: "[") || isDash
    if isFollowed { return word != "XXX" || !isAboutCurrency }
    guard opensComment, word == word.uppercased() else { return false }
    // "TODO comments are rejected" speaks of markers.
    let verb = candidate.wordsAfter.first ?? ""
    return !["comment", "comments", "marker", "markers", "list", "lists", "is", "are", "and", "or"].contains(verb)
      && (word != "XXX" || !isAboutCurrency)
  }

  /// ` - ` after the marker.
  private var isDash: Bool {
    let rest = candidate.after.drop { $0 == 0x20 }
    return rest.first == UInt8(ascii: "-") || rest.starts(with: "—".utf8) || rest.starts(with: "–".utf8)
  }

  private var isAboutCurrency: Bool {
    !candidate.neighbours.isDisjoint(with: ["currency", "currencies", "iso", "iso4217", "4217", "eur", "usd"])
  }

  /// Whether nothing but comment signs stands before it in the comment.
  private var opensComment: Bool {
    var index = candidate.span.lowerBound - 1
    let start = candidate.file.range(ofLine: candidate.line).lowerBound
    while index >= start, candidate.file.classes.at(index) == .comment {
      guard " \t#/*-;!<%({@".utf8.contains(candidate.file.bytes[index]) else { return false }
      index -= 1
    }
    return true
  }

  /// Words of code in which unfinished work loses, forges or hides something.
  static let critical: Set<String> = [
    "read", "reads", "write", "writes", "save", "saves", "dump", "dumps", "persist", "persists", "persistence", "store",
    "stores", "storage", "commit", "commits", "flush", "fsync", "sync", "replay", "replays", "publish", "subscribe",
    "send", "sends", "recv", "receive", "connect", "socket", "request", "fetch", "upload", "download", "insert",
    "delete",
    "append", "appends", "emit", "emits", "rename", "unlink", "evidence", "audit", "ledger", "journal", "verify",
    "verifies", "validate", "validates", "validator", "checkpoint", "queue", "stream", "http", "rpc", "grpc",
    "database",
    "db", "sql", "signature", "signatures", "approval", "approvals", "quorum", "idempotency", "rollback", "restore",
    "recover",
    "backup", "compact", "snapshot", "wal", "disk", "volume", "broker", "consumer", "producer", "kafka", "nats",
    "redis",
    "s3", "bucket", "transaction", "writefile", "readfile", "open", "load", "loads", "prove", "attest", "authorize",
    "authenticate", "encrypt", "decrypt", "lock", "lease", "retry", "ack", "file", "verdict", "timestamp", "stale",
    "execute", "intent",
  ]

  private var isCritical: Bool {
    // What remains to be done tells most.
    if !Set(candidate.wordsAfter).isDisjoint(with: OpenWork.critical) { return true }
    if let function = candidate.reading.function(around: candidate.line) {
      if !Set(function.name).isDisjoint(with: OpenWork.critical) { return true }
      let near =
        max(function.lines.lowerBound, candidate.line - 12)...min(function.lines.upperBound, candidate.line + 12)
      return near.contains(where: isCritical(line:))
    }
    let near = max(1, candidate.line - 3)...min(candidate.file.lines.count, candidate.line + 3)
    return near.contains(where: isCritical(line:))
  }

  /// Whether a line's program text (no comment, no string) reads, writes or proves something.
  private func isCritical(line number: Int) -> Bool {
    let line = candidate.file.line(number).prefix(1_000)
    guard !Set(Words.split(line)).isDisjoint(with: OpenWork.critical) else { return false }
    var start = line.startIndex
    while start < line.endIndex {
      let byteClass = candidate.reading.byteClass(at: start)
      var end = start
      while end < line.endIndex, candidate.reading.byteClass(at: end) == byteClass { end += 1 }
      if byteClass == .code, !Set(Words.split(line[start..<end])).isDisjoint(with: OpenWork.critical) { return true }
      start = end
    }
    return false
  }
}
