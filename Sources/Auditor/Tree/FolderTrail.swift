import Glibc

/// The open folders on the way to the last file below a root: a file of the same folder needs no walk, and no file is
/// reached through a link, even when a folder is swapped for one meanwhile.
struct FolderTrail: ~Copyable {
  /// The most folders that stay open; deeper ones are walked to again.
  static let openFolders = 32

  private let root: Int32
  /// The path of the last folder, without a slash at its end.
  private var path: [UInt8] = []
  /// The folders of that path: where each one's name ends, and its descriptor (-1 when it was closed for want of room).
  private var steps: [(end: Int, descriptor: Int32)] = []

  /// A trail that stands at the root, whose descriptor stays the caller's.
  init(root: Int32) { self.root = root }

  deinit {
    for step in steps where step.descriptor >= 0 { close(step.descriptor) }
  }

  /// The folder that holds a path, open for looking up names. It belongs to the trail, until the next call.
  ///
  /// - Throws: `FileError` when a folder on the way is gone, is none any more, or must not be entered.
  mutating func folder(of file: [UInt8]) throws(FileError) -> Int32 {
    let end = file.lastIndex(of: UInt8(ascii: "/")) ?? 0
    if end == path.count, file.starts(with: path) { return here }
    stepBack(to: file, end)
    while path.count < end {
      let start = path.isEmpty ? 0 : path.count + 1
      let stop = file[start...].firstIndex(of: UInt8(ascii: "/")) ?? end
      try step(into: file, start..<stop)
    }
    return here
  }

  private var here: Int32 { steps.last?.descriptor ?? root }

  /// Leaves the folders that do not lead to the first bytes of a path.
  private mutating func stepBack(to file: [UInt8], _ end: Int) {
    var shared = 0
    while shared < min(path.count, end), path[shared] == file[shared] { shared += 1 }
    var kept = 0
    for step in steps where step.end <= shared && (step.end == end || file[step.end] == UInt8(ascii: "/")) { kept += 1 }
    if kept > 0, steps[kept - 1].descriptor < 0 { kept = 0 }
    for step in steps[kept...] where step.descriptor >= 0 { close(step.descriptor) }
    steps.removeSubrange(kept...)
    path.removeSubrange((steps.last?.end ?? 0)...)
  }

  private mutating func step(into file: [UInt8], _ name: Range<Int>) throws(FileError) {
    let flags = pathOnly | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    let descriptor = unsafe withName(Array(file[name])) { unsafe openat(here, $0, flags) }
    guard descriptor >= 0 else { throw FileError(.open, path: String(decoding: file, as: UTF8.self), code: errno) }
    path += file[path.count..<name.upperBound]
    steps.append((path.count, descriptor))
    guard steps.count > FolderTrail.openFolders else { return }
    let far = steps.count - 1 - FolderTrail.openFolders
    close(steps[far].descriptor)
    steps[far].descriptor = -1
  }
}
