import Formats

/// Edits the text of a block-style registry in place: only the lines that change are touched, so comments, order and
/// unknown keys stay. What it cannot place it refuses, and the caller writes the registry anew.
struct RegistryEdit {
  private let bytes: [UInt8]
  private let lineEnd: String
  private var edits: [(range: Range<Int>, text: String)] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    lineEnd = bytes.firstIndex(of: 0x0A).map { $0 > 0 && bytes[$0 - 1] == 0x0D } ?? false ? "\r\n" : "\n"
  }

  /// The edited text, or nil when the registry is not written in block style.
  static func apply(_ changes: [RegistryChange], to bytes: [UInt8], _ root: Value?) -> [UInt8]? {
    var edit = RegistryEdit(bytes)
    return edit.place(changes, root) ? edit.finish() : nil
  }

  private mutating func place(_ changes: [RegistryChange], _ root: Value?) -> Bool {
    guard let root, !root.isNull else { return append(changes) }
    guard isBlockMapping(root) else { return false }
    guard let phases = root.members.last(where: { $0.name == "phases" }) else {
      insert(["phases:"] + changes.flatMap { lines(of: $0, indent: 2) }, afterLineOf: lastOffset(of: root))
      return true
    }
    if phases.value.isNull {
      insert(changes.flatMap { lines(of: $0, indent: 2) }, afterLineOf: phases.key.endPosition.offset)
      return true
    }
    guard isBlockMapping(phases.value) else { return false }
    return changes.allSatisfy { place($0, in: phases.value) }
  }

  private mutating func place(_ change: RegistryChange, in phases: Value) -> Bool {
    let indent = phases.members.first.map { $0.key.position.column - 1 } ?? 2
    guard let entry = phases.members.last(where: { $0.name == change.phaseID }) else {
      insert(lines(of: change, indent: indent), afterLineOf: lastOffset(of: phases))
      return true
    }
    if entry.value.isNull {
      insert(Array(lines(of: change, indent: indent).dropFirst()), afterLineOf: entry.key.endPosition.offset)
      return true
    }
    guard isBlockMapping(entry.value) else { return false }
    return place(change, inEntry: entry.value)
  }

  private mutating func place(_ change: RegistryChange, inEntry entry: Value) -> Bool {
    let indent = String(repeating: " ", count: (entry.members.first?.key.position.column ?? 1) - 1)
    var added: [String] = []
    for (key, text) in change.values {
      if let member = entry.members.last(where: { $0.name == key }) {
        guard replace(member, with: text) else { return false }
      } else {
        added.append("\(indent)\(key): \(Self.scalar(text))")
      }
    }
    if let requires = entry.members.last(where: { $0.name == "requires" }) {
      if requires.value.isNull, !replace(requires, writing: "[]") { return false }
    } else {
      added.append("\(indent)requires: []")
    }
    if !added.isEmpty { insert(added, afterLineOf: lastOffset(of: entry)) }
    return true
  }

  private mutating func replace(_ member: Value.Member, with text: String) -> Bool {
    member.value.kind == .string && member.value.text == text || replace(member, writing: Self.scalar(text))
  }

  /// Only a scalar on the line of its key can be replaced by its place.
  private mutating func replace(_ member: Value.Member, writing text: String) -> Bool {
    let value = member.value
    let line = member.key.position.line
    if value.isNull, value.sourceText.isEmpty {
      guard let colon = bytes[member.key.endPosition.offset...].firstIndex(of: UInt8(ascii: ":")) else { return false }
      edits.append((colon + 1..<colon + 1, " \(text)"))
      return true
    }
    guard value.kind != .array, value.kind != .object, value.position.line == line, value.endPosition.line == line
    else { return false }
    edits.append((value.position.offset..<value.endPosition.offset, text))
    return true
  }

  private mutating func append(_ changes: [RegistryChange]) -> Bool {
    let text = (["phases:"] + changes.flatMap { lines(of: $0, indent: 2) }).map { $0 + lineEnd }.joined()
    let isOpen = bytes.last.map { $0 != 0x0A } ?? false
    edits.append((bytes.count..<bytes.count, (isOpen ? lineEnd : "") + text))
    return true
  }

  private func lines(of change: RegistryChange, indent: Int) -> [String] {
    let outer = String(repeating: " ", count: indent)
    return ["\(outer)\(Self.scalar(change.phaseID)):"]
      + change.values.map { "\(outer)  \($0.key): \(Self.scalar($0.text))" } + ["\(outer)  requires: []"]
  }

  private mutating func insert(_ lines: [String], afterLineOf offset: Int) {
    var place = bytes[min(offset, bytes.count)...].firstIndex(of: 0x0A) ?? bytes.count
    if place > 0, place < bytes.count, bytes[place - 1] == 0x0D { place -= 1 }
    edits.append((place..<place, lines.map { lineEnd + $0 }.joined()))
  }

  private func isBlockMapping(_ value: Value) -> Bool {
    value.kind == .object && value.count > 0 && bytes[value.position.offset] != UInt8(ascii: "{")
  }

  /// A byte on the last line of a mapping.
  private func lastOffset(of value: Value) -> Int {
    if let member = value.members.last {
      return member.value.isNull && member.value.sourceText.isEmpty
        ? member.key.endPosition.offset : lastOffset(of: member.value)
    }
    if let element = value.elements.last, bytes[value.position.offset] != UInt8(ascii: "[") {
      return lastOffset(of: element)
    }
    return max(value.position.offset, value.endPosition.offset - 1)
  }

  /// Later places first, so that earlier ones stay where they are; of one place the later edit first, for the same
  /// reason.
  private func finish() -> [UInt8] {
    var text = bytes
    for (_, edit) in edits.enumerated().sorted(by: {
      ($0.element.range.lowerBound, $0.offset) > ($1.element.range.lowerBound, $1.offset)
    }) {
      text.replaceSubrange(edit.range, with: edit.text.utf8)
    }
    return text
  }

  /// A plain scalar where that reads back as the same text, else a quoted one.
  private static func scalar(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "_-./:+".utf8.contains(byte)
    }
    if isPlain, let value = try? YAML.read(Array(text.utf8)), value.kind == .string, value.text == text { return text }
    var quoted = JSONWriter()
    quoted.string(text)
    return String(decoding: quoted.takeBytes(), as: UTF8.self)
  }
}
