import Formats

/// What a record tells of a command line. Arguments may hold passwords, so only what cannot is written out.
struct CommandWords {
  private let words: [[UInt8]]

  init(_ words: [[UInt8]]) { self.words = words }

  /// The program without its folder, the names of options, and `…` for everything else.
  var outline: [String] {
    guard let program = words.first else { return [] }
    let name = program.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? program
    return [String(decoding: name, as: UTF8.self)] + words.dropFirst().map(Self.outline)
  }

  /// As they were given.
  var plain: [String] { words.map { String(decoding: $0, as: UTF8.self) } }

  /// SHA-256 over the words, each ended by NUL: tells whether two runs ran the same.
  var digest: Digest { SHA256.digest(words.flatMap { $0 + [0] }) }

  func write(isPlain: Bool, to json: inout JSONWriter) {
    json.object("command") { json in
      json.member("words", isPlain ? plain : outline)
      json.member("sha256", digest.hex)
    }
  }

  /// `--name`, `--name=…`, `-x`, or `…`: what stands behind a single letter may be its value.
  private static func outline(_ word: [UInt8]) -> String {
    if word.elementsEqual("--".utf8) { return "--" }
    let isLong = word.starts(with: "--".utf8)
    guard isLong || word.first == UInt8(ascii: "-") && word.count == 2 else { return "…" }
    let name = word.prefix { $0 != UInt8(ascii: "=") }
    guard name.allSatisfy(isNamePart) else { return "…" }
    return String(decoding: name, as: UTF8.self) + (name.count < word.count ? "=…" : "")
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: "_")
  }
}
