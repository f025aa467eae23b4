import Formats

/// A bundle's files in memory, to be changed one at a time. Every change answers whether there was something to change.
struct RealityEvidence {
  private(set) var files: [RealityArtifact: RealityFile]

  init(_ files: [RealityArtifact: RealityFile]) { self.files = files }

  mutating func remove(_ artifact: RealityArtifact) -> Bool {
    guard content(artifact) != nil else { return false }
    files[artifact] = .absent
    return true
  }

  mutating func truncate(_ artifact: RealityArtifact) -> Bool {
    guard let bytes = content(artifact), bytes.count > 1 else { return false }
    files[artifact] = .content(Array(bytes.dropLast()))
    return true
  }

  mutating func append(_ artifact: RealityArtifact, _ text: String) -> Bool {
    guard let bytes = content(artifact) else { return false }
    files[artifact] = .content(bytes + Array(text.utf8))
    return true
  }

  mutating func replace(_ artifact: RealityArtifact, _ old: String, with new: String) -> Bool {
    guard var bytes = content(artifact), let range = bytes.firstRange(of: Array(old.utf8)) else { return false }
    bytes.replaceSubrange(range, with: new.utf8)
    files[artifact] = .content(bytes)
    return true
  }

  mutating func removeLine(of artifact: RealityArtifact, at index: Int) -> Bool {
    changeLines(of: artifact) { lines in
      guard lines.indices.contains(index) else { return false }
      lines.remove(at: index)
      return true
    }
  }

  mutating func removeLines(of artifact: RealityArtifact, containing text: String) -> Bool {
    changeLines(of: artifact) { lines in
      let before = lines.count
      lines.removeAll { $0.firstRange(of: Array(text.utf8)) != nil }
      return lines.count < before
    }
  }

  mutating func swapLines(of artifact: RealityArtifact, _ first: Int, _ second: Int) -> Bool {
    changeLines(of: artifact) { lines in
      guard lines.indices.contains(first), lines.indices.contains(second) else { return false }
      lines.swapAt(first, second)
      return true
    }
  }

  mutating func repeatLine(of artifact: RealityArtifact, at index: Int) -> Bool {
    changeLines(of: artifact) { lines in
      guard lines.indices.contains(index) else { return false }
      lines.append(lines[index])
      return true
    }
  }

  /// Writes another text in the place of one value of a document; `change` answers nil for what it cannot change.
  mutating func edit(
    _ artifact: RealityArtifact, _ path: [String], _ change: (Value) -> String?
  ) -> Bool {
    guard let bytes = content(artifact), let edited = JSONEdit.edited(bytes, path, change) else { return false }
    files[artifact] = .content(edited)
    return true
  }

  /// The same in one line of JSON Lines.
  mutating func editLine(
    of artifact: RealityArtifact, at index: Int, _ path: [String], _ change: (Value) -> String?
  ) -> Bool {
    changeLines(of: artifact) { lines in
      guard lines.indices.contains(index), let edited = JSONEdit.edited(lines[index], path, change) else {
        return false
      }
      lines[index] = edited
      return true
    }
  }

  mutating func copy(_ artifact: RealityArtifact, from: [String], to: [String]) -> Bool {
    guard let source = value(artifact, from)?.sourceText else { return false }
    return edit(artifact, to) { _ in source }
  }

  mutating func exchange(_ artifact: RealityArtifact, _ first: [String], _ second: [String]) -> Bool {
    guard let left = value(artifact, first)?.sourceText, let right = value(artifact, second)?.sourceText, left != right
    else { return false }
    return edit(artifact, first) { _ in right } && edit(artifact, second) { _ in left }
  }

  /// Changes what the audit store claims to hold.
  mutating func editAuditStoreCount(_ change: (Int64) -> Int64) -> Bool {
    guard let name = value(.storageState, ["audit_store"])?.string else { return false }
    for (list, member) in [("streams", "messages"), ("tables", "rows")] {
      let stores = value(.storageState, [list]).map { Array($0.elements) } ?? []
      guard let index = stores.firstIndex(where: { $0["name"]?.string == name }) else { continue }
      return edit(.storageState, [list, String(index), member]) { $0.integer.map { String(change($0)) } }
    }
    return false
  }

  private func content(_ artifact: RealityArtifact) -> [UInt8]? {
    if case .content(let bytes) = files[artifact] { bytes } else { nil }
  }

  private func value(_ artifact: RealityArtifact, _ path: [String]) -> Value? {
    guard let bytes = content(artifact), let document = try? JSON.read(bytes) else { return nil }
    return JSONEdit.value(document, path)
  }

  private mutating func changeLines(
    of artifact: RealityArtifact, _ change: (inout [[UInt8]]) -> Bool
  ) -> Bool {
    guard let bytes = content(artifact) else { return false }
    var lines = bytes.split(separator: 0x0A).map(Array.init)
    guard change(&lines) else { return false }
    files[artifact] = .content(Array(lines.joined(separator: [0x0A])) + [0x0A])
    return true
  }
}
