import Formats
import Scanning

/// A file on its way through the checks, with what several of them need: built when the first one asks.
final class JudgedFile {
  /// What a file is for, as far as its place tells: the usual folders and names of test tools.
  enum Role { case production, test, demonstration }

  let file: SourceFile
  private(set) lazy var role = JudgedFile.role(of: file)
  /// The file itself, where its language has functions or commands, or the programs in it.
  private(set) lazy var programs = readPrograms()
  /// Why the file was not read as a program when a check asked for it; nil where it was, or nobody asked.
  private(set) var unreadReason: String?
  /// By program: its readings of the clock, which two checks ask about.
  private(set) lazy var clockTraces = programs.map { ReadingTrace.all(in: $0.outline) }
  private(set) lazy var workflow = WorkflowReader(file: file)

  init(_ file: SourceFile) {
    self.file = file
  }

  /// An outline and who runs it.
  struct Program {
    let outline: Outline
    let host: Fragment.Host
    let range: Range<Int>
  }

  private func readPrograms() -> [Program] {
    if file.bytes.count > OutlineLimits.bytes {
      unreadReason = "it has \(file.bytes.count) bytes, more than \(OutlineLimits.bytes)"
    } else if JudgedFile.isTooDeep(file) {
      unreadReason = "more than \(OutlineLimits.depth) brackets stand within each other"
    }
    return unreadReason == nil ? JudgedFile.programs(in: file) : []
  }

  private static func programs(in file: SourceFile) -> [Program] {
    guard let name = file.language?.name else { return [] }
    guard let language = OutlineLanguage.named(name) else {
      return Fragment.fragments(of: file).compactMap { program(of: $0, in: file) }
    }
    let tokenizer = Tokenizer(file.bytes, classes: file.classes, at: 0, lines: file.lines, language: language)
    let outline = Outline(tokenizer, of: file.bytes, languageName: name, language: language)
    let whole = Program(outline: outline, host: .file, range: 0..<file.bytes.count)
    if name != "shell" { return [whole] }
    return [whole] + Fragment.hereDocuments(of: outline, in: file).compactMap { program(of: $0, in: file) }
  }

  /// Whether more brackets stand open at once than people write.
  private static func isTooDeep(_ file: SourceFile) -> Bool {
    var depth = 0
    for byte in file.bytes {
      let step = bracketSteps[Int(byte)]
      if step == 0 { continue }
      depth = max(0, depth + step)
      if depth > OutlineLimits.depth { return true }
    }
    return false
  }

  /// By byte: what it adds to the number of open brackets.
  private static let bracketSteps: [Int] = {
    var steps = [Int](repeating: 0, count: 256)
    for byte in "([{".utf8 { steps[Int(byte)] = 1 }
    for byte in ")]}".utf8 { steps[Int(byte)] = -1 }
    return steps
  }()

  private static func program(of fragment: Fragment, in file: SourceFile) -> Program? {
    guard let language = OutlineLanguage.named(fragment.language) else { return nil }
    let part = Array(file.bytes[fragment.range])
    let tokenizer = Tokenizer(
      part, classes: Classifier.classify(part, as: Language.named(fragment.language)), at: fragment.range.lowerBound,
      lines: file.lines, language: language)
    return Program(
      outline: Outline(tokenizer, of: file.bytes, languageName: fragment.language, language: language),
      host: fragment.host,
      range: fragment.range)
  }

  /// As much of a span as stands on its first line.
  func firstLine(of span: Range<Int>) -> Range<Int> {
    let end = file.range(ofLine: file.lines.position(at: span.lowerBound).line).upperBound
    return span.lowerBound..<max(min(span.upperBound, end), span.lowerBound)
  }

  /// The programs that hold a byte, the innermost first.
  func programs(at offset: Int) -> [Program] {
    programs.filter { $0.range.contains(offset) }.sorted { $0.range.count < $1.range.count }
  }

  private static func role(of file: SourceFile) -> Role {
    let path = file.path
    let parts = path.split(separator: "/").map { $0.lowercased() }
    guard let name = parts.last else { return .production }
    let folders = parts.dropLast()
    if folders.contains(where: testFolders.contains) { return .test }
    let stem = name.prefix { $0 != "." }
    if stem.hasPrefix("test_") || stem.hasSuffix("_test") || stem.hasSuffix("_tests") || stem == "conftest"
      || name.contains(".test.") || name.contains(".spec.") || stem.hasSuffix("_spec")
      || path.hasSuffix("Tests.swift") || path.hasSuffix("Test.swift") || path.hasSuffix("Test.java")
      || path.hasSuffix("Tests.java") || path.hasSuffix("Test.kt") || path.hasSuffix("Tests.cs")
    {
      // A program that is started by itself and only called a test is a harness: what it reports is taken for evidence.
      return file.language?.name == "python" && contains(file, "__main__") ? .production : .test
    }
    let words = Set((folders + [String(stem)]).flatMap { $0.split { !$0.isLetter }.map(String.init) })
    return words.isDisjoint(with: demonstrationWords) ? .production : .demonstration
  }

  private static func contains(_ file: SourceFile, _ word: String) -> Bool {
    let word = Array(word.utf8)
    return file.bytes.indices.contains { file.bytes[$0] == word[0] && file.bytes[$0...].starts(with: word) }
  }

  private static let testFolders: Set<String> = [
    "test", "tests", "__tests__", "testing", "testdata", "fixtures", "spec", "specs", "__mocks__", "mocks", "e2e",
  ]
  private static let demonstrationWords: Set<String> = [
    "demo", "demos", "example", "examples", "sample", "samples", "tutorial", "tutorials", "playground", "quickstart",
  ]
}
