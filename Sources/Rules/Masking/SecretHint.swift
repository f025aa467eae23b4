/// A quick look for what may be a secret, so that most texts need no more: the letters that a secret, or what stands
/// before it, begins with.
enum SecretHint {
  private static let words: [[UInt8]] = [
    "PRIVATE KEY", "AGE-SECRET-KEY-1", "AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-",
    "xox", "hooks.slack.com", "sk-", "sk_live_", "rk_live_", "AIza", "ya29.", "SG.", "npm_", "pypi-AgEI", "hf_", "hvs.",
    "dop_v1_", "shpat_", "shpca_", "shppa_", "shpss_", "dapi", "eyJ", ":/",
  ].map { Array($0.utf8) }

  /// Words that count in upper case too, in lower case.
  private static let foldedWords: [[UInt8]] = [
    "authorization", "password", "pwd", "accountkey", "sharedaccesskey", "apikey=", "api_key=", "token=", "secret=",
  ].map { Array($0.utf8) }

  /// By the first byte: the words that begin with it, and whether case counts.
  private static let byFirst: [[(word: [UInt8], folds: Bool)]] = {
    var table = [[(word: [UInt8], folds: Bool)]](repeating: [], count: 256)
    for word in words { table[Int(word[0])].append((word, false)) }
    for word in foldedWords {
      for first in [word[0], word[0] & ~0x20] { table[Int(first)].append((word, true)) }
    }
    return table
  }()

  /// By byte: no word begins with it.
  private static let isIdle: [Bool] = byFirst.map(\.isEmpty)

  /// The most bytes that are looked at one by one; beyond that the search itself costs less.
  private static let most = 1 << 14

  /// Whether there may be a secret.
  static func isIn(_ text: Span<UInt8>) -> Bool {
    if text.count > most { return true }
    let idle = isIdle
    for place in text.indices where !idle[Int(text[place])] {
      for (word, folds) in byFirst[Int(text[place])] where stands(word, at: place, in: text, folds: folds) {
        return true
      }
    }
    return false
  }

  private static func stands(_ word: [UInt8], at place: Int, in text: Span<UInt8>, folds: Bool) -> Bool {
    guard place + word.count <= text.count else { return false }
    for index in word.indices {
      let byte = text[place + index]
      if byte != word[index], !folds || byte | 0x20 != word[index] { return false }
    }
    return true
  }
}
