import Formats
import Rules

/// A target as somebody wrote it down, before anybody has looked whether it is there.
struct WrittenTarget: Sendable, Equatable {
  /// A path, or what git clones from.
  var text: String
  var name: String?
  var revision: String?
  var weight: Int?
  /// Where it was written, for messages; empty for a command line.
  var place = ""
}

/// A list of targets: one a line, as a path or remote, or as JSON (`{"target": …, "name": …, "revision": …, "weight": …}`).
/// Blank lines and lines that begin with `#` say nothing.
enum TargetList {
  /// Reads a list; `path` names it in messages.
  ///
  /// - Throws: `SweepPlanError` with every line that is wrong.
  static func read(_ bytes: [UInt8], path: String) throws(SweepPlanError) -> [WrittenTarget] {
    var targets: [WrittenTarget] = []
    var problems: [ShapeProblem] = []
    var number = 0
    var offset = 0
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      let position = SourcePosition(offset: offset, line: number, column: 1)
      offset += line.count + 1
      let text = trimmed(String(decoding: line, as: UTF8.self))
      if text.isEmpty || text.hasPrefix("#") { continue }
      let place = "\(path):\(number): "
      guard text.hasPrefix("{") else {
        targets.append(WrittenTarget(text: text, place: place))
        continue
      }
      do throws(FormatError) {
        let (target, wrong) = row(try JSON.read(Array(line)), place: place)
        if let target { targets.append(target) }
        problems += wrong.map { ShapeProblem(at: position, $0.message) }
      } catch {
        problems.append(ShapeProblem(at: position, "JSON: \(error.problem)"))
      }
    }
    guard problems.isEmpty else { throw .malformed(path: path, problems) }
    return targets
  }

  private static func row(_ value: Value, place: String) -> (WrittenTarget?, [ShapeProblem]) {
    var fields = ObjectFields(value, what: "a target")
    let text = fields.requiredText("target")
    let name = fields.text("name")
    let revision = fields.text("revision")
    let weight = fields.integer("weight")
    if let weight, weight < 0 { fields.problem(at: value.position, "weight must not be negative") }
    if let revision, revision.isEmpty || revision.hasPrefix("-") {
      fields.problem(at: value.position, "revision must name a branch or a tag")
    }
    let problems = fields.finish()
    guard problems.isEmpty, let text else { return (nil, problems) }
    return (WrittenTarget(text: text, name: name, revision: revision, weight: weight, place: place), [])
  }

  private static func trimmed(_ text: String) -> String {
    let blanks: Set<Character> = [" ", "\t", "\r"]
    guard let end = text.lastIndex(where: { !blanks.contains($0) }) else { return "" }
    return String(text[...end].drop { blanks.contains($0) })
  }
}
