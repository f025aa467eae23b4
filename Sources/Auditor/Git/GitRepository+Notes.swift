extension GitRepository {
  /// Where notes of ours stand: with the history, and not in it. They are pushed and fetched like branches.
  package static let notes = "refs/notes/auditor"

  /// Adds lines to the note of `HEAD`.
  ///
  /// - Returns: the full name of the commit.
  package func addNote(_ text: [UInt8]) throws(GitError) -> String {
    guard let head = try commits(named: []).head else {
      throw .failed(command: "notes", message: "there is no commit yet that a note could stand at")
    }
    _ = try answer("notes", ["--ref=\(Self.notes)", "append", "-F", "-", head], input: text)
    return head
  }

  /// The lines of all notes, in no order that means anything.
  package func noteLines() throws(GitError) -> [[UInt8]] {
    let exists = try outcome("rev-parse", ["--verify", "--quiet", Self.notes])
    if exists.status != 0 { return [] }
    var lines: [[UInt8]] = []
    for entry in try answer("notes", ["--ref=\(Self.notes)", "list"]).split(separator: 0x0A) {
      let blob = String(decoding: entry.prefix { $0 != 0x20 }, as: UTF8.self)
      lines += try answer("cat-file", ["blob", blob]).split(separator: 0x0A).map { Array($0) }
    }
    return lines
  }
}
