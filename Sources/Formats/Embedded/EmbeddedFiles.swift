import CEmbedded

/// Files that were compiled into the binary: rule packs, rule pages, schemas. Named by their path in the repository.
public enum EmbeddedFiles {
  /// Every name, in the order of the table.
  public static var names: [String] {
    (0..<cembedded_count()).map { unsafe String(cString: cembedded_at($0).name) }
  }

  /// The content of a file, or nil when no file of this name is embedded.
  public static func bytes(named name: String) -> [UInt8]? {
    for index in 0..<cembedded_count() {
      let file = unsafe cembedded_at(index)
      if unsafe String(cString: file.name) == name {
        return unsafe Array(UnsafeBufferPointer(start: file.bytes, count: file.size))
      }
    }
    return nil
  }
}
