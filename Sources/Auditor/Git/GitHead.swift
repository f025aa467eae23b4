import Formats

/// The commit that a checkout stands at, read from its own files: a sweep over many small repositories would spend more
/// time on starting git than on looking at them.
enum GitHead {
  /// The full name of the commit; nil wherever that takes more than reading `HEAD` and the ref that it names, so that git
  /// itself has to be asked: no repository here, a linked work tree, another format of refs, no commit yet.
  static func read(_ inputs: RootedInputs) -> String? {
    guard let head = text(".git/HEAD", inputs) else { return nil }
    if isCommit(head) { return head }
    guard head.hasPrefix("ref: refs/") else { return nil }
    let name = String(head.dropFirst(5))
    if name.split(separator: "/").contains("..") { return nil }
    if let loose = text(".git/\(name)", inputs) { return isCommit(loose) ? loose : nil }
    return packed(name, inputs)
  }

  private static func packed(_ name: String, _ inputs: RootedInputs) -> String? {
    guard let bytes = try? inputs.read(".git/packed-refs") else { return nil }
    for line in bytes.split(separator: 0x0A) where line.count > name.utf8.count {
      let words = line.split(separator: 0x20, maxSplits: 1)
      guard words.count == 2, words[1].elementsEqual(name.utf8) else { continue }
      let commit = String(decoding: words[0], as: UTF8.self)
      return isCommit(commit) ? commit : nil
    }
    return nil
  }

  /// What cannot be read is git's to explain.
  private static func text(_ path: String, _ inputs: RootedInputs) -> String? {
    guard let bytes = try? inputs.read(path), bytes.count < 4_096 else { return nil }
    return String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self)
  }

  private static func isCommit(_ text: String) -> Bool {
    (text.utf8.count == 40 || text.utf8.count == 64) && GitRepository.isHexadecimalName(text)
  }
}
