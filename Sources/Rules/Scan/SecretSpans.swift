import Formats

/// Where a file's secrets stand, so that none of them is shown by any finding about its line: not by the finding that is
/// about it, nor by one about something else, nor by a complaint about the suppression beside it.
struct SecretSpans {
  /// Bytes of the file, by line: ascending and apart from each other.
  private var spansByLine: [Int: [Range<Int>]] = [:]

  /// The places of the findings of rules that look for secrets.
  init(_ findings: [Finding], secretRules: Set<String>, in file: SourceFile) {
    for finding in findings where secretRules.contains(finding.ruleID) {
      guard let line = finding.location.line, let span = SecretSpans.span(of: finding, in: file) else { continue }
      spansByLine[line, default: []].append(span)
    }
    spansByLine = spansByLine.mapValues(SecretSpans.merged)
  }

  /// Replaces every secret of a finding's line in what the finding shows, and those that it matched in what it says.
  func redact(_ findings: inout [Finding], in file: SourceFile) {
    if spansByLine.isEmpty { return }
    var snippets: [Int: String] = [:]
    for index in findings.indices {
      guard let line = findings[index].location.line, let spans = spansByLine[line] else { continue }
      if findings[index].snippet != nil {
        let snippet =
          snippets[line]
          ?? Snippet.shortened(SecretSpans.text(Snippet.window(of: file.line(line)), without: spans[...]))
        snippets[line] = snippet
        findings[index].snippet = snippet
      }
      guard let matched = SecretSpans.span(of: findings[index], in: file) else { continue }
      let met = SecretSpans.spans(spans, meeting: matched)
      if met.isEmpty { continue }
      let window = file.bytes[matched].prefix(4_096)
      let told = Snippet.told(String(decoding: window, as: UTF8.self))
      findings[index].message = findings[index].message.replacing(
        told, with: Snippet.told(SecretSpans.text(window, without: met)))
    }
  }

  /// A part of a line as it may be told.
  func redacted(_ text: String, ofLine line: Int, in file: SourceFile) -> String {
    guard !text.isEmpty, let spans = spansByLine[line] else { return text }
    let bytes = file.line(line)
    guard let range = bytes.firstRange(of: Array(text.utf8)) else { return "***" }
    return SecretSpans.text(bytes[range], without: spans[...])
  }

  /// The bytes of the file that a finding is about, where it is about some.
  private static func span(of finding: Finding, in file: SourceFile) -> Range<Int>? {
    guard let line = finding.location.line, let start = file.lines.start(ofLine: line),
      let column = finding.location.column, let end = finding.location.endColumn, end > column
    else { return nil }
    return start + column - 1..<start + end - 1
  }

  private static func merged(_ spans: [Range<Int>]) -> [Range<Int>] {
    var apart: [Range<Int>] = []
    for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = apart.last, span.lowerBound <= last.upperBound {
        apart[apart.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
      } else {
        apart.append(span)
      }
    }
    return apart
  }

  /// Those of the spans that overlap a range, found by halving: a line may hold thousands.
  private static func spans(_ spans: [Range<Int>], meeting range: Range<Int>) -> ArraySlice<Range<Int>> {
    var low = 0
    var high = spans.count
    while low < high {
      let middle = (low + high) / 2
      if spans[middle].upperBound <= range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return spans[low...].prefix { $0.lowerBound < range.upperBound }
  }

  /// Some bytes of the file with the spans in them replaced; a span may reach out of them.
  private static func text(_ bytes: ArraySlice<UInt8>, without spans: ArraySlice<Range<Int>>) -> String {
    var text = ""
    var shown = bytes.startIndex
    for span in spans where span.upperBound > bytes.startIndex && span.lowerBound < bytes.endIndex {
      text += String(decoding: bytes[shown..<max(shown, span.lowerBound)], as: UTF8.self) + "***"
      shown = min(span.upperBound, bytes.endIndex)
    }
    return text + String(decoding: bytes[shown...], as: UTF8.self)
  }
}
