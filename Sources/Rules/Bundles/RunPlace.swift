/// Where a run directory lies (BUNDLE_RULES section 2). Paths are relative to the root; the root itself is empty.
package struct RunPlace: Sendable, Hashable {
  /// The run directory, links resolved.
  package let directory: String
  /// The bundle root, links resolved; nil when the run directory is the root, since nothing above it may be touched.
  package let bundleRoot: String?
  /// LATEST named the run.
  package let isNamedByLatest: Bool

  /// A place as it was found.
  package init(directory: String, bundleRoot: String?, isNamedByLatest: Bool) {
    self.directory = directory
    self.bundleRoot = bundleRoot
    self.isNamedByLatest = isNamedByLatest
  }

  /// The run directory as reports name it.
  package var shown: String { directory.isEmpty ? "." : directory }

  /// The last component of the run directory.
  package var name: String { directory.split(separator: "/").last.map(String.init) ?? "" }

  /// The path of a file of the run directory.
  package func path(_ name: String) -> String { directory.isEmpty ? name : "\(directory)/\(name)" }

  /// The path of a core artifact.
  package func path(_ artifact: CoreArtifact) -> String { path(artifact.rawValue) }

  /// The path of the index.
  package var index: String { path(RunFile.index) }

  /// The path of a file of the bundle root; of the run directory where the bundle root is out of reach.
  package func inBundleRoot(_ name: String) -> String {
    guard let bundleRoot else { return path(name) }
    return bundleRoot.isEmpty ? name : "\(bundleRoot)/\(name)"
  }
}

/// What LATEST says (BUNDLE_RULES section 2).
package enum Latest: Sendable, Equatable {
  /// Nothing: as if it were absent.
  case nothing
  /// The run with this id.
  case run(String)
  /// It is not a run id.
  case invalid

  /// The most characters of a run id.
  private static let idLength = 128

  /// Reads the content of LATEST: a run id, with ASCII white space around it.
  package init(_ bytes: [UInt8]) {
    guard (try? UTF8Span(validating: bytes.span)) != nil else {
      self = .invalid
      return
    }
    let text = bytes.drop(while: Self.isBlank).reversed().drop(while: Self.isBlank).reversed()
    guard let first = text.first else {
      self = .nothing
      return
    }
    let isID = Self.isAlphanumeric(first) && text.count <= Self.idLength && text.allSatisfy(Self.isIDByte)
    self = isID ? .run(String(decoding: text, as: UTF8.self)) : .invalid
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private static func isIDByte(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }
}
