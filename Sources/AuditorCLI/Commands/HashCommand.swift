import Auditor
import Formats
import Rules

extension Command {
  /// SHA-256 of files, in the form that `sha256sum --check` reads.
  static let hash = Command(
    ["hash"], summary: "Print SHA-256 digests of files",
    description: """
      Prints the digest, two blanks and the path of each file, as sha256sum does, in the order of the files. A file that \
      cannot be read is named on standard error, the others are hashed all the same, and the exit status is 4.
      """,
    operands: .any("FILE"), flags: [nameList, .jobs, .format(["text", "json"]), .json],
    examples: [
      Example("auditor hash reports/*.json > SHA256SUMS", "digests that sha256sum --check reads"),
      Example("find evidence -type f -print0 | auditor hash --files0-from -", "a whole tree on all cores"),
      Example("auditor hash --json evidence.tar", "digest and size as JSON"),
    ]
  ) { arguments, console in
    let paths = try names(arguments)
    let isJSON = arguments.outputFormat(["text"]) == "json"
    let jobs = try arguments.count(.jobs) ?? WorkerThreads.coreCount
    var report = FileDigest.sha256(of: paths, jobs: jobs, into: HashReport(isJSON: isJSON)) { report, path, answer in
      switch answer {
      case .success(let file): report.add(path, file)
      case .failure(let error):
        console.complain("auditor: \(error)")
        report.status = .noVerdict
      }
      if report.isWorthShowing { console.write(report.takeBytes()) }
    }
    report.end()
    console.write(report.takeBytes())
    return report.status
  }

  private static let nameList = Flag(
    "files0-from", .value("LIST"),
    help: "Hash the files that LIST names, each name ended by NUL ('-' for standard input)")

  /// The files to hash: operands or a list, and never none.
  private static func names(_ arguments: Arguments) throws -> [[UInt8]] {
    guard let list = arguments.value(nameList) else {
      guard !arguments.operands.isEmpty else { throw UsageError.missingOperand("FILE…", command: "hash") }
      return arguments.operands.map { Array($0.utf8) }
    }
    if let operand = arguments.operands.first {
      throw UsageError.contradiction("--files0-from names the files; leave out '\(operand)'")
    }
    let bytes = list == "-" ? try StandardInput.bytes() : try FileReader.read(list)
    let ended = bytes.last == 0 ? bytes.dropLast() : bytes[...]
    let names = ended.split(separator: 0, omittingEmptySubsequences: false).map(Array.init)
    guard !names.contains([]) else {
      throw UsageError.invalidValue(
        flag: "files0-from", value: list, expected: "names that end in NUL, at least one and none of them empty")
    }
    return names
  }
}

/// What `hash` prints: lines of sha256sum, or one JSON array.
private struct HashReport: Sendable {
  /// Small files are shown many at once, for a call a line would cost as much as the hashing; a file that took long at
  /// once.
  private static let showableBytes = 1 << 15
  private static let longBytes = 1 << 20

  private var json: JSONWriter?
  private var text: [UInt8] = []
  private var hashedBytes = 0
  var status = ExitStatus.clean

  init(isJSON: Bool) {
    guard isJSON else { return }
    json = JSONWriter(.pretty)
    json?.beginArray()
  }

  /// Whether enough has gathered to be printed.
  var isWorthShowing: Bool { text.count >= Self.showableBytes || hashedBytes >= Self.longBytes }

  mutating func add(_ path: [UInt8], _ file: FileDigest.Digested) {
    hashedBytes += file.byteCount
    guard json != nil else { return addLine(path, file.digest) }
    json?.beginObject()
    json?.key("path")
    json?.string(String(decoding: path, as: UTF8.self))
    json?.key("sha256")
    json?.string(file.digest.hex)
    json?.key("bytes")
    json?.integer(file.byteCount)
    json?.endObject()
    text += json?.takeBytes() ?? []
  }

  mutating func end() {
    json?.endArray()
    json?.newline()
    text += json?.takeBytes() ?? []
  }

  mutating func takeBytes() -> [UInt8] {
    defer {
      text.removeAll(keepingCapacity: true)
      hashedBytes = 0
    }
    return text
  }

  /// A line of sha256sum, which marks a line with escapes in its name by a `\` in front.
  private mutating func addLine(_ path: [UInt8], _ digest: Digest) {
    if path.contains(where: { Self.escape(of: $0) != nil }) { text.append(UInt8(ascii: "\\")) }
    text += digest.hex.utf8
    text += "  ".utf8
    for byte in path {
      if let escape = Self.escape(of: byte) { text += [UInt8(ascii: "\\"), escape] } else { text.append(byte) }
    }
    text.append(UInt8(ascii: "\n"))
  }

  private static func escape(of byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "\\"): byte
    case UInt8(ascii: "\n"): UInt8(ascii: "n")
    case UInt8(ascii: "\r"): UInt8(ascii: "r")
    default: nil
    }
  }
}
