/// One repository of a sweep.
package struct SweepTarget: Sendable, Hashable {
  /// Where its files come from.
  package enum Source: Sendable, Hashable {
    /// A folder that is there already.
    case folder(String)
    /// What `git clone` takes, and the branch or tag that is checked out; the remote's own choice when nil.
    case git(String, revision: String?)
  }

  /// Names it in rows and reports, whatever machine it is on: `platform/billing`. Unique in a plan.
  package let name: String
  /// Where its files come from.
  package let source: Source
  /// How much work it is, compared with the others.
  package let weight: Int

  /// A repository.
  package init(name: String, source: Source, weight: Int) {
    self.name = name
    self.source = source
    self.weight = weight
  }

  /// Whether a text can name a target: it also names the folder of its reports, so it leads nowhere else.
  package static func isName(_ text: String) -> Bool {
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }
    return isPlain && text.utf8.count <= mostNameBytes
      && text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy(isPart)
  }

  private static let mostNameBytes = 1_000

  private static func isPart(_ part: Substring) -> Bool {
    !part.isEmpty && part != "." && part != ".." && part.utf8.count <= 200
  }

  /// The order of targets wherever they are listed: by the bytes of their names.
  package static func precedes(_ left: SweepTarget, _ right: SweepTarget) -> Bool {
    left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
  }
}

extension SweepTarget {
  /// Whether a text is what git clones from rather than a path: `https://…`, `ssh://…`, `git@host:path`.
  package static func isRemote(_ text: String) -> Bool {
    if text.contains("://") { return true }
    guard let colon = text.firstIndex(of: ":") else { return false }
    let host = text[..<colon]
    return host.contains("@") && !host.contains("/") && !host.hasPrefix("-")
  }

  /// The name that a remote suggests: `git@host:group/repo.git` is `host/group/repo`. Nil where nothing is left.
  package static func name(ofRemote remote: String) -> String? {
    var rest = Substring(remote)
    if let scheme = rest.firstRange(of: "://") {
      rest = rest[scheme.upperBound...]
    } else if let colon = rest.firstIndex(of: ":") {
      rest.replaceSubrange(colon...colon, with: ["/"])
    }
    if let end = rest.firstIndex(where: { $0 == "?" || $0 == "#" }) { rest = rest[..<end] }
    let empty: Set<Substring> = [".", "..", "~"]
    var parts: [String] = rest.split(separator: "/").filter { !empty.contains($0) }.map(String.init)
    guard var host = parts.first else { return nil }
    // Who signs in, and on which port, is no part of what a repository is called.
    if let user = host.lastIndex(of: "@") { host = String(host[host.index(after: user)...]) }
    if let port = host.lastIndex(of: ":") { host = String(host[..<port]) }
    parts[0] = host
    if let last = parts.last, last.hasSuffix(".git") { parts[parts.count - 1] = String(last.dropLast(4)) }
    let name = parts.filter { !$0.isEmpty }.joined(separator: "/")
    return isName(name) ? name : nil
  }
}
