import EndToEnd

/// What a command said, as it goes to a terminal.
struct SaidText {
  private let outcome: Outcome
  private let isText: Bool

  init(_ outcome: Outcome, isText: Bool) {
    self.outcome = outcome
    self.isText = isText
  }

  func broken() -> [BrokenPromise] {
    judge(outcome.standardOutput, "standard output", isText: isText)
      + judge(outcome.standardError, "standard error", isText: true)
  }

  private func judge(_ bytes: [UInt8], _ name: String, isText: Bool) -> [BrokenPromise] {
    guard let text = String(validating: bytes, as: UTF8.self) else { return [.dirtyText("\(name) is no UTF-8")] }
    let bad = text.unicodeScalars.first { Self.isControl($0) || isText && Self.turns($0) }
    return bad.map { [.dirtyText("\(name) holds U+\(String($0.value, radix: 16))")] } ?? []
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 && scalar != "\n" || (0x7F..<0xA0).contains(scalar.value)
  }

  /// Changes the direction of what stands around it.
  private static func turns(_ scalar: Unicode.Scalar) -> Bool {
    (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
  }
}
