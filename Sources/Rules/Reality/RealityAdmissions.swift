import Formats

/// The automatic failures (REALITY_RULES section 6): what a bundle admits of itself, whatever is targeted.
enum RealityAdmissions {
  static func reasons(_ documents: RealityDocuments) -> [RealityReason] {
    var reasons = RealityReasons("AUTO")
    for artifact in RealityArtifact.allCases where artifact.isScanned {
      guard let bytes = documents.content(artifact) else { continue }
      scan(bytes, of: artifact, &reasons)
    }
    if let storage = documents.storageState {
      if storage.isInMemory {
        reasons.lie(
          "IN_MEMORY_PERSISTENCE", "the storage keeps what it holds in memory: nothing outlives the process",
          in: .storageState)
      }
      if let value = mockedText(in: storage.document) {
        reasons.lie(
          "MOCKED_STORAGE", "the storage calls itself a stand-in: '\(value.text)'", in: .storageState,
          line: value.position.line)
      }
    }
    if let decisions = documents.timeModel?["decisions"], decisions.kind == .array {
      for decision in decisions.elements where !isRecorded(decision) {
        reasons.lie(
          "UNRECORDED_WALL_CLOCK", "a decision rests on a time that was not recorded", in: .timeModel,
          line: decision.position.line)
      }
    }
    judgeTests(documents, &reasons)
    return reasons.all
  }

  /// Whether a decision of the time model says which recorded time it rests on.
  static func isRecorded(_ decision: Value) -> Bool {
    guard decision.kind == .object, let basis = decision["time_basis"]?.string else { return false }
    return ["event_time", "process_time", "sequence", "none"].contains(basis)
      && decision["recorded"]?.isBoolean(true) ?? false
  }

  private static let markers = ["TODO", "FIXME"].map { Array($0.utf8) }
  private static let hedges = ["looks correct", "should work"].map { Array($0.utf8) }
  private static let storageEvent = Array("event=storage.".utf8)
  private static let mockWords: Set<String> = ["mock", "mocked", "magicmock", "fake", "faked", "stub", "stubbed"]

  private static func scan(_ bytes: [UInt8], of artifact: RealityArtifact, _ reasons: inout RealityReasons) {
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      for marker in markers where containsWord(marker, in: line) {
        reasons.lie(
          "TODO_OR_FIXME", "\(artifact.fileName) says \(ASCII.text(marker[...]))", in: artifact, line: index + 1)
      }
      let folded = line.map(ASCII.lowercased)
      for hedge in hedges where folded.firstRange(of: hedge) != nil {
        reasons.lie(
          "HEDGED_STATEMENT", "\(artifact.fileName) says '\(ASCII.text(hedge[...]))'", in: artifact, line: index + 1)
      }
      if artifact == .serviceLog, line.firstRange(of: storageEvent) != nil,
        containsMockWord(folded[...])
      {
        reasons.lie(
          "MOCKED_STORAGE", "the storage calls itself a stand-in in the log", in: artifact, line: index + 1)
      }
    }
  }

  /// Whether a text stands somewhere without touching a letter, digit or underscore.
  private static func containsWord(_ word: [UInt8], in line: ArraySlice<UInt8>) -> Bool {
    var rest = line
    while let found = rest.firstRange(of: word) {
      let touchesBefore = found.lowerBound > line.startIndex && ASCII.isWord(line[found.lowerBound - 1])
      let touchesAfter = found.upperBound < line.endIndex && ASCII.isWord(line[found.upperBound])
      if !touchesBefore, !touchesAfter { return true }
      rest = line[found.upperBound...]
    }
    return false
  }

  /// Whether one of the words for a stand-in is among the runs of letters; the text is in lower case.
  private static func containsMockWord(_ text: ArraySlice<UInt8>) -> Bool {
    text.split { !ASCII.isLetter($0) }.contains { mockWords.contains(ASCII.text($0)) }
  }

  /// The first text anywhere in a document that names a stand-in.
  private static func mockedText(in value: Value) -> Value? {
    switch value.kind {
    case .string: containsMockWord(value.textBytes.map(ASCII.lowercased)[...]) ? value : nil
    case .array: value.elements.lazy.compactMap(mockedText).first
    case .object: value.members.lazy.compactMap { mockedText(in: $0.value) }.first
    default: nil
    }
  }

  private static func judgeTests(_ documents: RealityDocuments, _ reasons: inout RealityReasons) {
    guard documents.auditExport == nil || documents.storageState == nil else { return }
    for artifact in [RealityArtifact.serviceLog, .passFail] {
      guard let bytes = documents.content(artifact), countsPassedTests(bytes) else { continue }
      reasons.lie(
        "TESTS_WITHOUT_ARTIFACTS",
        "\(artifact.fileName) counts passed tests, but there is no usable audit export and storage state", in: artifact)
    }
  }

  /// `<digits> passed`, not touching further letters, digits or underscores.
  private static func countsPassedTests(_ bytes: [UInt8]) -> Bool {
    let word = Array(" passed".utf8)
    var rest = bytes[...]
    while let found = rest.firstRange(of: word) {
      rest = bytes[found.upperBound...]
      if let next = rest.first, ASCII.isWord(next) { continue }
      var start = found.lowerBound
      while start > 0, ASCII.isDigit(bytes[start - 1]) { start -= 1 }
      if start < found.lowerBound, start == 0 || !ASCII.isWord(bytes[start - 1]) { return true }
    }
    return false
  }
}
