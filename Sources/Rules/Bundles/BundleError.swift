/// One thing that is wrong with a bundle.
package struct BundleError: Error, Sendable, Hashable {
  /// What.
  package let code: BundleCode
  /// Where, relative to the root; nil where the contract names no path.
  package let path: String?
  /// More for people; no part of the contract.
  package let detail: String?

  /// An error at a path, or at none.
  package init(_ code: BundleCode, path: String? = nil, detail: String? = nil) {
    self.code = code
    self.path = path
    self.detail = detail
  }
}

extension BundleError {
  /// Each pair of code and path once, the first of equals, in the order found (BUNDLE_RULES section 6).
  static func once(_ errors: [BundleError]) -> [BundleError] {
    var seen: Set<[UInt8]> = []
    return errors.filter { seen.insert(Array($0.code.rawValue.utf8) + [0] + Array(($0.path ?? "\u{1}").utf8)).inserted }
  }

  /// The exit status of a command that ends with these errors.
  package static func exitStatus(of errors: [BundleError]) -> ExitStatus {
    if errors.isEmpty { return .clean }
    return errors.contains { $0.code.meansNoVerdict } ? .noVerdict : .findings
  }
}

extension String {
  /// Whether two texts are the same bytes. `==` would take a letter and its decomposition for the same, and a file
  /// system does not.
  func isIdentical(to other: String) -> Bool { utf8.elementsEqual(other.utf8) }

  /// The text as a key that compares byte for byte.
  package var byteKey: [UInt8] { Array(utf8) }
}
