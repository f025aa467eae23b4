/// The files of a listing by the folders they stand in.
struct FolderGroups: Sendable {
  /// Folders, in the order in which the listing comes to them.
  private(set) var folders: [[UInt8]] = []
  /// For each folder the indices of its files, in the order of the listing.
  private(set) var members: [[Int]] = []
  private let nameStarts: [Int]

  init(_ files: [TreeFile]) {
    var places: [[UInt8]: Int] = [:]
    var starts: [Int] = []
    var last = -1
    starts.reserveCapacity(files.count)
    for (index, file) in files.enumerated() {
      let slash = file.rawPath.lastIndex(of: UInt8(ascii: "/"))
      starts.append(slash.map { $0 + 1 } ?? 0)
      let folder = file.rawPath[..<(slash ?? 0)]
      // Most files stand beside the one before.
      if last < 0 || !folders[last].elementsEqual(folder) {
        let key = Array(folder)
        last = places[key] ?? folders.count
        if last == folders.count {
          places[key] = last
          folders.append(key)
          members.append([])
        }
      }
      members[last].append(index)
    }
    nameStarts = starts
  }

  /// The name of a file in its folder.
  func name(_ index: Int, of files: [TreeFile]) -> ArraySlice<UInt8> { files[index].rawPath[nameStarts[index]...] }
}
