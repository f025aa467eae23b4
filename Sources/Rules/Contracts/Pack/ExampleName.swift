/// Which contract an example of an interface pack shows, by their names.
package enum ExampleName {
  /// The one contract that is named like the example up to its first point, or that alone has those words in its name:
  /// `output_locator.first.json` shows `engine_output_locator.schema.yaml`. Nil when none or more than one does.
  ///
  /// - Parameters:
  ///   - example: a path or name.
  ///   - contracts: paths of contracts.
  package static func contract(of example: String, among contracts: [String]) -> String? {
    let words = stem(example)
    if words.isEmpty { return nil }
    let equal = contracts.filter { stem($0) == words }
    if equal.count == 1 { return equal[0] }
    let near = contracts.filter { "_\(stem($0))_".utf8.contains("_\(words)_".utf8) }
    return equal.isEmpty && near.count == 1 ? near[0] : nil
  }

  private static func stem(_ path: String) -> String {
    let name = path.utf8.split(separator: UInt8(ascii: "/")).last ?? path.utf8[...]
    return String(Substring(name.prefix { $0 != UInt8(ascii: ".") }))
  }
}
