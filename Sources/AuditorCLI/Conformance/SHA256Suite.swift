import Formats

extension ConformanceSuite {
  /// SHA-256 of bytes given whole or as a piece that is repeated.
  static let sha256 = ConformanceSuite(name: "sha256") { row, _, result in
    var hasher = SHA256()
    if let repetition = row["repeat"] {
      let piece = try repetition.requiredBytes("b64")
      guard let count = repetition["count"]?.integer, count >= 0 else { throw MissingField(name: "repeat.count") }
      hasher.update(piece, times: count)
    } else {
      hasher.update(try row.requiredBytes("data_b64"))
    }
    result.key("sha256")
    result.string(hasher.finalize().hex)
  }
}

extension SHA256 {
  /// Feeds a piece many times over, joined into larger pieces first: rows stand for gigabytes of single bytes.
  fileprivate mutating func update(_ piece: [UInt8], times count: Int64) {
    guard !piece.isEmpty else { return }
    let perChunk = max(1, (1 << 16) / piece.count)
    let chunk = [UInt8]((0..<perChunk).map { _ in piece }.joined())
    for _ in 0..<(count / Int64(perChunk)) { update(chunk) }
    for _ in 0..<(count % Int64(perChunk)) { update(piece) }
  }
}
