/// The languages that the classifier knows: one entry each, all of one shape. A new language is a new entry.
enum LanguageTable {
  static let all: [Language] = [
    Language(
      "python", extensions: ["py", "pyi", "pyw"], interpreters: ["python"], lineComments: ["#"],
      strings: [
        .init("\"\"\"", "\"\"\"", spansLines: true), .init("'''", "'''", spansLines: true), .init("\"", "\""),
        .init("'", "'"),
      ]),
    Language(
      "shell", extensions: ["sh", "bash", "zsh", "ksh"],
      fileNames: [".bashrc", ".zshrc", ".profile", ".bash_profile", ".zprofile", ".zshenv", ".envrc"],
      interpreters: ["sh", "bash", "zsh", "dash", "ksh"], lineComments: ["#"], commentNeedsBlank: true,
      strings: [.init("\"", "\"", spansLines: true), .init("'", "'", escape: nil, spansLines: true)],
      hasHereDocuments: true),
    Language(
      "javascript", extensions: ["js", "mjs", "cjs", "jsx"], interpreters: ["node"], lineComments: ["//"],
      blockComments: [.init("/*", "*/")],
      strings: [.init("\"", "\""), .init("'", "'"), .init("`", "`", spansLines: true)]),
    Language(
      "typescript", extensions: ["ts", "tsx", "mts", "cts"], interpreters: ["deno"], lineComments: ["//"],
      blockComments: [.init("/*", "*/")],
      strings: [.init("\"", "\""), .init("'", "'"), .init("`", "`", spansLines: true)]),
    Language(
      "swift", extensions: ["swift"], interpreters: ["swift"], lineComments: ["//"],
      blockComments: [.init("/*", "*/", nests: true)],
      strings: [
        .init("#\"\"\"", "\"\"\"#", escape: nil, spansLines: true), .init("#\"", "\"#", escape: nil),
        .init("\"\"\"", "\"\"\"", spansLines: true), .init("\"", "\""),
      ]),
    Language(
      "go", extensions: ["go"], lineComments: ["//"], blockComments: [.init("/*", "*/")],
      strings: [.init("`", "`", escape: nil, spansLines: true), .init("\"", "\""), .init("'", "'")]),
    Language(
      "rust", extensions: ["rs"], lineComments: ["//"], blockComments: [.init("/*", "*/", nests: true)],
      strings: [
        .init("r##\"", "\"##", escape: nil, spansLines: true), .init("r#\"", "\"#", escape: nil, spansLines: true),
        .init("r\"", "\"", escape: nil, spansLines: true), .init("\"", "\"", spansLines: true),
      ]),
    Language(
      "c", extensions: ["c", "h"], lineComments: ["//"], blockComments: [.init("/*", "*/")],
      strings: [.init("\"", "\""), .init("'", "'")]),
    Language(
      "cpp", extensions: ["cc", "cpp", "cxx", "hpp", "hh", "hxx"], lineComments: ["//"],
      blockComments: [.init("/*", "*/")],
      strings: [.init("R\"(", ")\"", escape: nil, spansLines: true), .init("\"", "\""), .init("'", "'")]),
    Language(
      "java", extensions: ["java"], lineComments: ["//"], blockComments: [.init("/*", "*/")],
      strings: [.init("\"\"\"", "\"\"\"", spansLines: true), .init("\"", "\""), .init("'", "'")]),
    Language(
      "kotlin", extensions: ["kt", "kts"], lineComments: ["//"], blockComments: [.init("/*", "*/", nests: true)],
      strings: [.init("\"\"\"", "\"\"\"", escape: nil, spansLines: true), .init("\"", "\""), .init("'", "'")]),
    Language(
      "csharp", extensions: ["cs"], lineComments: ["//"], blockComments: [.init("/*", "*/")],
      strings: [
        .init("\"\"\"", "\"\"\"", escape: nil, spansLines: true),
        .init("@\"", "\"", escape: nil, spansLines: true), .init("\"", "\""), .init("'", "'"),
      ]),
    Language(
      "ruby", extensions: ["rb", "rake"], fileNames: ["Gemfile", "Rakefile"], interpreters: ["ruby"],
      lineComments: ["#"], blockComments: [.init("\n=begin", "\n=end")],
      strings: [.init("\"", "\"", spansLines: true), .init("'", "'", spansLines: true)], hasHereDocuments: true),
    Language(
      "php", extensions: ["php"], interpreters: ["php"], lineComments: ["//", "#"],
      blockComments: [.init("/*", "*/")],
      strings: [.init("\"", "\"", spansLines: true), .init("'", "'", spansLines: true)]),
    Language(
      "perl", extensions: ["pl", "pm"], interpreters: ["perl"], lineComments: ["#"], commentNeedsBlank: true,
      blockComments: [.init("\n=pod", "\n=cut")],
      strings: [.init("\"", "\"", spansLines: true), .init("'", "'", spansLines: true)]),
    Language(
      "lua", extensions: ["lua"], interpreters: ["lua"], lineComments: ["--"], blockComments: [.init("--[[", "]]")],
      strings: [.init("[[", "]]", escape: nil, spansLines: true), .init("\"", "\""), .init("'", "'")]),
    Language(
      "sql", extensions: ["sql"], lineComments: ["--"], blockComments: [.init("/*", "*/")],
      strings: [.init("'", "'", escape: nil, spansLines: true), .init("\"", "\"", escape: nil)]),
    Language(
      "yaml", extensions: ["yaml", "yml"], lineComments: ["#"], commentNeedsBlank: true,
      strings: [.init("\"", "\"", spansLines: true), .init("'", "'", escape: nil, spansLines: true)]),
    Language(
      "toml", extensions: ["toml"], lineComments: ["#"],
      strings: [
        .init("\"\"\"", "\"\"\"", spansLines: true), .init("'''", "'''", escape: nil, spansLines: true),
        .init("\"", "\""), .init("'", "'", escape: nil),
      ]),
    Language("json", extensions: ["json", "jsonl", "ndjson", "sarif"], strings: [.init("\"", "\"")]),
    Language(
      "ini", extensions: ["ini", "cfg", "conf", "properties", "env", "service", "timer", "desktop"],
      fileNames: [".env", ".npmrc", ".pypirc", ".netrc", ".pgpass", ".gitconfig", ".editorconfig"],
      lineComments: ["#", ";"], commentNeedsBlank: true, strings: [.init("\"", "\""), .init("'", "'", escape: nil)]),
    Language(
      "make", extensions: ["mk"], fileNames: ["Makefile", "makefile", "GNUmakefile"], lineComments: ["#"],
      commentNeedsBlank: true, strings: [.init("\"", "\""), .init("'", "'", escape: nil)]),
    Language(
      "dockerfile", extensions: ["dockerfile"], fileNames: ["Dockerfile", "Containerfile"], lineComments: ["#"],
      commentNeedsBlank: true, strings: [.init("\"", "\""), .init("'", "'", escape: nil)]),
    Language(
      "terraform", extensions: ["tf", "tfvars", "hcl"], lineComments: ["#", "//"],
      blockComments: [.init("/*", "*/")], strings: [.init("\"", "\"")], hasHereDocuments: true),
    Language("xml", extensions: ["xml", "xsd", "plist", "html", "htm", "svg"], blockComments: [.init("<!--", "-->")]),
    Language(
      "css", extensions: ["css", "scss"], blockComments: [.init("/*", "*/")],
      strings: [.init("\"", "\""), .init("'", "'")]),
    Language(
      "powershell", extensions: ["ps1", "psm1", "psd1"], interpreters: ["pwsh"], lineComments: ["#"],
      commentNeedsBlank: true, blockComments: [.init("<#", "#>")],
      strings: [
        .init("@\"", "\n\"@", escape: nil, spansLines: true), .init("@'", "\n'@", escape: nil, spansLines: true),
        .init("\"", "\"", escape: UInt8(ascii: "`"), spansLines: true), .init("'", "'", escape: nil, spansLines: true),
      ]),
    Language(
      "batch", extensions: ["bat", "cmd"], lineComments: ["::", "REM ", "rem ", "Rem "], commentNeedsBlank: true,
      strings: [.init("\"", "\"", escape: nil)]),
    Language(
      "scala", extensions: ["scala", "sc", "sbt"], lineComments: ["//"],
      blockComments: [.init("/*", "*/", nests: true)],
      strings: [.init("\"\"\"", "\"\"\"", escape: nil, spansLines: true), .init("\"", "\"")]),
    Language(
      "groovy", extensions: ["groovy", "gradle"], fileNames: ["Jenkinsfile"], interpreters: ["groovy"],
      lineComments: ["//"], blockComments: [.init("/*", "*/")],
      strings: [
        .init("\"\"\"", "\"\"\"", spansLines: true), .init("'''", "'''", spansLines: true), .init("\"", "\""),
        .init("'", "'"),
      ]),
    Language(
      "dart", extensions: ["dart"], interpreters: ["dart"], lineComments: ["//"],
      blockComments: [.init("/*", "*/", nests: true)],
      strings: [
        .init("r\"", "\"", escape: nil), .init("r'", "'", escape: nil), .init("\"\"\"", "\"\"\"", spansLines: true),
        .init("'''", "'''", spansLines: true), .init("\"", "\""), .init("'", "'"),
      ]),
    Language(
      "elixir", extensions: ["ex", "exs"], interpreters: ["elixir"], lineComments: ["#"],
      strings: [
        .init("\"\"\"", "\"\"\"", spansLines: true), .init("'''", "'''", spansLines: true),
        .init("\"", "\"", spansLines: true), .init("'", "'"),
      ]),
    Language(
      "clojure", extensions: ["clj", "cljs", "cljc", "edn"], lineComments: [";"],
      strings: [.init("\"", "\"", spansLines: true)]),
    Language(
      "haskell", extensions: ["hs"], interpreters: ["runghc", "runhaskell"], lineComments: ["--"],
      blockComments: [.init("{-", "-}", nests: true)], strings: [.init("\"", "\"")]),
    Language(
      "julia", extensions: ["jl"], interpreters: ["julia"], lineComments: ["#"],
      blockComments: [.init("#=", "=#", nests: true)],
      strings: [.init("\"\"\"", "\"\"\"", spansLines: true), .init("\"", "\"", spansLines: true)]),
    Language("zig", extensions: ["zig"], lineComments: ["//"], strings: [.init("\"", "\""), .init("'", "'")]),
    Language(
      "nix", extensions: ["nix"], lineComments: ["#"], blockComments: [.init("/*", "*/")],
      strings: [.init("''", "''", escape: nil, spansLines: true), .init("\"", "\"", spansLines: true)]),
    Language(
      "r", extensions: ["r"], interpreters: ["Rscript"], lineComments: ["#"],
      strings: [.init("\"", "\"", spansLines: true), .init("'", "'", spansLines: true)]),
    Language(
      "objective-c", extensions: ["m", "mm"], lineComments: ["//"], blockComments: [.init("/*", "*/")],
      strings: [.init("\"", "\""), .init("'", "'")]),
    Language(
      "graphql", extensions: ["graphql", "gql"], lineComments: ["#"],
      strings: [.init("\"\"\"", "\"\"\"", spansLines: true), .init("\"", "\"")]),
    Language(
      "protobuf", extensions: ["proto"], lineComments: ["//"], blockComments: [.init("/*", "*/")],
      strings: [.init("\"", "\""), .init("'", "'")]),
    Language("markdown", extensions: ["md", "markdown", "rst", "txt", "adoc"], isProse: true),
  ]

  static let byExtension = index(by: \.extensions)
  static let byFileName = index(by: \.fileNames)
  static let byInterpreter = index(by: \.interpreters)

  private static func index(by names: KeyPath<Language, [String]>) -> [String: Language] {
    var table: [String: Language] = [:]
    for language in all {
      for name in language[keyPath: names] { table[name] = language }
    }
    return table
  }
}
