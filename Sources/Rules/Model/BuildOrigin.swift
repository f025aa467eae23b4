import Formats

/// What the program knows of its own making.
package enum BuildOrigin {
  /// The commit that it was built from, in full; behind it `-modified` where the checkout held changes that were not
  /// committed. Nil when the build was not told: `swift build` tells nothing, `scripts/release-build.sh` does.
  package static let commit: String? = {
    let bytes = EmbeddedFiles.bytes(named: "build/commit") ?? []
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
  }()
}
