import Formats
import Testing

@Suite("Texts that are written as JSON")
struct JSONWriterTextTests {
  @Test(
    "every character reads back as it was, wherever it stands",
    arguments: [
      "", "a", "\"", "\\", "\n", "\r\n", "\t", "\u{0}", "\u{1F}", "\u{7F}", "\u{80}", "\u{9F}", "\u{A0}", "é", "日", "😀",
    ])
  func readsBack(character: String) throws {
    for text in [character, "x\(character)", "\(character)x", "plain \(character)\(character) plain"] {
      let written = write(text)
      #expect(try JSON.read(written).text == text)
    }
  }

  @Test("controls are escaped, so that no terminal obeys them; everything else stands as it is")
  func controls() {
    #expect(shown("a\u{1}\u{7F}\u{80}\u{9F}") == #""a\u0001\u007f\u0080\u009f""#)
    #expect(shown("\u{A0}é日\u{2028}") == "\"\u{A0}é日\u{2028}\"")
    #expect(shown("\\\"\n\r\t") == #""\\\"\n\r\t""#)
  }

  private func write(_ text: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.string(text)
    return writer.takeBytes()
  }

  private func shown(_ text: String) -> String { String(decoding: write(text), as: UTF8.self) }
}
