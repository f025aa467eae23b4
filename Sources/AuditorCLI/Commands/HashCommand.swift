import Auditor
import Formats
import Rules

extension Command {
  /// SHA-256 of files, in the form that `sha256sum --check` reads.
  static let hash = Command(
    ["hash"], summary: "Print SHA-256 digests of files",
    description: """
      Prints the digest, two blanks and the path of each file, as sha256sum does. A file that cannot be read is named \
      on standard error, the others are hashed all the same, and the exit status is 4.
      """,
    operands: .some("FILE"), flags: [.format(["text", "json"]), .json],
    examples: [
      Example("auditor hash reports/*.json > SHA256SUMS", "digests that sha256sum --check reads"),
      Example("auditor hash --json evidence.tar", "digest and size as JSON"),
    ]
  ) { arguments, console in
    let isJSON = arguments.has(.json) || arguments.value(.format(["text", "json"])) == "json"
    var status = ExitStatus.clean
    var digested: [(path: String, file: FileDigest.Digested)] = []
    for index in stride(from: 0, to: arguments.operands.count, by: 2) {
      for (path, result) in digests(of: arguments.operands[index...].prefix(2)) {
        switch result {
        case .success(let file) where isJSON: digested.append((path, file))
        case .success(let file): console.write(line(file.digest, path))
        case .failure(let error):
          console.complain("auditor: \(error)")
          status = .noVerdict
        }
      }
    }
    if isJSON { console.write(json(digested)) }
    return status
  }

  /// The digests of one file or two: two at a time are hashed nearly twice as fast.
  private static func digests(of paths: ArraySlice<String>) -> [(String, Result<FileDigest.Digested, FileError>)] {
    guard let first = paths.first, let last = paths.last else { return [] }
    guard paths.count == 2 else {
      return [(first, Result { () throws(FileError) in try FileDigest.sha256(of: first) })]
    }
    let pair = FileDigest.sha256(ofPair: first, last)
    return [(first, pair.first), (last, pair.second)]
  }

  /// A line of sha256sum, which marks a line with escapes in its name by a `\` in front.
  private static func line(_ digest: Digest, _ path: String) -> [UInt8] {
    var name: [UInt8] = []
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): name += Array("\\\\".utf8)
      case UInt8(ascii: "\n"): name += Array("\\n".utf8)
      case UInt8(ascii: "\r"): name += Array("\\r".utf8)
      default: name.append(byte)
      }
    }
    let mark = name.count == path.utf8.count ? "" : "\\"
    return Array("\(mark)\(digest.hex)  ".utf8) + name + [UInt8(ascii: "\n")]
  }

  private static func json(_ digested: [(path: String, file: FileDigest.Digested)]) -> [UInt8] {
    var writer = JSONWriter(.pretty)
    writer.beginArray()
    for (path, file) in digested {
      writer.beginObject()
      writer.key("path")
      writer.string(path)
      writer.key("sha256")
      writer.string(file.digest.hex)
      writer.key("bytes")
      writer.integer(file.byteCount)
      writer.endObject()
    }
    writer.endArray()
    writer.newline()
    return writer.takeBytes()
  }
}
