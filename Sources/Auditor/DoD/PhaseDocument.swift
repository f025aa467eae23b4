import Glibc
import Rules

/// A document of the documents' folder, or the place where one is missing.
struct PhaseDocument {
  let phaseID: String
  /// Absolute.
  let path: String
  let shownPath: String
  let facts: DocumentFacts
  /// Nil when there is no such file.
  let input: InputRecord?

  /// The phases that have a document `DOD__<PHASE>.md`, sorted.
  static func phaseIDs(_ settings: DoDSettings) throws(DoDError) -> [String] {
    guard let stream = unsafe opendir(settings.documents) else {
      if [ENOENT, ENOTDIR].contains(errno) { return [] }
      let shownPath = PathText.shown(settings.documents, root: settings.root)
      let error = FileError(.list, path: shownPath, code: errno)
      throw .unreadable(Location(path: shownPath), "cannot list the folder: \(error.explanation)")
    }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if let phase = phaseID(ofFile: name) { names.append(phase) }
    }
    return names.sorted { fileName($0).utf8.lexicographicallyPrecedes(fileName($1).utf8) }
  }

  /// Reads a phase's document; one that is missing says nothing.
  static func read(_ phaseID: String, _ settings: DoDSettings) throws(DoDError) -> PhaseDocument {
    let path = settings.documents + "/" + fileName(phaseID)
    let shownPath = PathText.shown(path, root: settings.root)
    let isInside = ResolvedPath.resolve(absolute: path).hasPrefix(settings.root + "/")
    if settings.isConfined, settings.documents.hasPrefix(settings.root + "/"), !isInside {
      throw .outsideRoot(shownPath)
    }
    guard let bytes = try InputFile.read(path, shownPath: shownPath) else {
      return PhaseDocument(
        phaseID: phaseID, path: path, shownPath: shownPath, facts: DocumentFacts(), input: nil)
    }
    try InputFile.checkUTF8(bytes, shownPath: shownPath)
    guard let facts = try? DocumentFacts(bytes, path: shownPath) else {
      throw .unreadable(Location(path: shownPath), "the document is not UTF-8")
    }
    return PhaseDocument(
      phaseID: phaseID, path: path, shownPath: shownPath, facts: facts,
      input: InputFile.record(bytes, shownPath: shownPath, role: "dod"))
  }

  private static func fileName(_ phaseID: String) -> String { "DOD__\(phaseID).md" }

  private static func phaseID(ofFile name: String) -> String? {
    guard name.hasPrefix("DOD__"), name.hasSuffix(".md"), name.utf8.count > "DOD__.md".utf8.count else { return nil }
    return String(name.dropFirst("DOD__".count).dropLast(".md".count))
  }
}
