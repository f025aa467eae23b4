import Auditor
import Formats
import Rules

extension Command {
  /// Which paths git's ignore files leave out, and why.
  static let glob = Command(
    ["glob"], summary: "Say which paths are ignored, and by which pattern",
    description: """
      Reads .gitignore files and .git/info/exclude below the root and prints those of the paths (relative to the root) \
      that they ignore. With --explain every path is printed behind the pattern that decides about it, as SOURCE:LINE:\
      PATTERN, a tab and the path; nothing stands between the colons where no pattern matches.
      """,
    operands: .some("PATH"), flags: [explain, root, .format(["text", "json"]), .json],
    examples: [
      Example("auditor glob build/out.o src/main.c", "the ignored ones of two paths"),
      Example("auditor glob --explain --root ../service target/app.jar", "the pattern that decides"),
    ]
  ) { arguments, console in
    let root = arguments.value(root) ?? "."
    let paths = try arguments.operands.map(checkedPath)
    let tree = try IgnoreTree.reading(root: root, for: paths)
    let answers = paths.map { path in
      let kind = FileKind(ofPath: "\(root)/\(String(decoding: path, as: UTF8.self))")
      return (path: path, decision: tree.decision(for: path, isDirectory: kind == .folder))
    }
    if arguments.wantsJSON {
      console.write(json(answers))
    } else if arguments.has(explain) {
      console.write(answers.flatMap { explained($0.decision) + [UInt8(ascii: "\t")] + $0.path + [UInt8(ascii: "\n")] })
    } else {
      console.write(answers.filter { isIgnored($0.decision) }.flatMap { $0.path + [UInt8(ascii: "\n")] })
    }
    return .clean
  }

  private static let explain = Flag("explain", help: "Name the pattern that decides about each path")
  private static let root = Flag("root", .value("DIR"), help: "The work tree's root (default: the current folder)")

  /// A path below the root, without a slash at its end.
  private static func checkedPath(_ text: String) throws(UsageError) -> [UInt8] {
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true)
    guard !text.utf8.starts(with: "/".utf8), !parts.isEmpty,
      !parts.contains(where: { $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) })
    else {
      throw .contradiction("'\(text)': expected a path relative to the root, without '.' and '..'")
    }
    return Array(parts.joined(separator: [UInt8(ascii: "/")]))
  }

  private static func isIgnored(_ decision: IgnoreDecision?) -> Bool { decision.map { !$0.isNegated } ?? false }

  private static func explained(_ decision: IgnoreDecision?) -> [UInt8] {
    guard let decision else { return Array("::".utf8) }
    return Array("\(decision.source):\(decision.line):".utf8) + decision.text
  }

  private static func json(_ answers: [(path: [UInt8], decision: IgnoreDecision?)]) -> [UInt8] {
    var writer = JSONWriter(.pretty)
    writer.beginArray()
    for (path, decision) in answers {
      writer.beginObject()
      writer.key("path")
      writer.string(String(decoding: path, as: UTF8.self))
      writer.key("ignored")
      writer.boolean(isIgnored(decision))
      if let decision {
        writer.key("source")
        writer.string(decision.source)
        writer.key("line")
        writer.integer(decision.line)
        writer.key("pattern")
        writer.string(String(decoding: decision.text, as: UTF8.self))
      }
      writer.endObject()
    }
    writer.endArray()
    writer.newline()
    return writer.takeBytes()
  }
}
