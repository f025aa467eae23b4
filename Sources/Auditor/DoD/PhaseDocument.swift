import Formats
import Glibc
import Rules

/// A document of the documents' folder, or the place where one is missing.
struct PhaseDocument {
  let phaseID: String
  /// Absolute.
  let path: String
  let shownPath: String
  let facts: DocumentFacts
  /// What it claims beyond what a verdict rests on.
  let claims: DocumentClaims
  /// Why its claims could not be read, or nil.
  let problem: FormatError?
  /// Nil when there is no such file.
  let input: InputRecord?

  /// The phases that have a document `DOD__<PHASE>.md`, sorted.
  static func phaseIDs(_ settings: DoDSettings) throws(DoDError) -> [String] {
    let shownPath = PathText.shown(settings.documents, root: settings.root)
    let found: [String]
    do throws(FileError) {
      found = try FolderListing.names(in: settings.documents)
    } catch {
      if InputFile.isAbsent(error) { return [] }
      throw .unreadable(Location(path: shownPath), "cannot list the folder: \(error.explanation)")
    }
    let names = found.compactMap(phaseID(ofFile:))
    return names.sorted { fileName($0).utf8.lexicographicallyPrecedes(fileName($1).utf8) }
  }

  /// Reads a phase's document; one that is missing says nothing.
  static func read(_ phaseID: String, _ settings: DoDSettings) throws(DoDError) -> PhaseDocument {
    let name = fileName(phaseID)
    let path = settings.documents + "/" + name
    let shownPath = PathText.shown(path, root: settings.root)
    guard let bytes = try bytes(ofFile: name, settings) else {
      return PhaseDocument(
        phaseID: phaseID, path: path, shownPath: shownPath, facts: DocumentFacts(), claims: DocumentClaims(),
        problem: nil, input: nil)
    }
    guard let facts = try? DocumentFacts(bytes, path: shownPath) else {
      throw .unreadable(Location(path: shownPath), "the document is not UTF-8")
    }
    let (claims, problem) = claims(bytes)
    return PhaseDocument(
      phaseID: phaseID, path: path, shownPath: shownPath, facts: facts, claims: claims, problem: problem,
      input: InputFile.record(bytes, shownPath: shownPath, role: "dod"))
  }

  /// The template beside the documents; nil without one.
  static func template(_ settings: DoDSettings) throws(DoDError) -> (template: PhaseFacts.Template, input: InputRecord)?
  {
    guard let bytes = try bytes(ofFile: templateName, settings) else { return nil }
    let shownPath = PathText.shown(settings.documents + "/" + templateName, root: settings.root)
    let numbers = claims(bytes).claims.sectionNumbers
    return (
      PhaseFacts.Template(path: shownPath, numbers: numbers),
      InputFile.record(bytes, shownPath: shownPath, role: "dod-template")
    )
  }

  private static let templateName = "DOD_TEMPLATE.md"

  private static func bytes(ofFile name: String, _ settings: DoDSettings) throws(DoDError) -> [UInt8]? {
    let path = settings.documents + "/" + name
    let shownPath = PathText.shown(path, root: settings.root)
    let isInside = ResolvedPath.resolve(entry: name, of: settings.documents).hasPrefix(settings.root + "/")
    if settings.isConfined, settings.documents.hasPrefix(settings.root + "/"), !isInside {
      throw .outsideRoot(shownPath)
    }
    guard let bytes = try InputFile.read(path, shownPath: shownPath) else { return nil }
    try InputFile.checkUTF8(bytes, shownPath: shownPath)
    return bytes
  }

  private static func claims(_ bytes: [UInt8]) -> (claims: DocumentClaims, problem: FormatError?) {
    do throws(FormatError) {
      return (DocumentClaims(try MarkdownDocument.read(bytes)), nil)
    } catch {
      return (DocumentClaims(), error)
    }
  }

  private static func fileName(_ phaseID: String) -> String { "DOD__\(phaseID).md" }

  private static func phaseID(ofFile name: String) -> String? {
    guard name.hasPrefix("DOD__"), name.hasSuffix(".md"), name.utf8.count > "DOD__.md".utf8.count else { return nil }
    return String(name.dropFirst("DOD__".count).dropLast(".md".count))
  }
}
