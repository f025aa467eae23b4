import Formats
import Glibc

/// What tells, without reading it, that a tree is the one that was looked at: its files with their sizes and times, and
/// its commit. Files that git ignores are no part of it.
struct TreeStamp {
  private let listing: TreeListing
  private let root: String

  init(_ listing: TreeListing, root: String) {
    self.listing = listing
    self.root = root
  }

  /// A digest of everything; another one for a file that cannot be asked about.
  var text: String {
    var hasher = SHA256()
    let number = unsafe open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { if number >= 0 { close(number) } }
    for path in listing.files.lazy.map(\.rawPath) + listing.links {
      var status = stat()
      let name = path.map { CChar(bitPattern: $0) } + [0]
      let isThere = unsafe fstatat(number, name, &status, AT_SYMLINK_NOFOLLOW) == 0
      let stamp = isThere ? FileStamp(status) : FileStamp.none
      hasher.update(path + [0])
      hasher.update(Array("\(stamp.inode) \(stamp.byteCount) \(stamp.modified) \(stamp.changed)\n".utf8))
    }
    let head = (try? RootedInputs(root: root)).flatMap(GitHead.read) ?? ""
    hasher.update(Array(head.utf8))
    return hasher.finalize().hex
  }
}
