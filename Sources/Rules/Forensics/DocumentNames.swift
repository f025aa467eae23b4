/// Which tools a phase's document names.
package struct DocumentNames: Sendable {
  /// The tools of its lines `- **Tool**: …`, without code marks, folders and extensions.
  let tools: [String]
  private let words: IdentifierWords

  /// Reads a document.
  package init(_ text: String) {
    words = IdentifierWords(text)
    tools = text.split(whereSeparator: \.isNewline).flatMap { line -> [String] in
      guard let mark = line.firstRange(of: "- **Tool**: ") else { return [] }
      return line[mark.upperBound...].split(separator: ",").map { Self.plainName(String($0)) }.filter { !$0.isEmpty }
    }
  }

  /// Whether the text names a tool anywhere, with or without its folder and extension.
  func names(_ tool: String) -> Bool { words.names(tool) || words.names(Self.plainName(tool)) }

  /// Whether a `Tool` line lists a tool.
  func lists(_ tool: String) -> Bool {
    let wanted = IdentifierWords(Self.plainName(tool)).trimmed
    return tools.contains { IdentifierWords($0).trimmed == wanted }
  }

  /// The name without code marks, folders and extension.
  static func plainName(_ name: String) -> String {
    let bare = name.filter { $0 != "`" && $0 != "*" && !$0.isWhitespace }
    let last = bare.split(separator: "/").last.map(String.init) ?? ""
    guard let dot = last.lastIndex(of: "."), dot > last.startIndex else { return last }
    return String(last[..<dot])
  }
}
