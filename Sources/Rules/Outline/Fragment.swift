import Formats
import Scanning

/// A program within a file of another kind: the commands of a workflow step, of an image, of a recipe, and scripts that
/// a shell script hands to an interpreter.
struct Fragment: Sendable {
  /// Who runs it.
  enum Host: Sendable {
    /// The file is the program.
    case file
    /// A step of a workflow: its shell stops at the first command that fails.
    case step
    /// An instruction of an image or a line of a recipe: what fails last decides.
    case command
    /// Text that a script feeds to an interpreter.
    case hereDocument
  }

  let language: String
  /// Bytes of the file.
  let range: Range<Int>
  let host: Host

  /// The programs in a file whose own language has none.
  static func fragments(of file: SourceFile) -> [Fragment] {
    switch file.language?.name {
    case "yaml": WorkflowReader(file: file).fragments()
    case "dockerfile": instructions(of: file)
    case "make": recipes(of: file)
    default: []
    }
  }

  /// `RUN` with its continued lines.
  private static func instructions(of file: SourceFile) -> [Fragment] {
    var found: [Fragment] = []
    var number = 1
    while number <= file.lines.count {
      let line = file.range(ofLine: number)
      let start = number
      if file.bytes[line].starts(with: "RUN ".utf8) {
        while number < file.lines.count, file.line(number).last == UInt8(ascii: "\\") { number += 1 }
        let end = file.range(ofLine: number).upperBound
        found.append(Fragment(language: "shell", range: file.range(ofLine: start).lowerBound + 4..<end, host: .command))
      }
      number += 1
    }
    return found
  }

  private static func recipes(of file: SourceFile) -> [Fragment] {
    var found: [Fragment] = []
    var number = 1
    while number <= file.lines.count {
      let start = number
      if file.line(number).first == 0x09 {
        while number < file.lines.count, file.line(number).last == UInt8(ascii: "\\") { number += 1 }
        let first = file.range(ofLine: start)
        let quiet = file.bytes[first].dropFirst().prefix { $0 == UInt8(ascii: "@") || $0 == 0x20 || $0 == 0x09 }.count
        let end = file.range(ofLine: number).upperBound
        if first.lowerBound + 1 + quiet < end {
          found.append(Fragment(language: "shell", range: first.lowerBound + 1 + quiet..<end, host: .command))
        }
      }
      number += 1
    }
    return found
  }

  /// Scripts in the here-documents of a shell outline.
  static func hereDocuments(of outline: Outline, in file: SourceFile) -> [Fragment] {
    outline.tokens.indices.compactMap { index in
      guard outline.tokens[index].isSign("<<"), let statement = outline.statement(of: index) else { return nil }
      let words = outline.statements[statement].tokens.lazy.map { outline.tokens[$0] }
        .filter { $0.kind == .word && !$0.isInterpolated }
      guard let language = words.lazy.compactMap({ interpreted(by: $0.text) }).first,
        let start = file.lines.start(ofLine: outline.tokens[index].line + 1),
        let text = outline.tokens[index...].first(where: { $0.kind == .string && $0.range.lowerBound == start })
      else { return nil }
      // The last line is the word that ends it.
      let body = file.bytes[text.range]
      let end = body.dropLast().lastIndex(of: 0x0A) ?? text.range.upperBound
      return Fragment(
        language: language, range: text.range.lowerBound..<max(end, text.range.lowerBound), host: .hereDocument)
    }
  }

  private static func interpreted(by word: String) -> String? {
    let name = word.split(separator: "/").last.map { $0.prefix { !$0.isNumber && $0 != "." } } ?? ""
    return switch name {
    case "python": "python"
    case "node": "javascript"
    case "bash", "sh", "zsh": "shell"
    default: nil
    }
  }
}
