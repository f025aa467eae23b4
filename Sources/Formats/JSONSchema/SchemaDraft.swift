/// The versions of JSON Schema that are understood, oldest first.
public enum SchemaDraft: String, Sendable, CaseIterable, Comparable {
  /// `http://json-schema.org/draft-04/schema#`
  case draft04 = "http://json-schema.org/draft-04/schema"
  /// `http://json-schema.org/draft-06/schema#`
  case draft06 = "http://json-schema.org/draft-06/schema"
  /// `http://json-schema.org/draft-07/schema#`
  case draft07 = "http://json-schema.org/draft-07/schema"
  /// `https://json-schema.org/draft/2019-09/schema`
  case draft2019 = "https://json-schema.org/draft/2019-09/schema"
  /// `https://json-schema.org/draft/2020-12/schema`
  case draft2020 = "https://json-schema.org/draft/2020-12/schema"

  private var age: Int {
    switch self {
    case .draft04: 4
    case .draft06: 6
    case .draft07: 7
    case .draft2019: 8
    case .draft2020: 9
    }
  }

  /// Orders by age: older drafts first.
  public static func < (left: SchemaDraft, right: SchemaDraft) -> Bool { left.age < right.age }

  /// The draft whose metaschema has this URI, with or without an empty fragment; `http` and `https` are the same here.
  init?(metaschema uri: String) {
    var name = uri[...]
    if name.utf8.last == UInt8(ascii: "#") { name = name.dropLast() }
    if let draft = SchemaDraft(rawValue: String(name)) {
      self = draft
    } else if name.hasPrefix("https://json-schema.org/draft-"),
      let draft = SchemaDraft(rawValue: "http" + name.dropFirst("https".count))
    {
      self = draft
    } else if name.hasPrefix("http://json-schema.org/draft/"),
      let draft = SchemaDraft(rawValue: "https" + name.dropFirst("http".count))
    {
      self = draft
    } else {
      return nil
    }
  }
}

/// A draft, less the vocabularies that a custom metaschema leaves out (2020-12 core, section 8.1).
struct SchemaDialect: Sendable, Equatable {
  /// Groups of keywords. Drafts without vocabularies have them all.
  struct Vocabularies: OptionSet, Sendable {
    let rawValue: UInt8
    static let core = Vocabularies(rawValue: 1)
    static let applicator = Vocabularies(rawValue: 2)
    static let unevaluated = Vocabularies(rawValue: 4)
    static let validation = Vocabularies(rawValue: 8)
    static let annotation = Vocabularies(rawValue: 16)
    static let formatAnnotation = Vocabularies(rawValue: 32)
    static let formatAssertion = Vocabularies(rawValue: 64)
    static let standard: Vocabularies = [.core, .applicator, .unevaluated, .validation, .annotation, .formatAnnotation]
  }

  let draft: SchemaDraft
  var vocabularies = Vocabularies.standard

  /// The vocabulary behind a URI of the standard, or nil for a foreign one.
  static func vocabulary(_ uri: String) -> Vocabularies? {
    switch uri {
    case "https://json-schema.org/draft/2020-12/vocab/core", "https://json-schema.org/draft/2019-09/vocab/core": .core
    case "https://json-schema.org/draft/2020-12/vocab/applicator": .applicator
    case "https://json-schema.org/draft/2019-09/vocab/applicator": [.applicator, .unevaluated]
    case "https://json-schema.org/draft/2020-12/vocab/unevaluated": .unevaluated
    case "https://json-schema.org/draft/2020-12/vocab/validation",
      "https://json-schema.org/draft/2019-09/vocab/validation":
      .validation
    case "https://json-schema.org/draft/2020-12/vocab/meta-data",
      "https://json-schema.org/draft/2019-09/vocab/meta-data", "https://json-schema.org/draft/2020-12/vocab/content",
      "https://json-schema.org/draft/2019-09/vocab/content":
      .annotation
    case "https://json-schema.org/draft/2020-12/vocab/format-annotation",
      "https://json-schema.org/draft/2019-09/vocab/format":
      .formatAnnotation
    case "https://json-schema.org/draft/2020-12/vocab/format-assertion": .formatAssertion
    default: nil
    }
  }
}
