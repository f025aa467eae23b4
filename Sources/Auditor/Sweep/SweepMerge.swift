package import Formats
import Glibc
package import Rules

/// Joins the files of all shards of a plan into one, in the order of the targets' names: the same bytes for any number of
/// shards.
package struct SweepMerge: Sendable {
  /// Shards that do not make up the plan.
  package struct Incomplete: Error, CustomStringConvertible {
    /// Everything that is wrong.
    package let defects: [ShardDefect]

    /// A line a defect.
    package var description: String { defects.map(\.description).joined(separator: "\n") }
  }

  private let plan: SweepPlan
  private let folders: [String]
  private let named: [(path: String, shard: Shard)]

  /// A merge of what lies in these folders, or in folders right below them (as when each job has left its own).
  package init(plan: SweepPlan, folders: [String]) {
    self.plan = plan
    self.folders = folders
    named = []
  }

  /// A merge of the one shard that is everything, whatever lies beside its file.
  package init(plan: SweepPlan, file path: String) {
    self.plan = plan
    folders = []
    named = [(path, Shard(number: 1, count: 1))]
  }

  /// Writes the joined file: a row for each target, then one line that `last` makes.
  ///
  /// - Parameter each: told every row, in no particular order, before `last` is asked.
  /// - Throws: `Incomplete`, `FileError`. Nothing is written then.
  package func write(to path: String, each: (Value) -> Void, last: () -> [UInt8]) throws {
    var contents: [ShardContent] = []
    var rows: [String: StoredRow] = [:]
    for (file, shard) in try files() {
      let read = try ShardFile(file, shard: shard, each: each)
      contents.append(read.content)
      for (target, row) in zip(read.content.targets, read.rows) { rows[target] = row }
    }
    let defects = ShardCheck.defects(of: contents, plan: plan)
    guard defects.isEmpty else { throw Incomplete(defects: defects) }
    var stream = try AtomicStream(path)
    for target in plan.targets {
      guard let row = rows[target.name] else { continue }
      try stream.append(try row.read() + [0x0A])
    }
    try stream.append(last() + [0x0A])
    try stream.commit()
  }

  /// Hands over the rows of a joined file, each as it was read and as it stands there; the summary is none.
  package static func eachRow(of path: String, _ body: (Value, [UInt8]) throws -> Void) throws {
    var blocks = try LineBlocks(path, isHashed: false)
    while try blocks.advance() {
      let buffer = blocks.buffer
      for line in buffer[blocks.lines].split(separator: 0x0A) {
        let bytes = Array(line)
        let row = try JSON.read(bytes)
        if row["target"] != nil { try body(row, bytes) }
      }
    }
  }

  /// Every file whose name claims to be a shard.
  private func files() throws(FileError) -> [(path: String, shard: Shard)] {
    var files = named
    for folder in folders {
      for name in try FolderListing.names(in: folder) {
        let path = "\(folder)/\(name)"
        if let shard = Shard(fileName: name) {
          files.append((path, shard))
        } else if try FileKind.at(path) == .folder {
          for inner in try FolderListing.names(in: path) {
            if let shard = Shard(fileName: inner) { files.append(("\(path)/\(inner)", shard)) }
          }
        }
      }
    }
    return files
  }
}
