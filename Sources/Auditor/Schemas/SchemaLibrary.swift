package import Formats

/// Schema documents on disk, named by URIs: what references between schemas may lead to. Read when first asked for.
package enum SchemaLibrary {
  /// Reads one document: YAML where the name ends in `.yaml` or `.yml`, else JSON.
  ///
  /// - Throws: `FileError`, or `Malformed` with the place in the file.
  package static func read(_ path: String) throws -> Value {
    try parse(try FileReader.read(path), path: path)
  }

  /// A file that is not in its format: `PATH:LINE:COLUMN: invalid JSON: …`.
  package struct Malformed: Error, CustomStringConvertible {
    /// The file as it was named.
    package let path: String
    /// What is wrong with it, and where.
    package let error: FormatError
    /// The line for people.
    package var description: String { "\(path):\(error)" }
  }

  /// Makes single files known by URI, and folders by prefix: `PREFIX/a/b.json` is `FOLDER/a/b.json`.
  ///
  /// A reference that would leave its folder, through `..` or a link, finds nothing.
  package static func resources(
    files: [(uri: String, path: String)], folders: [(folder: String, prefix: String)]
  ) throws -> SchemaResources {
    var resources = SchemaResources()
    for file in files { resources.add(try read(file.path), uri: file.uri) }
    for entry in folders {
      resources.add(prefix: entry.prefix) { uri in
        let name = String(uri.dropFirst(entry.prefix.count))
        let folder = try RootedFolder(entry.folder)
        guard !name.isEmpty, case .file? = try? folder.inspect(name) else { return nil }
        return try parse(try folder.read(name), path: "\(entry.folder)/\(name)")
      }
    }
    return resources
  }

  private static func parse(_ bytes: [UInt8], path: String) throws(Malformed) -> Value {
    do throws(FormatError) {
      return path.hasSuffix(".yaml") || path.hasSuffix(".yml") ? try YAML.read(bytes) : try JSON.read(bytes)
    } catch {
      throw Malformed(path: path, error: error)
    }
  }
}
