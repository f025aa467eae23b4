/// The properties that `\p` names, by the two vocabularies that patterns come in.
enum UnicodeProperty {
  private static let categories = UnicodeTable(UnicodeData.generalCategories)
  private static let scripts = UnicodeTable(UnicodeData.scripts)
  private static let scriptExtensions = UnicodeTable(UnicodeData.scriptExtensions)
  private static let binary = UnicodeTable(UnicodeData.binaryProperties)

  /// RE2's groups: `Any`, a general category by its short name (`L`, `Lu`; unassigned code points belong to none), or
  /// a script by its long name (`Greek`).
  static func re2(_ name: String) -> ScalarSet? {
    if name == "Any" { return .all }
    if name.utf8.count == 1 { return leaves(beginningWith: name) }
    if categories.primaryNames.contains(name) { return categories.set(named: name) }
    return scripts.primaryNames.contains(name) ? scripts.set(named: name) : nil
  }

  /// ECMA-262's `\p{…}`: `Property=Value`, or a general category or binary property alone.
  static func ecma262(_ text: String) -> ScalarSet? {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    if parts.count == 2 {
      switch parts[0] {
      case "General_Category", "gc": return generalCategory(parts[1])
      case "Script", "sc": return scripts.set(named: parts[1])
      case "Script_Extensions", "scx":
        return scriptExtensions.set(named: parts[1]) ?? scripts.set(named: parts[1])
      default: return nil
      }
    }
    switch text {
    case "Any": return .all
    case "ASCII": return ScalarSet([ScalarSet.Run(0, 0x7F)])
    case "Assigned": return unassigned.inverted
    default: return generalCategory(text) ?? binary.set(named: text)
    }
  }

  private static func generalCategory(_ name: String) -> ScalarSet? {
    switch name {
    case "Cn", "Unassigned": unassigned
    case "C", "Other": leaves(beginningWith: "C")?.union(unassigned)
    case "L", "Letter": leaves(beginningWith: "L")
    case "LC", "Cased_Letter": union(["Lu", "Ll", "Lt"])
    case "M", "Mark", "Combining_Mark": leaves(beginningWith: "M")
    case "N", "Number": leaves(beginningWith: "N")
    case "P", "Punctuation", "punct": leaves(beginningWith: "P")
    case "S", "Symbol": leaves(beginningWith: "S")
    case "Z", "Separator": leaves(beginningWith: "Z")
    default: categories.set(named: name)
    }
  }

  private static var unassigned: ScalarSet { union(categories.primaryNames).inverted }

  private static func leaves(beginningWith letter: String) -> ScalarSet? {
    let names = categories.primaryNames.filter { $0.hasPrefix(letter) }
    return names.isEmpty ? nil : union(names)
  }

  private static func union(_ names: [String]) -> ScalarSet {
    ScalarSet(names.flatMap { categories.set(named: $0)?.runs ?? [] })
  }
}
