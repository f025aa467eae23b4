package import Rules

extension InputRecord {
  /// The file as a line that `sha256sum --check` reads in the root, without the line end.
  ///
  /// As GNU writes it: a name with a backslash or a line end has these escaped, and the line begins with a backslash.
  package var checksumLine: String { ChecksumLine.text(sha256, path) }
}

/// Lines of a list of digests.
package enum ChecksumLine {
  /// A digest and a file, without the line end.
  package static func text(_ sha256: String, _ path: String) -> String {
    guard path.utf8.contains(where: { $0 == 0x5C || $0 == 0x0A || $0 == 0x0D }) else { return "\(sha256)  \(path)" }
    var name = ""
    for scalar in path.unicodeScalars {
      switch scalar {
      case "\\": name += "\\\\"
      case "\n": name += "\\n"
      case "\r": name += "\\r"
      default: name.unicodeScalars.append(scalar)
      }
    }
    return "\\\(sha256)  \(name)"
  }
}
