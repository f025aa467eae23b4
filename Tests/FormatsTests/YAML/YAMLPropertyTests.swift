import Formats
import Testing

@Suite("YAML, whatever comes")
struct YAMLPropertyTests {
  private static let seeds = [
    "a: 1\nb:\n  - x: [1, {y: 'z'}]\n  - \"q\\n\"\nc: |\n  text\n   more\n\n  end\n",
    "--- !!map\n&a k: *a\n? [x, y]\n: >-\n folded\n text\n...\n%YAML 1.2\n---\n- - a\n  - ? b\n    : c\n",
    "plain\n of many\n\n lines # note\n", "{a: b, ? c : d, \"e\":f, : g, h}",
    "- !<x> &y '' \n-\t~\n- # c\n- |2+\n   z\n\n",
  ]
  private static let fragments = [
    "- ", "? ", ": ", "\n", "\n ", "\n  ", "\t", "[", "]", "{", "}", ", ", "'", "\"", "\\", "#", " #", "&a ", "*a ",
    "!t ", "|", ">",
    "---", "...", "\n---\n", "%", "\r", "\u{FEFF}", "é", "\u{0}", "0x", "|2-",
  ].map { Array($0.utf8) }

  @Test("broken text is read or refused, at a place within it")
  func mutations() throws {
    var noise = Noise(seed: 12)
    var read = 0
    for round in 0..<6_000 {
      var bytes = Array(Self.seeds[round % Self.seeds.count].utf8)
      for _ in 0...Int.random(in: 0..<4, using: &noise) { Self.mutate(&bytes, &noise) }
      do {
        let stream = try YAML.readStream(bytes)
        for document in stream.documents { #expect(document.endPosition.offset <= bytes.count) }
        read += 1
      } catch {
        #expect(error.position.offset <= bytes.count)
      }
    }
    #expect(read > 500, "too few mutations survive to say anything about reading")
  }

  private static func mutate(_ bytes: inout [UInt8], _ noise: inout Noise) {
    let at = Int.random(in: 0...bytes.count, using: &noise)
    let end = min(bytes.count, at + Int.random(in: 0..<5, using: &noise))
    switch Int.random(in: 0..<4, using: &noise) {
    case 0: bytes.removeSubrange(at..<end)
    case 1: bytes.insert(contentsOf: fragments.randomElement(using: &noise) ?? [], at: at)
    case 2: bytes.replaceSubrange(at..<end, with: fragments.randomElement(using: &noise) ?? [])
    default: if at < bytes.count { bytes[at] = UInt8.random(in: 0...255, using: &noise) }
    }
  }

  @Test("every JSON text is YAML, and means the same", arguments: [JSONWriter.Layout.compact, .pretty])
  func jsonIsYAML(layout: JSONWriter.Layout) throws {
    var noise = Noise(seed: 34)
    for _ in 0..<300 {
      var writer = JSONWriter(layout)
      Self.write(&writer, depth: 0, &noise)
      let text = writer.takeBytes()
      #expect(try Self.rewritten(YAML.read(text)) == Self.rewritten(JSON.read(text)))
    }
  }

  private static func rewritten(_ value: Value) -> [UInt8] {
    var writer = JSONWriter()
    writer.value(value)
    return writer.takeBytes()
  }

  private static func write(_ writer: inout JSONWriter, depth: Int, _ noise: inout Noise) {
    switch Int.random(in: 0..<(depth < 5 ? 8 : 6), using: &noise) {
    case 0: writer.null()
    case 1: writer.boolean(Bool.random(using: &noise))
    case 2: writer.integer(Int64.random(in: .min ... .max, using: &noise))
    case 3: writer.real(Double.random(in: -1e9...1e9, using: &noise))
    case 4, 5: writer.string(text(&noise))
    case 6:
      writer.beginArray()
      for _ in 0..<Int.random(in: 0..<5, using: &noise) { write(&writer, depth: depth + 1, &noise) }
      writer.endArray()
    default:
      writer.beginObject()
      for _ in 0..<Int.random(in: 0..<5, using: &noise) {
        writer.key(text(&noise))
        write(&writer, depth: depth + 1, &noise)
      }
      writer.endObject()
    }
  }

  private static func text(_ noise: inout Noise) -> String {
    let alphabet: [Unicode.Scalar] = [
      "a", "b", " ", ":", "#", "-", "\n", "\t", "\"", "\\", "'", "{", "]", ",", "é", "😀", "\u{85}", "\u{7F}", "\u{1}",
      "\u{2028}", "\u{FEFF}", "\u{FFFE}", "0", "~", "?", "&", "*", "!", "|", "%", "@",
    ]
    var text = ""
    for _ in 0..<Int.random(in: 0..<8, using: &noise) {
      if let scalar = alphabet.randomElement(using: &noise) { text.unicodeScalars.append(scalar) }
    }
    return text
  }
}
