/// The drafts' own schemas, embedded in the binary under the URIs that name them.
enum Metaschemas {
  /// The metaschema of this URI (without fragment), read anew each time: only schemas that refer to one pay for it.
  static func document(_ uri: String) throws(FormatError) -> Value? {
    guard let file = files[uri], let bytes = EmbeddedFiles.bytes(named: "Sources/CEmbedded/metaschemas/\(file).json")
    else { return nil }
    return try JSON.read(bytes)
  }

  private static let files: [String: String] = {
    var files: [String: String] = [:]
    for draft in ["04", "06", "07"] {
      files["http://json-schema.org/draft-\(draft)/schema"] = "draft-\(draft)/schema"
    }
    let vocabularies = [
      "2019-09": ["applicator", "content", "core", "format", "meta-data", "validation"],
      "2020-12": [
        "applicator", "content", "core", "format-annotation", "format-assertion", "meta-data", "unevaluated",
        "validation",
      ],
    ]
    for (draft, names) in vocabularies {
      let base = "https://json-schema.org/draft/\(draft)"
      files["\(base)/schema"] = "draft\(draft)/schema"
      for name in names { files["\(base)/meta/\(name)"] = "draft\(draft)/meta/\(name)" }
    }
    return files
  }()
}
