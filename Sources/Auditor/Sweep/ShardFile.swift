import Formats
import Rules

/// A finished shard on disk: rows, then the trailer.
struct ShardFile: Sendable {
  /// What it holds, for checking it.
  let content: ShardContent
  /// Where each row stands, in the order of `content.targets`.
  let rows: [StoredRow]

  /// Reads a file to its end; memory grows with the number of rows, not with their size.
  ///
  /// - Parameter each: told every row.
  init(_ path: String, shard: Shard, each: (Value) -> Void = { _ in }) throws(FileError) {
    var blocks = try LineBlocks(path, isHashed: false)
    var hasher = SHA256()
    var targets: [String] = []
    var rows: [StoredRow] = []
    var trailer: ShardTrailer?
    var isSound = true
    while try blocks.advance() {
      let buffer = blocks.buffer
      var start = blocks.lines.lowerBound
      while start < blocks.lines.upperBound {
        let end = buffer[start..<blocks.lines.upperBound].firstIndex(of: 0x0A)
        let stop = end ?? blocks.lines.upperBound
        let line = Array(buffer[start..<stop])
        // Nothing comes behind the trailer, and every line has its end.
        let value = end == nil || trailer != nil ? nil : try? JSON.read(line)
        if let value, let name = value["target"]?.string {
          targets.append(name)
          rows.append(
            StoredRow(path: path, offset: blocks.offset + start - blocks.lines.lowerBound, count: line.count))
          hasher.update(line + [0x0A])
          each(value)
        } else if let value, let read = ShardTrailer(value) {
          trailer = read
        } else {
          isSound = false
        }
        start = stop + 1
      }
    }
    content = ShardContent(
      path: path, shard: shard, trailer: isSound ? trailer : nil, targets: targets, sha256: hasher.finalize().hex)
    self.rows = rows
  }

  /// Writes a shard from rows that stand elsewhere, whole or not at all.
  static func write(_ rows: [StoredRow], to path: String, plan digest: String, shard: Shard) throws(FileError) {
    var stream = try AtomicStream(path)
    var hasher = SHA256()
    for row in rows {
      let line = try row.read() + [0x0A]
      hasher.update(line)
      try stream.append(line)
    }
    let trailer = ShardTrailer(plan: digest, shard: shard, count: rows.count, sha256: hasher.finalize().hex)
    try stream.append(trailer.line)
    try stream.commit()
  }
}
