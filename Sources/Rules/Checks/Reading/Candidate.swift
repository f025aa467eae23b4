import Formats
import Scanning

/// What a rule's patterns found, with what stands around it, for a judge.
struct Candidate {
  let reading: FileReading
  /// The line, from 1.
  let line: Int
  /// What the pattern's group matched, as a range of the file's bytes.
  let span: Range<Int>

  var file: SourceFile { reading.file }
  var role: FileRole { reading.role }
  var matched: ArraySlice<UInt8> { file.bytes[span] }
  var text: String { String(decoding: matched.prefix(Candidate.window), as: UTF8.self) }
  var byteClass: ByteClass { reading.byteClass(at: span.lowerBound) }

  /// How much of a line without end a judge looks at, on either side.
  static let window = 400

  /// What stands before it in its line.
  var before: ArraySlice<UInt8> {
    file.bytes[file.range(ofLine: line).lowerBound..<span.lowerBound].suffix(Candidate.window)
  }
  /// What follows it in its line.
  var after: ArraySlice<UInt8> {
    file.bytes[span.upperBound..<max(span.upperBound, file.range(ofLine: line).upperBound)].prefix(Candidate.window)
  }
  var wordsBefore: [String] { Words.split(before) }
  var wordsAfter: [String] { Words.split(after) }
  /// The words of its line near it, itself left out.
  var neighbours: Set<String> { Set(wordsBefore + wordsAfter) }

  /// The words of the lines that own its line: the call above an argument, the key above a value.
  func ownerWords(atMost count: Int = 3) -> [String] {
    reading.owners(ofLine: line, atMost: count).flatMap { reading.words(ofLine: $0) }
  }

  /// The words of the name of the function around it.
  var functionWords: Set<String> { Set(reading.function(around: line)?.name ?? []) }

  /// Whether it stands in code whose job is to find out whether something holds.
  var isInVerification: Bool { role.isVerification || !functionWords.isDisjoint(with: FileRole.verifying) }

  /// Whether it stands in a test, be it in the middle of a program (`#[test]`, `func TestX`).
  var isInTest: Bool { role.isTest || functionWords.contains("test") && functionWords.count > 1 && isTestFunction }

  private var isTestFunction: Bool {
    guard let function = reading.function(around: line), function.name.first == "test" else { return false }
    return file.language?.name == "go" || file.language?.name == "rust" || file.language?.name == "swift"
  }
}

/// What a judge makes of a candidate.
enum Judgement {
  /// It is what the rule forbids.
  case violation
  /// It is the same thing where it does no harm: worth a note to some.
  case remark
  /// It only looks like it.
  case none
}
