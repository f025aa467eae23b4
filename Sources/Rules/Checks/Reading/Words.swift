/// The words of identifiers and prose: `lastRunID`, `last_run_id` and "last run id" are the same three.
enum Words {
  /// Lower-case words in order. ASCII letters and digits make words; a capital after a small letter begins a new one.
  static func split(_ bytes: ArraySlice<UInt8>) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    var previous: UInt8 = 0
    func isSmall(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) }
    for index in bytes.indices {
      let byte = bytes[index]
      let isCapital = (0x41...0x5A).contains(byte)
      guard isCapital || isSmall(byte) else {
        if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        word.removeAll(keepingCapacity: true)
        previous = byte
        continue
      }
      // "IDName": the last capital of a row belongs to the next word.
      let nextIsSmall = index + 1 < bytes.endIndex && (0x61...0x7A).contains(bytes[index + 1])
      let beginsWord = isCapital && (isSmall(previous) || ((0x41...0x5A).contains(previous) && nextIsSmall))
      if beginsWord, !word.isEmpty {
        words.append(String(decoding: word, as: UTF8.self))
        word.removeAll(keepingCapacity: true)
      }
      word.append(isCapital ? byte | 0x20 : byte)
      previous = byte
    }
    if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
    return words
  }

  /// The words of a text.
  static func split(_ text: some StringProtocol) -> [String] { split(ArraySlice(Array(text.utf8))) }
}
