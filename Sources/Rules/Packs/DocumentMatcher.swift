import Formats
import Scanning

/// How a rule judges a file as a whole document: by a JSON Schema. The ending of its name says what it is: JSON, JSON
/// Lines, and YAML for all others.
package struct DocumentMatcher: Sendable {
  let schema: JSONSchema

  /// What is wrong with a file, each at its place; a file that is not in its format is wrong too.
  func findings(of rule: Rule, in file: SourceFile) -> [Finding] {
    if file.path.hasSuffix(".json") { return findings(of: rule, in: file, file.bytes, after: 0, isJSON: true) }
    guard file.path.hasSuffix(".jsonl") || file.path.hasSuffix(".ndjson") else {
      return findings(of: rule, in: file, file.bytes, after: 0, isJSON: false)
    }
    return (1...file.lines.count).flatMap { number -> [Finding] in
      let line = file.line(number)
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return [] }
      return findings(of: rule, in: file, Array(line), after: number - 1, isJSON: true)
    }
  }

  /// The findings of one document, before which stand so many lines.
  private func findings(
    of rule: Rule, in file: SourceFile, _ bytes: [UInt8], after lines: Int, isJSON: Bool
  ) -> [Finding] {
    do throws(FormatError) {
      return schema.validate(try isJSON ? JSON.read(bytes) : YAML.read(bytes)).map { error in
        finding(rule, in: file, at: error.instancePosition, after: lines, error.message)
      }
    } catch {
      return [
        finding(rule, in: file, at: error.position, after: lines, "invalid \(error.format.rawValue): \(error.problem)")
      ]
    }
  }

  private func finding(
    _ rule: Rule, in file: SourceFile, at position: SourcePosition, after lines: Int, _ problem: String
  ) -> Finding {
    let number = lines + position.line
    let shown = String(decoding: Snippet.window(of: file.line(number)), as: UTF8.self)
    return Finding(
      ruleID: rule.id, level: rule.severity, message: rule.message.replacing("{match}", with: problem),
      location: Location(path: file.path, line: number, column: position.column), snippet: Snippet.shortened(shown),
      remediation: rule.remediation)
  }
}
