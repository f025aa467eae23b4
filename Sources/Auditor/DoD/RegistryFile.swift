import Formats
import Rules

/// The registry of phases as it lies on the disk.
struct RegistryFile {
  let registry: PhaseRegistry
  /// Nil when there is no registry.
  let input: InputRecord?

  static func read(_ settings: DoDSettings) throws(DoDError) -> RegistryFile {
    let shownPath = PathText.shown(settings.registry, root: settings.root)
    guard let bytes = try InputFile.read(settings.registry, shownPath: shownPath) else {
      return RegistryFile(registry: PhaseRegistry(path: shownPath), input: nil)
    }
    return RegistryFile(
      registry: try parse(bytes, shownPath: shownPath),
      input: InputFile.record(bytes, shownPath: shownPath, role: "registry"))
  }

  static func parse(_ bytes: [UInt8], shownPath: String) throws(DoDError) -> PhaseRegistry {
    try InputFile.checkUTF8(bytes, shownPath: shownPath)
    let stream = try InputFile.structured(bytes, shownPath: shownPath)
    do {
      return try PhaseRegistry(stream, path: shownPath)
    } catch {
      throw .unreadable(error.location, error.message)
    }
  }
}
