import Auditor
import Formats
import Rules

extension Command {
  /// Rows in, rows out: how an outside runner asks one engine many questions. Not for people, so it is hidden.
  static let conformance = Command(
    ["conformance"], summary: "Answer conformance rows",
    description: "Reads one JSON object a line on standard input and answers each on standard output.",
    operands: .one("SUITE"), flags: [remotes, pack], isHidden: true
  ) { arguments, console in
    let name = arguments.operands[0]
    guard let suite = ConformanceSuite.all.first(where: { $0.name == name }) else {
      throw UsageError.unknownName(
        name, of: "suite", hint: "; there are \(ConformanceSuite.all.map(\.name).joined(separator: ", "))")
    }
    let options = try ConformanceOptions(remotes: arguments.list(remotes), pack: arguments.value(pack))
    var lines = StandardInput.lines()
    while let line = try lines.next() {
      if !line.isEmpty { console.write(exactly: answer(line, suite, options)) }
    }
    return .clean
  }

  private static let remotes = Flag("remotes", .list("DIR=URLPREFIX"), help: "Where references are looked up")

  private static let pack = Flag("pack", .value("DIR"), help: "The interface pack whose contracts are meant")

  private static func answer(_ line: [UInt8], _ suite: ConformanceSuite, _ options: ConformanceOptions) -> [UInt8] {
    do {
      let row = try JSON.read(line)
      var result = JSONWriter()
      result.beginObject()
      result.key("id")
      result.string(row["id"]?.string ?? "")
      do {
        var fields = result
        try suite.answer(row, options, &fields)
        fields.key("ok")
        fields.boolean(true)
        result = fields
      } catch {
        result.key("ok")
        result.boolean(false)
        result.key("error")
        result.string("\(error)")
      }
      result.endObject()
      result.newline()
      return result.takeBytes()
    } catch {
      return Array("{\"id\":\"\",\"ok\":false,\"error\":\"the row is no JSON\"}\n".utf8)
    }
  }
}

extension ConformanceOptions {
  init(remotes pairs: [String], pack: String?) throws(UsageError) {
    var remotes: [(folder: String, prefix: String)] = []
    for pair in pairs {
      guard let split = pair.firstIndex(of: "=") else {
        throw .invalidValue(flag: "remotes", value: pair, expected: "DIR=URLPREFIX")
      }
      remotes.append((String(pair[..<split]), String(pair[pair.index(after: split)...])))
    }
    self.remotes = remotes
    self.pack = pack
  }
}
