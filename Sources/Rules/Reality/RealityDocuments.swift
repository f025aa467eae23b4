import Formats

/// The usable documents of a bundle, and what was wrong with the files (REALITY_RULES sections 2 and 3).
package struct RealityDocuments {
  let runID: String
  let files: [RealityArtifact: RealityFile]
  private(set) var usable: Set<RealityArtifact> = []
  private(set) var auditExport: AuditExport?
  private(set) var storageState: StorageState?
  private(set) var replayReport: Value?
  private(set) var configSnapshot: Value?
  private(set) var timeModel: Value?
  private(set) var idempotencyReport: Value?
  private(set) var operatorActions: [Value]?
  private(set) var serviceLog: ServiceLog?
  private(set) var configHash: [UInt8]?
  private(set) var claim: RealityClaim?
  private(set) var reasons = RealityReasons("BUNDLE")

  /// Reads all files of a bundle whose folder has the name `runID`.
  package init(runID: String, files: [RealityArtifact: RealityFile]) {
    self.runID = runID
    self.files = files
    for artifact in RealityArtifact.allCases { read(artifact) }
    if !holdsSomething {
      reasons.missing("NO_ARTIFACTS", "the folder holds none of the files of an evidence bundle")
    }
  }

  /// What the judge needs to know of files that the documents name.
  package var questions: RealityQuestions {
    let compose = configSnapshot?.present("deployment")?.nonEmptyText("compose_file")
    var database = storageState?.database
    database?.mostAuditIDs = (auditExport?.records.count ?? 0) + 1
    return RealityQuestions(database: database, composeFile: compose)
  }

  /// The bytes of a file that was read, whatever they hold.
  func content(_ artifact: RealityArtifact) -> [UInt8]? {
    if case .content(let bytes) = files[artifact] { bytes } else { nil }
  }

  func isAbsent(_ artifact: RealityArtifact) -> Bool {
    switch files[artifact] {
    case .absent, nil: true
    default: false
    }
  }

  /// A claim is not an artifact.
  private var holdsSomething: Bool {
    RealityArtifact.allCases.contains { artifact in
      artifact != .passFail && !(content(artifact) ?? []).allSatisfy(ASCII.isBlank)
    }
  }

  private mutating func read(_ artifact: RealityArtifact) {
    let token = artifact.rawValue
    switch files[artifact] ?? .absent {
    case .absent:
      if artifact.isMandatory { reasons.missing("MISSING_\(token)", "\(artifact.fileName) is not there") }
    case .outside:
      reasons.lie("PATH_ESCAPE", "\(artifact.fileName) leads out of the bundle; it was not read", in: artifact)
    case .notRegular:
      reasons.missing("INVALID_SHAPE_\(token)", "\(artifact.fileName) is no regular file", in: artifact)
    case .unreadable(let why):
      reasons.missing("INVALID_SHAPE_\(token)", "\(artifact.fileName) cannot be read: \(why)", in: artifact)
    case .content(let bytes):
      guard !bytes.allSatisfy(ASCII.isBlank) else {
        reasons.missing("EMPTY_\(token)", "\(artifact.fileName) is empty", in: artifact)
        return
      }
      guard (try? UTF8Span(validating: bytes.span)) != nil else {
        reasons.missing("NOT_UTF8_\(token)", "\(artifact.fileName) is not UTF-8", in: artifact)
        return
      }
      let isUsable =
        switch artifact.form {
        case .text: takeText(artifact, bytes)
        case .json: takeDocument(artifact, bytes)
        case .jsonLines: takeLines(artifact, bytes)
        }
      if isUsable { usable.insert(artifact) }
    }
  }

  private mutating func takeText(_ artifact: RealityArtifact, _ bytes: [UInt8]) -> Bool {
    switch artifact {
    case .serviceLog: serviceLog = ServiceLog(bytes)
    case .configHash: configHash = bytes
    default:
      let claim = RealityClaim(bytes)
      self.claim = claim
      if let problem = claim.problem {
        reasons.missing("PASS_FAIL_MALFORMED", "PASS_FAIL.txt cannot be understood: \(problem)", in: .passFail)
      }
    }
    return true
  }

  private mutating func takeDocument(_ artifact: RealityArtifact, _ bytes: [UInt8]) -> Bool {
    guard let document = json(artifact, bytes, line: nil) else { return false }
    guard hasShape(artifact, document) else {
      reasons.missing(
        "INVALID_SHAPE_\(artifact.rawValue)", "\(artifact.fileName) has not the members that its schema_version needs",
        in: artifact, line: 1)
      return false
    }
    if let named = document["run_id"]?.string, !named.utf8.elementsEqual(runID.utf8) {
      reasons.lie(
        "RUN_ID_MISMATCH", "\(artifact.fileName) belongs to run '\(named)', the folder is '\(runID)'", in: artifact,
        line: document["run_id"]?.position.line)
    }
    return true
  }

  /// Checks what section 3 demands, and keeps the document.
  private mutating func hasShape(_ artifact: RealityArtifact, _ document: Value) -> Bool {
    let schema = "reality.\(artifact.fileName.prefix { $0 != "." }).v1"
    guard document.kind == .object, document["schema_version"]?.string == schema,
      document.nonEmptyText("run_id") != nil
    else { return false }
    switch artifact {
    case .storageState:
      storageState = StorageState(document)
      return storageState != nil
    case .replayReport:
      guard isListOfObjects(document["outcomes"]) else { return false }
      replayReport = document
    case .idempotencyReport:
      guard isListOfObjects(document["injections"]) else { return false }
      idempotencyReport = document
    case .configSnapshot: configSnapshot = document
    default: timeModel = document
    }
    return true
  }

  private func isListOfObjects(_ value: Value?) -> Bool {
    guard let value, value.kind == .array else { return false }
    return value.elements.allSatisfy { $0.kind == .object }
  }

  private mutating func takeLines(_ artifact: RealityArtifact, _ bytes: [UInt8]) -> Bool {
    var isUsable = true
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    if let tail = lines.popLast(), !tail.isEmpty {
      reasons.missing(
        "TRUNCATED_\(artifact.rawValue)", "the last line of \(artifact.fileName) has no end", in: artifact,
        line: lines.count + 1)
      isUsable = false
    }
    var records: [AuditRecord] = []
    var actions: [Value] = []
    for (index, line) in lines.enumerated() {
      guard let value = json(artifact, Array(line), line: index + 1) else {
        isUsable = false
        continue
      }
      if artifact == .operatorActions, value.kind == .object {
        actions.append(value)
      } else if artifact == .auditExport, let record = AuditRecord(value, line: index + 1) {
        records.append(record)
      } else {
        let wanted =
          artifact == .auditExport ? "an object with sequence, event_kind and payload" : "an object for one action"
        reasons.missing("INVALID_SHAPE_\(artifact.rawValue)", "a line is not \(wanted)", in: artifact, line: index + 1)
        isUsable = false
      }
    }
    guard isUsable else { return false }
    if artifact == .auditExport {
      auditExport = AuditExport(digest: SHA256.digest(bytes), records: records)
    } else {
      operatorActions = actions
    }
    return true
  }

  /// A strict JSON value without duplicate members; otherwise says what is wrong and answers nil.
  private mutating func json(_ artifact: RealityArtifact, _ bytes: [UInt8], line: Int?) -> Value? {
    do {
      let stream = try JSON.readStream(bytes)
      if let twice = stream.duplicateKeys.first {
        reasons.lie(
          "DUPLICATE_KEY_\(artifact.rawValue)", "'\(twice.key)' stands twice in one object: it says two things",
          in: artifact, line: line ?? twice.again.line)
        return nil
      }
      return stream.documents.first
    } catch {
      reasons.missing(
        "INVALID_JSON_\(artifact.rawValue)", "\(artifact.fileName) is not JSON: \(error.problem)", in: artifact,
        line: line ?? error.position.line)
      return nil
    }
  }
}
