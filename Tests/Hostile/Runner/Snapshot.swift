import EndToEnd
import Formats
import Glibc

/// Everything in and around a tree: names, kinds, sizes, times, modes and inodes of all, digests of small files.
struct Snapshot {
  /// What is known of one thing.
  struct Thing: Equatable {
    let kind: Character
    let size: Int
    /// Times of its content and of its inode, mode, inode and target.
    let rest: String
    var digest: String?
  }

  /// By path from the enclosure of the tree, as the file system spells it.
  let things: [[UInt8]: Thing]

  private static let digestedBytes = 1 << 16
  private static let digestedFiles = 1_000

  /// Looks at the enclosure of a workspace, with `find`, which goes deeper than any path is long.
  init(of workspace: Workspace) throws {
    let format = #"%y\t%s\t%T@ %C@ %m %i %l\t%P\0"#
    let outcome = try BuiltBinary.start(["find", workspace.enclosure, "-mindepth", "1", "-printf", format], in: "/")
    var things: [[UInt8]: Thing] = [:]
    var digested = 0
    for record in outcome.standardOutput.split(separator: 0) {
      // The path comes last, for it may hold anything.
      let fields = record.split(separator: 0x09, maxSplits: 3, omittingEmptySubsequences: false)
      guard fields.count == 4 else { throw SystemCallFailed("find", EINVAL) }
      let text = fields.prefix(3).map { String(decoding: $0, as: UTF8.self) }
      var thing = Thing(kind: text[0].first ?? "?", size: Int(text[1]) ?? -1, rest: text[2], digest: nil)
      let path = Array(fields[3])
      if thing.kind == "f", thing.size <= Self.digestedBytes, digested < Self.digestedFiles {
        thing.digest = Self.digest(Array(workspace.enclosure.utf8) + [UInt8(ascii: "/")] + path, thing.size)
        digested += 1
      }
      things[path] = thing
    }
    self.things = things
  }

  /// What differs afterwards, apart from what may: paths below the allowed ones, and the times of folders above them.
  func differences(to later: Snapshot, allowing allowed: [String], restless: [String]) -> [String] {
    let open = (allowed + restless).map { Array($0.utf8) }
    let above = Set(open.flatMap(Self.folders(above:)))
    var differences: [String] = []
    for path in Set(things.keys).union(later.things.keys) where !open.contains(where: { path.starts(with: $0) }) {
      let (old, new) = (things[path], later.things[path])
      if old == new || above.contains(path) && (new?.kind == "d") { continue }
      // A private folder that came and went leaves its time; what stays in there is told by itself.
      if path == Array("tmp".utf8), old?.kind == "d", new?.kind == "d" { continue }
      let what = old == nil ? "made" : new == nil ? "removed" : "changed"
      differences.append("\(what) \(String(decoding: path, as: UTF8.self))")
    }
    return differences.sorted()
  }

  /// How many things below the tree are no folders, apart from some and from what leads git to its repository.
  func count(below prefix: String, apartFrom prefixes: [String]) -> Int {
    let (prefix, others) = (Array(prefix.utf8), prefixes.map { Array($0.utf8) })
    return things.count { path, thing in
      thing.kind != "d" && path != Array("tree/.git".utf8) && path.starts(with: prefix)
        && !others.contains { path.starts(with: $0) }
    }
  }

  private static func folders(above path: [UInt8]) -> [[UInt8]] {
    path.indices.filter { path[$0] == UInt8(ascii: "/") }.map { Array(path[..<$0]) }
  }

  private static func digest(_ path: [UInt8], _ size: Int) -> String? {
    let file = open(path.map { CChar(bitPattern: $0) } + [0], O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: size + 1)
    let count = read(file, &bytes, bytes.count)
    return SHA256.digest(Array(bytes.prefix(max(0, count)))).hex
  }
}
