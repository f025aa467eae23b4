import Glibc

/// A private copy of evidence on which things are tried out: a folder of its own that is gone when the copy is. What is
/// copied is read through its root; what is changed is only ever the copy.
final class EvidenceCopy {
  /// What takes a change back.
  typealias Undo = () throws(FileError) -> Void

  private static let pieceSize = 1 << 18

  private let enclosure: PrivateFolder
  private var asideCount = 0
  /// The folder that stands for the root.
  var path: String { "\(enclosure.path)/root" }

  /// Makes an empty copy below the folder for temporary files.
  init(environment: [String: String]) throws(FileError) {
    enclosure = try PrivateFolder(for: "proof", environment: environment)
    for name in ["root", "aside"] { try AtomicFile.makeFolder("\(enclosure.path)/\(name)") }
  }

  /// Copies a regular file to the same place.
  func copy(_ name: [UInt8], from root: RootedFolder) throws(FileError) {
    let target = place(name)
    if unsafe access(target, F_OK) == 0 { return }
    var walk = RootedWalk(root)
    let source = try walk.open(name)
    try makeFolders(above: target)
    let number = unsafe open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard number >= 0 else { throw FileError(.write, path: target, code: errno) }
    let output = OpenDescriptor(owning: number)
    var buffer = [UInt8](repeating: 0, count: Self.pieceSize)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(source.number, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileError(.read, path: String(decoding: name, as: UTF8.self), code: errno) }
      if count == 0 { return }
      try write(buffer[..<count], to: output.number, target)
    }
  }

  /// Makes a folder that need not hold anything.
  func makeFolder(_ name: [UInt8]) throws(FileError) {
    try makeFolders(above: place(name + Array("/.".utf8)))
  }

  /// Bytes of a file; nil where there is none.
  func size(of name: [UInt8]) -> Int? {
    var status = stat()
    guard unsafe lstat(place(name), &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// Flips the lowest bit of a byte.
  func flip(_ name: [UInt8], at offset: Int) throws(FileError) -> Undo {
    try exchange(name, at: offset)
    return { [self] () throws(FileError) in try exchange(name, at: offset) }
  }

  private func exchange(_ name: [UInt8], at offset: Int) throws(FileError) {
    let file = try openForChange(name)
    var byte: UInt8 = 0
    guard unsafe pread(file.number, &byte, 1, offset) == 1 else {
      throw FileError(.read, path: place(name), code: errno)
    }
    byte ^= 1
    guard unsafe pwrite(file.number, &byte, 1, offset) == 1 else {
      throw FileError(.write, path: place(name), code: errno)
    }
  }

  /// Cuts the last byte off a file that has one.
  func truncate(_ name: [UInt8], from size: Int) throws(FileError) -> Undo {
    let file = try openForChange(name)
    var last: UInt8 = 0
    guard unsafe pread(file.number, &last, 1, size - 1) == 1, ftruncate(file.number, size - 1) == 0 else {
      throw FileError(.write, path: place(name), code: errno)
    }
    return { [self] () throws(FileError) in
      let file = try openForChange(name)
      guard unsafe pwrite(file.number, &last, 1, size - 1) == 1 else {
        throw FileError(.write, path: place(name), code: errno)
      }
    }
  }

  /// Takes a file or a folder away.
  func remove(_ name: [UInt8]) throws(FileError) -> Undo {
    asideCount += 1
    let (target, aside) = (place(name), "\(enclosure.path)/aside/\(asideCount)")
    try move(target, to: aside)
    return { [self] () throws(FileError) in try move(aside, to: target) }
  }

  /// Lets two files change places.
  func swap(_ first: [UInt8], _ second: [UInt8]) throws(FileError) -> Undo {
    try exchange(first, second)
    return { [self] () throws(FileError) in try exchange(first, second) }
  }

  private func exchange(_ first: [UInt8], _ second: [UInt8]) throws(FileError) {
    let aside = "\(enclosure.path)/aside/swap"
    try move(place(first), to: aside)
    try move(place(second), to: place(first))
    try move(aside, to: place(second))
  }

  /// Puts a file where there is none.
  func add(_ name: [UInt8], _ bytes: [UInt8]) throws(FileError) -> Undo {
    let target = place(name)
    try makeFolders(above: target)
    try AtomicFile.write(bytes, to: target)
    return { () throws(FileError) in
      if unsafe unlink(target) != 0 { throw FileError(.write, path: target, code: errno) }
    }
  }

  /// Gives a small file other bytes.
  func rewrite(_ name: [UInt8], _ bytes: [UInt8]) throws(FileError) -> Undo {
    let target = place(name)
    let old = try FileReader.read(target)
    try AtomicFile.write(bytes, to: target)
    return { () throws(FileError) in try AtomicFile.write(old, to: target) }
  }

  /// Puts a link that leads out of the root in the place of a file.
  func linkOut(_ name: [UInt8]) throws(FileError) -> Undo {
    let undo = try remove(name)
    let target = place(name)
    guard unsafe symlink("/etc/hostname", target) == 0 else { throw FileError(.write, path: target, code: errno) }
    return { () throws(FileError) in
      if unsafe unlink(target) != 0 { throw FileError(.write, path: target, code: errno) }
      try undo()
    }
  }

  private func openForChange(_ name: [UInt8]) throws(FileError) -> OpenDescriptor {
    let number = unsafe open(place(name), O_RDWR | O_CLOEXEC | O_NOFOLLOW)
    guard number >= 0 else { throw FileError(.open, path: place(name), code: errno) }
    return OpenDescriptor(owning: number)
  }

  private func move(_ from: String, to: String) throws(FileError) {
    if unsafe rename(from, to) != 0 { throw FileError(.rename, path: from, code: errno) }
  }

  private func write(_ bytes: ArraySlice<UInt8>, to number: Int32, _ path: String) throws(FileError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(number, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw FileError(.write, path: path, code: errno) }
      rest = rest.dropFirst(count)
    }
  }

  /// Where a name of the root stands in the copy: `..` is taken as text, and nothing climbs out.
  private func place(_ name: [UInt8]) -> String {
    var parts: [[UInt8]] = []
    for part in RootedFolder.components(of: name) {
      if part == Array("..".utf8) { _ = parts.popLast() } else { parts.append(part) }
    }
    return "\(path)/\(String(decoding: Array(parts.joined(separator: [UInt8(ascii: "/")])), as: UTF8.self))"
  }

  private func makeFolders(above target: String) throws(FileError) {
    var folder = path
    for part in target.dropFirst(path.count + 1).split(separator: "/").dropLast() {
      folder += "/\(part)"
      if unsafe mkdir(folder, 0o700) != 0, errno != EEXIST { throw FileError(.makeFolder, path: folder, code: errno) }
    }
  }
}
