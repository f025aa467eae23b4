import Formats

extension ConformanceSuite {
  /// Worlds of files and ignore files, answered as git answers.
  static let gitignore = ConformanceSuite(name: "gitignore") { row, _, result in
    guard let ignoreFiles = row["ignore_files"], let files = row["files"], let queries = row["queries"] else {
      throw MissingField(name: "ignore_files, files or queries")
    }
    let tree = IgnoreTree(members: ignoreFiles.members)
    let paths = files.elements.map { Array($0.textBytes) }
    let unignored = paths.filter { !tree.isIgnored($0.span, isDirectory: false) }
    result.key("unignored")
    result.beginArray()
    for path in unignored.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      result.string(String(decoding: path, as: UTF8.self))
    }
    result.endArray()
    let folders = Set(paths.flatMap(foldersAbove))
    result.key("explain")
    result.beginArray()
    for query in queries.elements {
      let path = Array(query.textBytes)
      result.explanation(tree.decision(for: path.span, isDirectory: folders.contains(path)))
    }
    result.endArray()
  }

  private static func foldersAbove(_ path: [UInt8]) -> [[UInt8]] {
    path.indices.filter { path[$0] == UInt8(ascii: "/") }.map { Array(path[..<$0]) }
  }
}

extension IgnoreTree {
  /// Sorts the files of a row by what they are: `.git/info/exclude`, or the ignore file of the folder it is in.
  fileprivate init(members: Value.Members) {
    var exclude: IgnoreFile?
    var files: [IgnoreFile] = []
    for member in members {
      let folder = Array(Array(member.name.utf8).dropLast(".gitignore".utf8.count + 1))
      let bytes = Array(member.value.textBytes)
      if member.name == ".git/info/exclude" {
        exclude = IgnoreFile(bytes, base: [], source: member.name)
      } else {
        files.append(IgnoreFile(bytes, base: folder, source: member.name))
      }
    }
    self.init(files, exclude: exclude)
  }
}

extension JSONWriter {
  fileprivate mutating func explanation(_ decision: IgnoreDecision?) {
    guard let decision else { return null() }
    beginObject()
    key("source")
    string(decision.source)
    key("line")
    integer(decision.line)
    key("pattern")
    string(String(decoding: decision.text, as: UTF8.self))
    endObject()
  }
}
